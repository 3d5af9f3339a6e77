#include <cmath>
#include <cstddef>

#include "tasks.hpp"

// Worked neighbours: rows that hang together in short steps. `open` holds rows that have their label and whose
// neighbours have not been asked yet.

double worked::squared_distance(const TensorD& rows, int i, int j) {
  double sum = 0;
  for (int column = 0; column < rows.shape()[1]; ++column)
    sum += (rows(i, column) - rows(j, column)) * (rows(i, column) - rows(j, column));
  return sum;
}

// #region chained
std::vector<int> worked::chained(const TensorD& rows, double height) {
  const int count = rows.shape()[0];
  std::vector<int> labels(static_cast<std::size_t>(count), -1);
  int clusters = 0;
  for (int first = 0; first < count; ++first) {
    if (labels[static_cast<std::size_t>(first)] != -1) continue;
    std::vector<int> open{first};
    labels[static_cast<std::size_t>(first)] = clusters;
    while (!open.empty()) {
      const int row = open.back();
      open.pop_back();
      for (int other = 0; other < count; ++other)
        if (labels[static_cast<std::size_t>(other)] == -1 && std::sqrt(squared_distance(rows, row, other)) <= height) {
          labels[static_cast<std::size_t>(other)] = clusters;
          open.push_back(other);
        }
    }
    ++clusters;
  }
  return labels;
}
// #endregion chained

// Your turn: only cores begin a cluster, and only cores hand it on.
std::vector<int> mixtures::density_clusters(const TensorD& rows, double radius, int min_rows) {
  // BEGIN SOLUTION density-clusters
  const int count = rows.shape()[0];
  std::vector<std::vector<int>> neighbours(static_cast<std::size_t>(count));
  for (int row = 0; row < count; ++row)
    for (int other = 0; other < count; ++other)
      if (std::sqrt(worked::squared_distance(rows, row, other)) <= radius)
        neighbours[static_cast<std::size_t>(row)].push_back(other);
  const auto is_core = [&](int row) {
    return static_cast<int>(neighbours[static_cast<std::size_t>(row)].size()) >= min_rows;
  };

  std::vector<int> labels(static_cast<std::size_t>(count), -1);
  int clusters = 0;
  for (int first = 0; first < count; ++first) {
    if (labels[static_cast<std::size_t>(first)] != -1 || !is_core(first)) continue;
    std::vector<int> open{first};
    labels[static_cast<std::size_t>(first)] = clusters;
    while (!open.empty()) {
      const int row = open.back();
      open.pop_back();
      if (!is_core(row)) continue;
      for (const int other : neighbours[static_cast<std::size_t>(row)])
        if (labels[static_cast<std::size_t>(other)] == -1) {
          labels[static_cast<std::size_t>(other)] = clusters;
          open.push_back(other);
        }
    }
    ++clusters;
  }
  return labels;
  // END SOLUTION
}
