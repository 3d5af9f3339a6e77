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
  not_started();
  // END SOLUTION
}
