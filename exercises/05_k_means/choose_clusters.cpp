#include <algorithm>
#include <map>
#include <utility>

#include "tasks.hpp"

// A worked neighbour, and a tool for you: the adjusted Rand index. It counts pairs of rows that share a group: in both
// labellings, in each of them, and how many in both luck alone would give.

// #region adjusted_rand
double worked::adjusted_rand(const std::vector<int>& labels, const std::vector<int>& other) {
  std::map<int, double> sizes, other_sizes;
  std::map<std::pair<int, int>, double> common;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    ++sizes[labels[n]];
    ++other_sizes[other[n]];
    ++common[{labels[n], other[n]}];
  }
  const auto pairs = [](double count) { return count * (count - 1) / 2; };
  double together = 0, in_one = 0, in_other = 0;
  for (const auto& [both, count] : common) together += pairs(count);
  for (const auto& [group, count] : sizes) in_one += pairs(count);
  for (const auto& [group, count] : other_sizes) in_other += pairs(count);
  const double all = std::max(1.0, pairs(static_cast<double>(labels.size())));
  const double by_luck = in_one * in_other / all, most = (in_one + in_other) / 2;
  return most > by_luck ? (together - by_luck) / (most - by_luck) : 1;
}
// #endregion adjusted_rand

// Your turn: `assign` is a piece of it.
int k_means::choose_clusters(const TensorD& rows, const std::vector<TensorD>& centroids, double margin) {
  // BEGIN SOLUTION choose-clusters
  not_started();
  // END SOLUTION
}
