#pragma once

#include "core/matrix.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

/// The QR decomposition of a tall design by Householder reflections, without Q: the triangle R [p, p] with R'R = X'X,
/// Q'y [p] and the squared length of what of y no column explains. Rows may come in any number of pieces, each read
/// once; a piece is reflected into the triangle of the rows before it, in blocks that fit into the cache.
///
/// With an intercept, a column of ones stands first: p = columns + 1.
///
/// Backward stable whatever the columns' scaling: coefficients lose as many digits as the condition number has, where
/// NormalEquations loses twice as many. It costs about twice as much.
///
/// Source: Householder (1958), "Unitary triangularization of a nonsymmetric matrix"; Demmel, Grigori, Hoemmen and
/// Langou (2012), "Communication-optimal parallel and sequential QR and LU factorizations" (the sequential form).
class TallSkinnyQr {
 public:
  /// `threads` <= 0 takes one a core; the same count always gives the same bits.
  TallSkinnyQr(Eigen::Index columns, bool intercept, int threads = 1);

  /// Takes rows in: x [rows, columns], y [rows]. Throws ShapeError for other shapes; ValueError, naming them, for rows
  /// that are not finite, and nothing is taken in then.
  void add(const MatrixView& x, const VectorView& y);

  [[nodiscard]] Eigen::Index rows() const { return rows_; }
  [[nodiscard]] bool intercept() const { return intercept_; }
  /// R [p, p], zeros below the diagonal.
  [[nodiscard]] MatrixD r() const;
  /// The first p elements of Q'y.
  [[nodiscard]] VectorD q_transposed_y() const;
  /// The sum of squared residuals of the least-squares fit.
  [[nodiscard]] double residual_squares() const;

 private:
  Eigen::Index columns_, rows_ = 0;
  bool intercept_;
  int threads_;
  MatrixD triangle_;  // [p + 1, p + 1]: R with Q'y as its last column and the residual's length in the corner
};

namespace detail {

/// Reflects rows into a triangle, in plain loops: triangle [m, m] upper, `block` [m, rows] holds the rows as columns of
/// memory and is overwritten. What the fast version is tested against.
void reflect_into_triangle_plain(MatrixD& triangle, MatrixD& block);

}  // namespace detail

}  // namespace handbuilt::regression
