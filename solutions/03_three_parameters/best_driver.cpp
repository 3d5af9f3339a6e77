#include "tasks.hpp"

// A worked neighbour: the slope of the line through values over one driver. Both are centred on the way.

// #region slope
double worked::slope(const std::vector<double>& driver, const std::vector<double>& values) {
  const auto fields = static_cast<double>(values.size());
  double driver_mean = 0, value_mean = 0;
  for (std::size_t n = 0; n < values.size(); ++n) {
    driver_mean += driver[n] / fields;
    value_mean += values[n] / fields;
  }
  double products = 0, squares = 0;
  for (std::size_t n = 0; n < values.size(); ++n) {
    products += (driver[n] - driver_mean) * (values[n] - value_mean);
    squares += (driver[n] - driver_mean) * (driver[n] - driver_mean);
  }
  return products / squares;
}
// #endregion slope

// Your turn.
int three_parameters::best_driver(const TensorD& drivers, const std::vector<double>& values) {
  // BEGIN SOLUTION best-driver
  const int fields = drivers.shape()[0], count = drivers.shape()[1];
  double value_mean = 0;
  for (const double value : values) value_mean += value / fields;
  int best = -1;
  double most_explained = -1;
  for (int d = 0; d < count; ++d) {
    double mean = 0;
    for (int n = 0; n < fields; ++n) mean += drivers(n, d) / fields;
    double products = 0, squares = 0;
    for (int n = 0; n < fields; ++n) {
      products += (drivers(n, d) - mean) * (values[static_cast<std::size_t>(n)] - value_mean);
      squares += (drivers(n, d) - mean) * (drivers(n, d) - mean);
    }
    if (squares <= 1e-20) continue;
    const double explained = products * products / squares;  // by how much the sum of squared residuals falls
    if (explained > most_explained) {
      most_explained = explained;
      best = d;
    }
  }
  return best;
  // END SOLUTION
}
