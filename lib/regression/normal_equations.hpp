#pragma once

#include "core/matrix.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

/// X'X, X'y and y'y of the rows seen so far: all that least squares needs of them. Memory is p^2 whatever the number of
/// rows; rows may come in any number of pieces, each read once.
///
/// With an intercept, a column of ones stands first: p = columns + 1.
///
///     NormalEquations sums(3, true);
///     sums.add(x, y);
///     const VectorD b = solve(sums);
///
/// When not to use it: squaring squares the condition number. Beyond about 1e5 half of the digits are gone, at 1e8 all
/// of them; TallSkinnyQr loses them with the condition number itself.
class NormalEquations {
 public:
  /// `threads` <= 0 takes one a core; the same count always gives the same bits. Throws ValueError for fewer than 0
  /// columns.
  NormalEquations(Eigen::Index columns, bool intercept, int threads = 1);

  /// Adds rows: x [rows, columns], y [rows]. Throws ShapeError for other shapes; ValueError, naming them, for rows that
  /// are not finite, and nothing is added then.
  void add(const MatrixView& x, const VectorView& y);

  /// Takes away what another has added, or adds it: leaving a fold out costs p^2 and not another pass. Throws
  /// ShapeError when the two differ in form.
  NormalEquations& operator-=(const NormalEquations& other);
  NormalEquations& operator+=(const NormalEquations& other);

  [[nodiscard]] Eigen::Index rows() const { return rows_; }
  [[nodiscard]] Eigen::Index columns() const { return columns_; }
  [[nodiscard]] bool intercept() const { return intercept_; }
  /// X'X [p, p], both halves.
  [[nodiscard]] MatrixD gram() const;
  /// X'y [p]
  [[nodiscard]] VectorD moments() const;
  /// y'y
  [[nodiscard]] double squares() const;

 private:
  void require_same_form(const NormalEquations& other) const;

  Eigen::Index columns_, rows_ = 0;
  bool intercept_;
  int threads_;
  MatrixD sums_;  // [1 X y]'[1 X y], upper half
};

/// The coefficients [p], the intercept first if there is one, that minimise squared errors + ridge * (sum of squared
/// coefficients but the intercept), by Cholesky. `names` [columns] are for the message. Throws ValueError, naming the
/// columns, where they depend on each other, and for a negative ridge.
/// Source: Gauss (1809), "Theoria motus"; Hoerl and Kennard (1970), "Ridge regression".
VectorD solve(const NormalEquations& sums, double ridge = 0, const std::vector<std::string>& names = {});

/// The triangle R [p, p] that `solve` works with: R'R = X'X + ridge (but for the intercept). Throws as it does.
MatrixD decompose(const NormalEquations& sums, double ridge = 0, const std::vector<std::string>& names = {});

namespace detail {

/// Adds [1 X y]'[1 X y] of some rows to the upper half of `sums` [p + 1, p + 1], in plain loops: what the fast version
/// is tested against.
void add_products_plain(const MatrixView& x, const VectorView& y, bool intercept, MatrixD& sums);

}  // namespace detail

}  // namespace handbuilt::regression
