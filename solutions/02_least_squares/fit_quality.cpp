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
  const auto count = static_cast<double>(y.size());
  double mean = 0;
  for (const double value : y) mean += value / count;

  Quality quality;
  double residual_squares = 0, total_squares = 0;
  bool varies = false;
  for (std::size_t n = 0; n < y.size(); ++n) {
    const double residual = y[n] - predicted[n];
    quality.residuals.push_back(residual);
    residual_squares += residual * residual;
    total_squares += (y[n] - mean) * (y[n] - mean);
    varies = varies || y[n] != y[0];
  }
  quality.rmse = std::sqrt(residual_squares / count);
  quality.r_squared = varies ? 1 - residual_squares / total_squares : std::numeric_limits<double>::quiet_NaN();
  return quality;
  // END SOLUTION
}
