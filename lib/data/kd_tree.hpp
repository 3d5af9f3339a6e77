#pragma once

#include <utility>
#include <vector>

#include "data/check.hpp"

namespace handbuilt::data {

/// A squared distance and whose it is: in the order of neighbours.
using Near = std::pair<double, int>;

/// Points cut in halves, across the direction in which they spread most, until few are left. What lies beyond a cut is
/// ruled out without a look at its points; with more than about ten columns hardly anything is.
/// Source: Bentley (1975), "Multidimensional binary search trees used for associative searching"; Friedman, Bentley and
/// Finkel (1977), "An algorithm for finding best matches in logarithmic expected time".
class KdTree {
 public:
  /// points [points, columns], at least one, finite; a copy is kept.
  explicit KdTree(const MatrixView& points);

  /// The k nearest to `query` [columns], nearest first, of equally near ones the lower index first, into `nearest`.
  /// `offset` [columns] is scratch.
  void nearest(const double* query, int k, std::vector<Near>& nearest, std::vector<double>& offset) const;

  /// The points at most `radius` away from `query` [columns], in no order, into `found`. `offset` [columns] is scratch.
  void within(const double* query, double radius, std::vector<int>& found, std::vector<double>& offset) const;

 private:
  struct Node {
    int first, end;            // rows of points_
    int split = -1;            // the column, -1 in a leaf
    double low = 0, high = 0;  // the left half ends at `low`, the right one begins at `high`
    int right = 0;             // the left half is the next node
  };
  struct Nearest;
  struct Within;

  int build(const MatrixView& points, int first, int end);
  template <class Search>
  void search(const double* query, Search& wanted, std::vector<double>& offset) const;
  template <class Search>
  void visit(int node, const double* query, double outside, Search& wanted, std::vector<double>& offset) const;

  MatrixD points_;            // in the order of the leaves
  std::vector<int> indices_;  // where they stood
  std::vector<Node> nodes_;
};

}  // namespace handbuilt::data
