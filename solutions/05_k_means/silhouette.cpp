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
  const auto clusters = static_cast<std::size_t>(*std::max_element(labels.begin(), labels.end())) + 1;
  std::vector<double> fits;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    std::vector<double> sums(clusters, 0);
    std::vector<int> counts(clusters, 0);
    for (std::size_t other = 0; other < labels.size(); ++other) {
      if (other == row) continue;
      const auto cluster = static_cast<std::size_t>(labels[other]);
      sums[cluster] += std::sqrt(worked::squared_distance(rows, static_cast<int>(row), rows, static_cast<int>(other)));
      ++counts[cluster];
    }
    const auto own = static_cast<std::size_t>(labels[row]);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t cluster = 0; cluster < clusters; ++cluster)
      if (cluster != own && counts[cluster] > 0) nearest = std::min(nearest, sums[cluster] / counts[cluster]);
    const double inside = counts[own] > 0 ? sums[own] / counts[own] : 0;
    const double larger = std::max(inside, nearest);
    fits.push_back(counts[own] > 0 && larger > 0 ? (nearest - inside) / larger : 0);
  }
  return fits;
  // END SOLUTION
}
