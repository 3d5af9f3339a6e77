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
  not_started();
  // END SOLUTION
}
