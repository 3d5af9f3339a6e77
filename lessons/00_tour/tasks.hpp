#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: one function.
namespace tour {

/// The mean of a column: the sum of its values over their number. An empty column has no mean: the answer is NaN.
double mean(const std::vector<double>& values);

}  // namespace tour

/// Given in full above the blank; it does something close to what is asked.
namespace worked {

/// The largest value of a column. An empty column has none: the answer is NaN.
double largest(const std::vector<double>& values);

}  // namespace worked
