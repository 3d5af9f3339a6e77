#include "regression/tall_skinny_qr.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/matmul.hpp"
#include "core/parallel.hpp"
#include "regression/reflect_simd.hpp"

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

namespace {

constexpr int kPanel = 24;  // columns whose reflections are applied to the others together

handbuilt::MatrixView<double> view(const double* data, Index rows, Index columns, Index stride) {
  return {data, static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(stride), 1};
}

/// The triangle T with reflection_1 ... reflection_n = I - V T V', from the products of their directions. The
/// directions' own ones stand in different rows of the triangle above the block, so only their parts in the block meet.
/// Source: Schreiber and Van Loan (1989), "A storage-efficient WY representation for products of Householder
/// transformations".
MatrixD compact_factor(const MatrixD& products, const double* tau) {
  const Index count = products.rows();
  MatrixD t = MatrixD::Zero(count, count);
  for (Index j = 0; j < count; ++j) {
    t(j, j) = tau[j];
    const VectorD shares = -tau[j] * products.col(j).head(j);
    t.col(j).head(j) = t.topLeftCorner(j, j).triangularView<Eigen::Upper>() * shares;
  }
  return t;
}

/// Applies the reflections of columns first ... next - 1 to all columns from `next` on: two matrix products.
void apply_panel(MatrixD& triangle, MatrixD& block, Index first, Index next, const double* tau) {
  const Index size = triangle.rows(), rows = block.cols(), count = next - first, left = size - next;
  const auto directions = view(block.row(first).data(), count, rows, rows);
  MatrixD products(count, count);
  gemm(directions, directions.transposed(), products.data(), static_cast<int>(count), false);
  const MatrixD t = compact_factor(products, tau);

  // along [left, count] = -(columns' parts along the directions) T
  MatrixD along = triangle.block(first, next, count, left).transpose();
  gemm(view(block.row(next).data(), left, rows, rows), directions.transposed(), along.data(), static_cast<int>(count),
       true);
  along = along * (-t);
  triangle.block(first, next, count, left) += along.transpose();
  gemm(view(along.data(), left, count, count), directions, block.row(next).data(), static_cast<int>(rows), true);
}

/// Reflects the rows in `block` [m, rows], held as columns of memory, into the triangle.
void reflect_into_triangle(MatrixD& triangle, MatrixD& block) {
  const Index size = triangle.rows();
  std::array<double, kPanel> tau{};
  for (Index first = 0; first < size; first += kPanel) {
    const Index next = std::min<Index>(first + kPanel, size);
    detail::reflect_panel(triangle.data(), size, block.data(), static_cast<int>(block.cols()), static_cast<int>(first),
                          static_cast<int>(next), tau.data());
    if (next < size) apply_panel(triangle, block, first, next, tau.data());
  }
}

/// Copies rows of [1 X y] into the block, turned.
void fill(MatrixD& block, const MatrixView& x, const VectorView& y, bool intercept, Index first, Index rows) {
  block.resize(block.rows(), rows);
  const Index ones = intercept ? 1 : 0;
  if (intercept) block.row(0).setOnes();
  const double* from = x.data() + first * x.outerStride();
  for (Index i = 0; i < rows; ++i, from += x.outerStride()) {
    double* to = block.data() + ones * rows + i;
    for (Index j = 0; j < x.cols(); ++j, to += rows) *to = from[j];
  }
  block.row(block.rows() - 1) = y.segment(first, rows).transpose();
}

/// Few columns: a block in the first-level cache. Many: one that makes the matrix products worth their while, yet
/// leaves a panel's part of it near the processor.
Index rows_of_block(Index size) { return size <= 2 * kPanel ? 128 : 256; }

}  // namespace

TallSkinnyQr::TallSkinnyQr(Index columns, bool intercept, int threads)
    : columns_(columns), intercept_(intercept), threads_(threads) {
  require_option(columns >= 0, "QR", "columns", "of at least 0", static_cast<double>(columns));
  const Index size = columns + (intercept ? 2 : 1);
  triangle_ = MatrixD::Zero(size, size);
}

void TallSkinnyQr::add(const MatrixView& x, const VectorView& y) {
  require_columns("QR", x, columns_);
  require_same_rows("QR", x, y.size());
  const Index size = triangle_.rows(), block_rows = rows_of_block(size);
  Workers workers(threads_);
  std::vector<MatrixD> triangles(static_cast<std::size_t>(workers.count()), MatrixD::Zero(size, size));
  triangles[0] = triangle_;
  workers.parallel_for(static_cast<int>(x.rows()), [&](int begin, int end, int worker) {
    MatrixD block(size, 0);
    for (Index first = begin; first < end; first += block_rows) {
      fill(block, x, y, intercept_, first, std::min<Index>(block_rows, end - first));
      reflect_into_triangle(triangles[static_cast<std::size_t>(worker)], block);
    }
  });
  MatrixD& triangle = triangles[0];
  for (std::size_t worker = 1; worker < triangles.size(); ++worker) {
    MatrixD block = triangles[worker].triangularView<Eigen::Upper>();
    block.transposeInPlace();
    reflect_into_triangle(triangle, block);
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
