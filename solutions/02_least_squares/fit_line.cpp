#include <limits>

#include "tasks.hpp"

// A worked neighbour: the line that has to run through the origin. The sum of (slope x - y)^2 is smallest where its
// derivative, twice the sum of (slope x - y) x, is 0.

// #region slope_through_origin
double worked::slope_through_origin(const std::vector<double>& x, const std::vector<double>& y) {
  double sum_xy = 0, sum_xx = 0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    sum_xy += x[n] * y[n];
    sum_xx += x[n] * x[n];
  }
  return sum_xy / sum_xx;
}
// #endregion slope_through_origin

// Your turn. `std::numeric_limits<double>::quiet_NaN()` is NaN.
least_squares::Line least_squares::fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  // BEGIN SOLUTION fit-line
  const auto count = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    mean_x += x[n] / count;
    mean_y += y[n] / count;
  }
  // Measured from the means, the line runs through the origin.
  double sum_xy = 0, sum_xx = 0;
  bool varies = false;
  for (std::size_t n = 0; n < x.size(); ++n) {
    sum_xy += (x[n] - mean_x) * (y[n] - mean_y);
    sum_xx += (x[n] - mean_x) * (x[n] - mean_x);
    varies = varies || x[n] != x[0];
  }
  const double slope = varies ? sum_xy / sum_xx : std::numeric_limits<double>::quiet_NaN();
  return {slope, mean_y - slope * mean_x};
  // END SOLUTION
}
