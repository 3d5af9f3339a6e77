#include "tasks.hpp"

// A worked neighbour: what is left of values when their line over one driver is taken out. Nothing of the driver is in
// the rest: a second line over it would be level.

// #region taken_out
std::vector<double> worked::taken_out(const std::vector<double>& driver, const std::vector<double>& values) {
  const auto fields = static_cast<double>(values.size());
  double driver_mean = 0, value_mean = 0, products = 0, squares = 0;
  for (const double d : driver) driver_mean += d / fields;
  for (const double value : values) value_mean += value / fields;
  for (std::size_t n = 0; n < values.size(); ++n) {
    products += (driver[n] - driver_mean) * (values[n] - value_mean);
    squares += (driver[n] - driver_mean) * (driver[n] - driver_mean);
  }
  const double slope = squares > 0 ? products / squares : 0;
  std::vector<double> left;
  for (std::size_t n = 0; n < values.size(); ++n)
    left.push_back(values[n] - value_mean - slope * (driver[n] - driver_mean));
  return left;
}
// #endregion taken_out

// Your turn.
std::vector<int> three_parameters::forward_select(const TensorD& drivers, const std::vector<double>& values,
                                                  int count) {
  // BEGIN SOLUTION forward-select
  not_started();
  // END SOLUTION
}
