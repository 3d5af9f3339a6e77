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
  const int count = rows.shape()[0], readings = rows.shape()[1];
  TensorD shifted = rows;
  for (int d = 0; d < readings; ++d) {
    double mean = 0;
    for (int n = 0; n < count; ++n) mean += rows(n, d) / count;
    for (int n = 0; n < count; ++n) shifted(n, d) -= mean;
  }
  Random random(1);
  std::vector<double> direction;
  for (int d = 0; d < readings; ++d) direction.push_back(random.normal());
  for (int step = 0; step < 300; ++step) {
    std::vector<double> pulled(direction.size(), 0);
    for (int n = 0; n < count; ++n) {
      double along = 0;
      for (int d = 0; d < readings; ++d) along += shifted(n, d) * direction[static_cast<std::size_t>(d)];
      for (int d = 0; d < readings; ++d) pulled[static_cast<std::size_t>(d)] += along * shifted(n, d);
    }
    double squares = 0;
    for (const double p : pulled) squares += p * p;
    for (double& p : pulled) p /= std::sqrt(squares);
    direction = pulled;
  }
  double largest = 0;
  for (const double entry : direction)
    if (std::abs(entry) > std::abs(largest)) largest = entry;
  if (largest < 0)
    for (double& entry : direction) entry = -entry;
  return direction;
  // END SOLUTION
}
