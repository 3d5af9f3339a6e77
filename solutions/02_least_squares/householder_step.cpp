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
  const int rows = table.shape()[0], columns = table.shape()[1];
  double length = 0;
  for (int i = k; i < rows; ++i) length = std::hypot(length, table(i, k));
  if (length == 0) return table;

  // The mirror's normal leads from where the column should go to where it is.
  const double target = table(k, k) >= 0 ? -length : length;
  TensorD normal({rows});
  double normal_squares = 0;
  for (int i = k; i < rows; ++i) {
    normal(i) = table(i, k) - (i == k ? target : 0);
    normal_squares += normal(i) * normal(i);
  }

  // Subtract twice each column's part along the normal.
  TensorD result = table;
  for (int j = k; j < columns; ++j) {
    double along = 0;
    for (int i = k; i < rows; ++i) along += normal(i) * table(i, j);
    for (int i = k; i < rows; ++i) result(i, j) -= 2 * along / normal_squares * normal(i);
  }
  return result;
  // END SOLUTION
}
