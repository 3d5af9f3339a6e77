#pragma once

#include "core/gram_simd.hpp"

namespace handbuilt::regression::detail {

using handbuilt::detail::Rows;

/// One look at the rows at the parameters intercept, weights [columns]: returns the sum of log losses, adds
/// sum (probability - label) x to `gradient` [columns] and sum (probability - label) to `gradient_of_intercept`, and,
/// unless null, writes probability (1 - probability) of each row to `curvature` [rows].
double logistic_pass(const Rows& rows, const int* labels, double intercept, const double* weights, double* gradient,
                     double& gradient_of_intercept, double* curvature);

}  // namespace handbuilt::regression::detail
