#pragma once

#include <memory>

#include "clustering/check.hpp"
#include "clustering/nearest_simd.hpp"

namespace handbuilt::clustering {

/// Rows made ready for k-means, once for any number of runs: checked, measured, and, where they lie so far from the
/// origin that squares would swallow the differences (|mean|^2 above four times the variance), copied nearer to it.
/// Otherwise nothing is copied and x must outlive this; a column-major matrix must not be passed.
template <class Scalar>
class KMeansRows {
 public:
  using View = Eigen::Ref<const BasicMatrix<Scalar>>;

  /// x [rows, columns]; weights [rows] above or at 0, or empty for all 1. `threads` <= 0 takes one a core; results do
  /// not depend on it. Throws ShapeError and ValueError as require_rows and require_weights do, and ValueError for
  /// numbers whose squares overflow.
  explicit KMeansRows(const View& x, VectorD weights = {}, int threads = 1);

  [[nodiscard]] int rows() const { return rows_.rows; }
  [[nodiscard]] int columns() const { return rows_.columns; }
  [[nodiscard]] int threads() const { return threads_; }
  /// Null where all weights are 1.
  [[nodiscard]] const double* weights() const { return weights_.size() == 0 ? nullptr : weights_.data(); }
  [[nodiscard]] double weight(int row) const { return weights_.size() == 0 ? 1 : weights_[row]; }
  /// The number of rows with a weight above 0.
  [[nodiscard]] int counting_rows() const { return counting_rows_; }
  /// Of all rows about their mean, the columns' variances added up.
  [[nodiscard]] double variance() const { return variance_; }

  /// What the rows below have been shifted by [columns]: zeros where they have not.
  [[nodiscard]] const VectorD& origin() const { return origin_; }
  /// From x's coordinates to those of the rows below, and back.
  [[nodiscard]] BasicMatrix<Scalar> shifted(const View& points) const;
  [[nodiscard]] BasicMatrix<Scalar> unshifted(const View& points) const;

  /// The shifted rows, their squared lengths, and the sum of weight times squared length.
  [[nodiscard]] const detail::RowsOf<Scalar>& values() const { return rows_; }
  [[nodiscard]] const VectorD& squares() const { return squares_; }
  [[nodiscard]] double total_square() const { return total_square_; }

 private:
  void measure();

  VectorD weights_, origin_, squares_;
  BasicMatrix<Scalar> copy_;
  detail::RowsOf<Scalar> rows_;
  int threads_, counting_rows_ = 0;
  double total_square_ = 0, total_weight_ = 0, variance_ = 0;
};

extern template class KMeansRows<float>;
extern template class KMeansRows<double>;

}  // namespace handbuilt::clustering
