#pragma once

#include "core/matrix.hpp"

namespace handbuilt::regression {

/// How far predictions [rows] lie from what came [rows]. All throw ShapeError when the sizes differ or are 0, and
/// ValueError, naming the row, for a number that is not finite.

/// Mean absolute error: in the units of y, and every unit counts alike.
double mean_absolute_error(const VectorD& predicted, const VectorD& actual);

/// Root of the mean squared error: in the units of y, and large errors count more.
double root_mean_squared_error(const VectorD& predicted, const VectorD& actual);

/// 1 - (squared errors) / (squared errors of the mean of `actual`): 1 is perfect, 0 no better than that mean, which is
/// known only afterwards, and below 0 worse. NaN where `actual` does not vary.
double r_squared(const VectorD& predicted, const VectorD& actual);

/// Predicted minus actual, averaged: above 0 the predictions are too high.
double mean_error(const VectorD& predicted, const VectorD& actual);

/// The absolute error that the share `share` of the rows stays below or at: 0.5 the median, 0.99 what the worst
/// hundredth begins with (linear between ranks). Throws ValueError unless 0 <= share <= 1.
double absolute_error_quantile(const VectorD& predicted, const VectorD& actual, double share);

}  // namespace handbuilt::regression
