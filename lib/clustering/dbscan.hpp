#pragma once

#include <vector>

#include "clustering/check.hpp"

namespace handbuilt::clustering {

struct DbscanOptions {
  double radius = 0.5;
  /// A row with as many rows within the radius, itself among them, is a core of its cluster.
  int min_rows = 5;
};

struct DbscanFit {
  static constexpr int kNoise = -1;
  std::vector<int> labels;  // [rows], kNoise for rows near no core
  std::vector<bool> core;   // [rows]
  int clusters = 0;
};

/// Clusters by density: cores within the radius of each other share a cluster, and take along the rows within their
/// radius. Clusters are numbered in the order of their first cores; a row near the cores of several goes to the first.
/// The number of clusters need not be known, and their shape does not matter.
///
/// Throws ShapeError for no rows or columns; ValueError for rows that are not finite, a radius that is not above 0 and
/// finite, and min_rows below 1.
///
/// When not to use it: one radius cannot fit clusters of different density. With many columns all distances are alike.
/// Source: Ester, Kriegel, Sander and Xu (1996), "A density-based algorithm for discovering clusters".
DbscanFit dbscan(const MatrixView& x, const DbscanOptions& options);

}  // namespace handbuilt::clustering
