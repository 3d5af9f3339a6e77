#include <cmath>

#include "tasks.hpp"

// A worked neighbour: zeros below (k, k) by elimination, as you would solve equations by hand.

// #region elimination_step
TensorD worked::elimination_step(const TensorD& table, int k) {
  const int rows = table.shape()[0], columns = table.shape()[1];
  TensorD result = table;
  for (int i = k + 1; i < rows; ++i) {
    const double share = table(i, k) / table(k, k);
    for (int j = k; j < columns; ++j) result(i, j) -= share * table(k, j);
  }
  return result;
}
// #endregion elimination_step

// Your turn.
TensorD least_squares::householder_step(const TensorD& table, int k) {
  // BEGIN SOLUTION householder-step
  not_started();
  // END SOLUTION
}
