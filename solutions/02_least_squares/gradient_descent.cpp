#include "tasks.hpp"

// A worked neighbour: one coefficient, the slope of a line through the origin.

// #region walk_down
worked::Walk worked::walk_down(const std::vector<double>& x, const std::vector<double>& y, double learning_rate,
                               int steps) {
  const auto count = static_cast<double>(x.size());
  Walk walk;
  for (int step = 0;; ++step) {
    double loss = 0, d_slope = 0;
    for (std::size_t n = 0; n < x.size(); ++n) {
      const double error = walk.slope * x[n] - y[n];
      loss += error * error / (2 * count);
      d_slope += error * x[n] / count;
    }
    walk.losses.push_back(loss);
    if (step == steps) return walk;
    walk.slope -= learning_rate * d_slope;
  }
}
// #endregion walk_down

// Your turn.
least_squares::Descent least_squares::gradient_descent(const TensorD& x, const TensorD& y, double learning_rate,
                                                       int steps) {
  // BEGIN SOLUTION gradient-descent
  const int rows = x.shape()[0], columns = x.shape()[1];
  Descent descent{TensorD({columns}), {}};
  for (int step = 0;; ++step) {
    double loss = 0;
    TensorD d_coefficients({columns});
    for (int n = 0; n < rows; ++n) {
      double error = -y(n);
      for (int i = 0; i < columns; ++i) error += x(n, i) * descent.coefficients(i);
      loss += error * error / (2.0 * rows);
      for (int i = 0; i < columns; ++i) d_coefficients(i) += error * x(n, i) / rows;
    }
    descent.losses.push_back(loss);
    if (step == steps) return descent;
    for (int i = 0; i < columns; ++i) descent.coefficients(i) -= learning_rate * d_coefficients(i);
  }
  // END SOLUTION
}
