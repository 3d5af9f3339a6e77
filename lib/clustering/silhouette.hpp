#pragma once

#include <vector>

#include "clustering/check.hpp"

namespace handbuilt::clustering {

/// How well each row [rows] fits its cluster: (b - a) / max(a, b), with a the mean distance to the other rows of its
/// cluster and b the smallest mean distance to the rows of another cluster. From -1, in the wrong cluster, to 1; 0 for
/// a row that is alone in its cluster, and where a and b are both 0. Exact: every pair of rows is measured, in blocks,
/// with memory for a block times the clusters.
///
/// x [rows, columns]; labels [rows] of at least 0, not necessarily all in use. `threads` <= 0 takes one a core; results
/// do not depend on it. Throws as require_rows and require_labels do, and ValueError unless between 2 and rows - 1
/// labels are in use.
/// Source: Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis".
VectorD silhouettes(const MatrixView& x, const std::vector<int>& labels, int threads = 1);

/// Their mean. Throws as silhouettes does.
double mean_silhouette(const MatrixView& x, const std::vector<int>& labels, int threads = 1);

}  // namespace handbuilt::clustering
