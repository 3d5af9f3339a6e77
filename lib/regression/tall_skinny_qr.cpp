#include "regression/tall_skinny_qr.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"

namespace handbuilt::regression {

using Eigen::Index;

// #region reflect
void detail::reflect_into_triangle_plain(MatrixD& triangle, MatrixD& block) {
  const Index size = triangle.rows();
  for (Index j = 0; j < size; ++j) {
    // The reflection that turns column j, the diagonal element above the block's numbers, into (beta, 0, ..., 0).
    const double alpha = triangle(j, j), below = block.row(j).squaredNorm();
    if (below == 0) continue;
    const double beta = -std::copysign(std::sqrt(alpha * alpha + below), alpha);
    const double tau = (beta - alpha) / beta, scale = 1 / (alpha - beta);
    block.row(j) *= scale;  // the reflection's direction is (1, block.row(j))
    triangle(j, j) = beta;
    for (Index k = j + 1; k < size; ++k) {
      const double along = tau * (triangle(j, k) + block.row(j).dot(block.row(k)));
      triangle(j, k) -= along;
      block.row(k) -= along * block.row(j);
    }
  }
}
// #endregion reflect

TallSkinnyQr::TallSkinnyQr(Index columns, bool intercept, int threads)
    : columns_(columns), intercept_(intercept), threads_(threads) {
  require_option(columns >= 0, "QR", "columns", "of at least 0", static_cast<double>(columns));
  const Index size = columns + (intercept ? 2 : 1);
  triangle_ = MatrixD::Zero(size, size);
}

void TallSkinnyQr::add(const MatrixView& x, const VectorView& y) {
  constexpr Index kRows = 256;
  require_columns("QR", x, columns_);
  require_same_rows("QR", x, y.size());
  MatrixD triangle = triangle_;
  MatrixD block;
  for (Index first = 0; first < x.rows(); first += kRows) {
    const Index rows = std::min(kRows, x.rows() - first);
    block.resize(triangle.rows(), rows);
    if (intercept_) block.row(0).setOnes();
    block.middleRows(intercept_ ? 1 : 0, columns_) = x.middleRows(first, rows).transpose();
    block.row(block.rows() - 1) = y.segment(first, rows).transpose();
    detail::reflect_into_triangle_plain(triangle, block);
  }
  if (!triangle.allFinite()) {
    require_finite("QR", x, y, column_names("QR", {}, columns_));
    throw ValueError("QR: expected numbers whose squares are finite, got larger ones");
  }
  triangle_ = triangle;
  rows_ += x.rows();
}

MatrixD TallSkinnyQr::r() const {
  const Index p = triangle_.rows() - 1;
  return triangle_.topLeftCorner(p, p).triangularView<Eigen::Upper>();
}

VectorD TallSkinnyQr::q_transposed_y() const { return triangle_.col(triangle_.cols() - 1).head(triangle_.rows() - 1); }

double TallSkinnyQr::residual_squares() const {
  const double length = triangle_(triangle_.rows() - 1, triangle_.cols() - 1);
  return length * length;
}

}  // namespace handbuilt::regression
