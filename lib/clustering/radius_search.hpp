#pragma once

#include <vector>

#include "clustering/check.hpp"

namespace handbuilt::clustering {

/// Finds the rows within a distance, by a k-d tree: boxes of rows, halved along their longest side. What lies outside a
/// box is ruled out without a look at its rows; with more than about ten columns hardly anything is.
/// Source: Bentley (1975), "Multidimensional binary search trees used for associative searching".
class RadiusSearch {
 public:
  /// x [rows, columns], finite, which must outlive the search.
  explicit RadiusSearch(const MatrixView& x);

  /// The rows at most `radius` away from row `row`, itself among them, in no order. Replaces `found`.
  void within(int row, double radius, std::vector<int>& found) const;

 private:
  struct Box {
    int begin, end;  // in order_
    int left = -1, right = -1;
    VectorD low, high;  // [columns] of its rows
  };

  int build(int begin, int end);
  void search(int box, const Eigen::Ref<const Eigen::RowVectorXd>& of, double squared_radius,
              std::vector<int>& found) const;

  const MatrixView x_;
  std::vector<int> order_;
  std::vector<Box> boxes_;
};

}  // namespace handbuilt::clustering
