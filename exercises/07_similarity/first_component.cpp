#include <cmath>

#include "tasks.hpp"

// A worked neighbour: how much the rows vary along a direction. Yours is the direction for which this is largest.

// #region variance_along
double worked::variance_along(const TensorD& rows, const std::vector<double>& direction) {
  const int count = rows.shape()[0];
  std::vector<double> along(static_cast<std::size_t>(count), 0);
  double mean = 0;
  for (int n = 0; n < count; ++n) {
    double& t = along[static_cast<std::size_t>(n)];
    for (int d = 0; d < rows.shape()[1]; ++d) t += rows(n, d) * direction[static_cast<std::size_t>(d)];
    mean += t / count;
  }
  double squares = 0;
  for (const double t : along) squares += (t - mean) * (t - mean);
  return squares / (count - 1);
}
// #endregion variance_along

// Your turn.
std::vector<double> similarity::first_component(const TensorD& rows) {
  // BEGIN SOLUTION first-component
  not_started();
  // END SOLUTION
}
