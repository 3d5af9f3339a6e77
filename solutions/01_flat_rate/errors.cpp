#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: the mean error. It says whether predictions are too high or too low on the whole, and nothing of
// how far off they are: +10 and -10 make 0.

// #region mean_error
double worked::mean_error(const std::vector<double>& predicted, const std::vector<double>& actual) {
  if (actual.empty()) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (std::size_t row = 0; row < actual.size(); ++row) sum += predicted[row] - actual[row];
  return sum / static_cast<double>(actual.size());
}
// #endregion mean_error

// Your turn.
flat_rate::Errors flat_rate::errors(const std::vector<double>& predicted, const std::vector<double>& actual) {
  // BEGIN SOLUTION errors
  double absolute = 0, squares = 0;
  for (std::size_t row = 0; row < actual.size(); ++row) {
    const double error = predicted[row] - actual[row];
    absolute += std::abs(error);
    squares += error * error;
  }
  const auto rows = static_cast<double>(actual.size());
  if (actual.empty()) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  return {absolute / rows, std::sqrt(squares / rows)};
  // END SOLUTION
}
