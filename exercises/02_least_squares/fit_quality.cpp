#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: how far off the predictions are, every unit counting alike.

// #region mean_absolute_error
double worked::mean_absolute_error(const std::vector<double>& y, const std::vector<double>& predicted) {
  double sum = 0;
  for (std::size_t n = 0; n < y.size(); ++n) sum += std::abs(y[n] - predicted[n]);
  return sum / static_cast<double>(y.size());
}
// #endregion mean_absolute_error

// Your turn. `std::numeric_limits<double>::quiet_NaN()` is NaN.
least_squares::Quality least_squares::fit_quality(const std::vector<double>& y, const std::vector<double>& predicted) {
  // BEGIN SOLUTION fit-quality
  not_started();
  // END SOLUTION
}
