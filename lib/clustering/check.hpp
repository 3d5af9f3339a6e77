#pragma once

#include <vector>

#include "data/check.hpp"

namespace handbuilt::clustering {

using data::MatrixView;
using data::require_columns;
using data::require_option;
using data::shape_of;
using data::VectorView;

/// Rows in single precision, in somebody else's memory.
using MatrixViewF = Eigen::Ref<const Matrix>;

/// Throws ShapeError for no rows or no columns, ValueError, naming the rows and the first column, for a number that is
/// not finite.
void require_rows(const char* where, const MatrixView& x);
void require_rows(const char* where, const MatrixViewF& x);

/// Weights [rows], or none, for all 1. Throws ShapeError for another number of them, ValueError for one that is
/// negative or not finite, and where all are zero.
void require_weights(const char* where, const VectorView& weights, Eigen::Index rows);

/// Throws ValueError unless 1 <= clusters <= rows.
void require_clusters(const char* where, int clusters, Eigen::Index rows);

/// Throws ShapeError unless there is a label for each of `rows` rows, ValueError for a label below `lowest`: 0, or -1
/// where rows that belong to no cluster (noise) are allowed.
void require_labels(const char* where, const std::vector<int>& labels, Eigen::Index rows, int lowest = 0);

}  // namespace handbuilt::clustering
