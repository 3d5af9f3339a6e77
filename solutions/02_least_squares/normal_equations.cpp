#include "tasks.hpp"

// A worked neighbour: the prediction of each row.

// #region predict
TensorD worked::predict(const TensorD& x, const TensorD& coefficients) {
  const int rows = x.shape()[0], columns = x.shape()[1];
  TensorD predictions({rows});
  for (int n = 0; n < rows; ++n)
    for (int i = 0; i < columns; ++i) predictions(n) += x(n, i) * coefficients(i);
  return predictions;
}
// #endregion predict

// Your turn.
least_squares::NormalEquations least_squares::normal_equations(const TensorD& x, const TensorD& y) {
  // BEGIN SOLUTION normal-equations
  const int rows = x.shape()[0], columns = x.shape()[1];
  NormalEquations equations{TensorD({columns, columns}), TensorD({columns})};
  for (int n = 0; n < rows; ++n)
    for (int i = 0; i < columns; ++i) {
      for (int j = 0; j < columns; ++j) equations.gram(i, j) += x(n, i) * x(n, j);
      equations.moments(i) += x(n, i) * y(n);
    }
  return equations;
  // END SOLUTION
}
