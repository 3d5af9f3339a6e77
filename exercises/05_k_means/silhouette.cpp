#include <algorithm>
#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: how far a row is from all others on average. A row is no other of itself.

// #region mean_distance_to_others
double worked::mean_distance_to_others(const TensorD& rows, int row) {
  double sum = 0;
  for (int other = 0; other < rows.shape()[0]; ++other) sum += std::sqrt(squared_distance(rows, row, rows, other));
  return sum / (rows.shape()[0] - 1);
}
// #endregion mean_distance_to_others

// Your turn.
std::vector<double> k_means::silhouette(const TensorD& rows, const std::vector<int>& labels) {
  // BEGIN SOLUTION silhouette
  not_started();
  // END SOLUTION
}
