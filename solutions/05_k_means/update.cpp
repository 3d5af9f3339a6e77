#include "tasks.hpp"

// A worked neighbour: the mean of each group of numbers. A group without numbers has no mean.

// #region group_means
std::vector<double> worked::group_means(const std::vector<double>& values, const std::vector<int>& group,
                                        const std::vector<double>& otherwise) {
  std::vector<double> sums(otherwise.size(), 0), means = otherwise;
  std::vector<int> counts(otherwise.size(), 0);
  for (std::size_t n = 0; n < values.size(); ++n) {
    sums[static_cast<std::size_t>(group[n])] += values[n];
    ++counts[static_cast<std::size_t>(group[n])];
  }
  for (std::size_t g = 0; g < means.size(); ++g)
    if (counts[g] > 0) means[g] = sums[g] / counts[g];
  return means;
}
// #endregion group_means

// Your turn.
k_means::Clusters k_means::update(const TensorD& rows, const Clusters& before) {
  // BEGIN SOLUTION update
  const int count = rows.shape()[0], columns = rows.shape()[1], clusters = before.centroids.shape()[0];
  Clusters after = before;
  std::vector<int> sizes(static_cast<std::size_t>(clusters), 0);
  const auto size_of = [&](int cluster) -> int& { return sizes[static_cast<std::size_t>(cluster)]; };
  const auto label_of = [&](int row) -> int& { return after.labels[static_cast<std::size_t>(row)]; };
  for (const int label : before.labels) ++size_of(label);

  // Centroids without rows take one.
  for (int taker = 0; taker < clusters; ++taker) {
    if (size_of(taker) > 0) continue;
    int farthest = -1;
    double most = 0;
    for (int row = 0; row < count; ++row) {
      if (size_of(label_of(row)) < 2) continue;
      const double away = worked::squared_distance(rows, row, before.centroids, label_of(row));
      if (away <= most) continue;
      most = away;
      farthest = row;
    }
    if (farthest < 0) continue;
    --size_of(label_of(farthest));
    ++size_of(taker);
    label_of(farthest) = taker;
  }

  // All that have rows move to their mean.
  TensorD sums({clusters, columns});
  for (int row = 0; row < count; ++row)
    for (int column = 0; column < columns; ++column) sums(label_of(row), column) += rows(row, column);
  for (int c = 0; c < clusters; ++c)
    for (int column = 0; column < columns; ++column)
      if (size_of(c) > 0) after.centroids(c, column) = sums(c, column) / size_of(c);
  return after;
  // END SOLUTION
}
