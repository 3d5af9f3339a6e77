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
  const int fields = drivers.shape()[0], all = drivers.shape()[1];
  std::vector<std::vector<double>> left(static_cast<std::size_t>(all));
  for (int d = 0; d < all; ++d)
    for (int n = 0; n < fields; ++n) left[static_cast<std::size_t>(d)].push_back(drivers(n, d));
  const std::vector<double> constant(values.size(), 0);
  for (std::vector<double>& column : left) column = worked::taken_out(constant, column);  // centres it
  std::vector<double> rest = worked::taken_out(constant, values);

  std::vector<int> chosen;
  std::vector<bool> is_free(left.size(), true);
  for (int step = 0; step < count; ++step) {
    std::size_t best = 0;
    double most_explained = -1;
    for (std::size_t d = 0; d < left.size(); ++d) {
      double products = 0, squares = 0;
      for (std::size_t n = 0; n < rest.size(); ++n) {
        products += left[d][n] * rest[n];
        squares += left[d][n] * left[d][n];
      }
      const double explained = squares > 1e-12 ? products * products / squares : 0;  // of dust nothing is left to say
      if (!is_free[d] || explained <= most_explained) continue;
      most_explained = explained;
      best = d;
    }
    chosen.push_back(static_cast<int>(best));
    is_free[best] = false;
    const std::vector<double> taken = left[best];
    rest = worked::taken_out(taken, rest);
    for (std::vector<double>& column : left) column = worked::taken_out(taken, column);
  }
  return chosen;
  // END SOLUTION
}
