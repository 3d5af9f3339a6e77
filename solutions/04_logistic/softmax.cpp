#include <algorithm>
#include <cmath>

#include "tasks.hpp"

// A worked neighbour: counts become shares of their row.

// #region shares
TensorD worked::shares(const TensorD& counts) {
  const int rows = counts.shape()[0], columns = counts.shape()[1];
  TensorD result(counts.shape());
  for (int n = 0; n < rows; ++n) {
    double total = 0;
    for (int k = 0; k < columns; ++k) total += counts(n, k);
    for (int k = 0; k < columns; ++k) result(n, k) = counts(n, k) / total;
  }
  return result;
}
// #endregion shares

// Your turn.
TensorD logistic::softmax(const TensorD& scores) {
  // BEGIN SOLUTION softmax
  const int rows = scores.shape()[0], classes = scores.shape()[1];
  TensorD result(scores.shape());
  for (int n = 0; n < rows; ++n) {
    double largest = scores(n, 0), total = 0;
    for (int k = 1; k < classes; ++k) largest = std::max(largest, scores(n, k));
    for (int k = 0; k < classes; ++k) total += std::exp(scores(n, k) - largest);
    for (int k = 0; k < classes; ++k) result(n, k) = std::exp(scores(n, k) - largest) / total;
  }
  return result;
  // END SOLUTION
}
