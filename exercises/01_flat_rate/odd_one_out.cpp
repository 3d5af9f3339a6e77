#include "tasks.hpp"

// A worked neighbour: how far the mean of each column lies above the mean of all. `table(r, c)` is one number of a
// tensor; `table.shape()` names its extents.

// #region column_effects
std::vector<double> worked::column_effects(const TensorD& table) {
  const int rows = table.shape()[0], columns = table.shape()[1];
  double total = 0;
  for (const double value : table) total += value;
  std::vector<double> effects;
  for (int c = 0; c < columns; ++c) {
    double sum = 0;
    for (int r = 0; r < rows; ++r) sum += table(r, c);
    effects.push_back(sum / rows - total / (rows * columns));
  }
  return effects;
}
// #endregion column_effects

// Your turn.
flat_rate::OddOne flat_rate::odd_one_out(const TensorD& table) {
  // BEGIN SOLUTION odd-one-out
  not_started();
  // END SOLUTION
}
