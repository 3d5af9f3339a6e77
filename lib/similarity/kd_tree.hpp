#pragma once

#include <utility>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::similarity::detail {

/// A squared distance and whose it is: in the order of neighbours.
using Near = std::pair<double, int>;

/// Points cut in halves, across the direction in which they spread most, until few are left.
class KdTree {
 public:
  explicit KdTree(const MatrixD& points);

  /// The k nearest to `query` [columns], nearest first, into `nearest`. `offset` [columns] is scratch.
  void search(const double* query, int k, std::vector<Near>& nearest, std::vector<double>& offset) const;

 private:
  struct Node {
    int first, end;            // rows of points_
    int split = -1;            // the column, -1 in a leaf
    double low = 0, high = 0;  // the left half ends at `low`, the right one begins at `high`
    int right = 0;             // the left half is the next node
  };
  struct Query;

  int build(const MatrixD& points, int first, int end);
  void visit(int node, double outside, Query& query) const;

  MatrixD points_;            // in the order of the leaves
  std::vector<int> indices_;  // where they stood
  std::vector<Node> nodes_;
};

}  // namespace handbuilt::similarity::detail
