#pragma once

#include <string>
#include <vector>

#include "regression/check.hpp"
#include "regression/linear_fit.hpp"

namespace handbuilt::regression {

/// How the coefficients are computed; all minimise the same sum.
enum class Solver {
  kQr,               ///< Householder reflections: the safe choice
  kNormalEquations,  ///< X'X and Cholesky: the fast one, for columns that are far from depending on each other
};

struct LeastSquaresOptions {
  Solver solver = Solver::kQr;
  bool intercept = true;
  /// Weight of the squared coefficients (not of the intercept) beside the squared errors: ||y - X b||^2 + ridge
  /// ||b||^2. 0 is plain least squares. The columns should have one scale (data::Standardizer) for it to treat them
  /// alike.
  double ridge = 0;
  /// One a column, for messages and summaries; x0, x1, ... when empty.
  std::vector<std::string> names = {};
  /// <= 0 takes one a core. The same count always gives the same bits.
  int threads = 1;
};

/// Least squares of y [rows] on x [rows, columns].
///
///     const LinearFit fit = fit_least_squares(x.values, y, {.names = x.names});
///     std::cout << fit.summary();
///
/// Reads x once (twice for the residuals by normal equations, where they are tiny beside y) and copies a block of rows
/// at a time, never x.
///
/// Throws ShapeError, saying the shapes, when they do not fit or there are fewer rows than coefficients (and no ridge).
/// Throws ValueError, naming rows, for numbers that are not finite; naming columns and how they are made up, for
/// columns that depend on each other (and no ridge). Source: Gauss (1809), "Theoria motus"; Hoerl and Kennard (1970),
/// "Ridge regression: biased estimation for nonorthogonal problems".
LinearFit fit_least_squares(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options = {});

/// Of all coefficients with the smallest squared error the shortest ones: defined for any number of rows and columns,
/// also when many fits are perfect. The intercept is not counted in the length. What gradient descent from zero arrives
/// at. The fit has no standard errors: with as many parameters as rows nothing is left to judge by. Source: Penrose
/// (1956), "On best approximate solutions of linear matrix equations"; the decomposition is Eigen's.
LinearFit fit_minimum_norm(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options = {});

}  // namespace handbuilt::regression
