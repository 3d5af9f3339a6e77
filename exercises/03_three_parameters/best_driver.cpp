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
  not_started();
  // END SOLUTION
}
