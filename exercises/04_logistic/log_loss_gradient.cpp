#include <cstddef>

#include "tasks.hpp"

// A worked neighbour: the gradient of half the mean squared residual, from lesson 02.

// #region squared_error_gradient
TensorD worked::squared_error_gradient(const TensorD& x, const std::vector<double>& y, const TensorD& coefficients) {
  const int rows = x.shape()[0], columns = x.shape()[1];
  TensorD gradient({columns});
  for (int n = 0; n < rows; ++n) {
    double prediction = 0;
    for (int i = 0; i < columns; ++i) prediction += x(n, i) * coefficients(i);
    const double error = prediction - y[static_cast<std::size_t>(n)];
    for (int i = 0; i < columns; ++i) gradient(i) += error * x(n, i) / rows;
  }
  return gradient;
}
// #endregion squared_error_gradient

// Your turn. Your own `sigmoid` is there to be called.
TensorD logistic::log_loss_gradient(const TensorD& x, const std::vector<int>& labels, const TensorD& coefficients) {
  // BEGIN SOLUTION log-loss-gradient
  not_started();
  // END SOLUTION
}
