#include "tasks.hpp"

// A worked neighbour: how many rows each group has. A group's number serves as the place where its count stands.

// #region group_sizes
std::vector<int> worked::group_sizes(const std::vector<int>& group, int groups) {
  std::vector<int> sizes(static_cast<std::size_t>(groups), 0);
  for (const int g : group) ++sizes[static_cast<std::size_t>(g)];
  return sizes;
}
// #endregion group_sizes

// Your turn.
std::vector<double> flat_rate::group_means(const std::vector<int>& group, const std::vector<double>& values,
                                           int groups) {
  // BEGIN SOLUTION group-means
  std::vector<double> sums(static_cast<std::size_t>(groups), 0), counts = sums;
  double total = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    const auto g = static_cast<std::size_t>(group[row]);
    sums[g] += values[row];
    counts[g] += 1;
    total += values[row];
  }
  const double flat = total / static_cast<double>(values.size());
  std::vector<double> means;
  for (std::size_t g = 0; g < sums.size(); ++g) means.push_back(counts[g] > 0 ? sums[g] / counts[g] : flat);
  return means;
  // END SOLUTION
}
