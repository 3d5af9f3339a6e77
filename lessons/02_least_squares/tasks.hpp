#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: least squares by three ways, and how to tell a good fit from a good number.
///
/// A table of `rows` measurements with `columns` numbers each is a TensorD [rows, columns]; one number a row is a
/// TensorD [rows]. Where there is an intercept, it is a column of ones that is there already.
namespace least_squares {

struct Line {
  double slope = 0;      ///< units of y for a unit of x
  double intercept = 0;  ///< y where x is 0
};
HANDBUILT_FIELDS(Line, slope, intercept)

/// The line y = slope * x + intercept with the smallest sum of squared residuals. Keeps its digits also where all x are
/// large and close together. When all x are equal, no slope is better than another: both are NaN.
///
/// x, y  equally long, at least two
Line fit_line(const std::vector<double>& x, const std::vector<double>& y);

struct Quality {
  std::vector<double> residuals;  ///< y - predicted
  double rmse = 0;                ///< root of the mean squared residual, in units of y
  double r_squared = 0;           ///< 1 - (squared residuals) / (squared distances of y from its mean)
};
HANDBUILT_FIELDS(Quality, residuals, rmse, r_squared)

/// How well predictions fit, wherever they come from. R^2 is NaN where y does not vary.
///
/// y, predicted  equally long, at least one
Quality fit_quality(const std::vector<double>& y, const std::vector<double>& predicted);

struct NormalEquations {
  TensorD gram;     ///< [columns, columns]: gram(i, j) = sum over rows n of x(n, i) x(n, j)
  TensorD moments;  ///< [columns]: moments(i) = sum over rows n of x(n, i) y(n)
};
HANDBUILT_FIELDS(NormalEquations, gram, moments)

/// The two sides of gram * coefficients = moments, whose solution has the smallest sum of squared residuals.
///
/// x  [rows, columns]
/// y  [rows]
NormalEquations normal_equations(const TensorD& x, const TensorD& y);

struct Cholesky {
  TensorD lower;     ///< [columns, columns]: zeros above the diagonal, numbers above zero on it
  TensorD solution;  ///< [columns]
};
HANDBUILT_FIELDS(Cholesky, lower, solution)

/// Solves matrix * solution = right: first lower * transpose(lower) = matrix, then two triangular systems. Throws any
/// exception (std::domain_error, say) when a number of which it would take the square root is not above zero.
///
/// matrix  [columns, columns], symmetric
/// right   [columns]
Cholesky cholesky_solve(const TensorD& matrix, const TensorD& right);

/// One step of a QR decomposition. With a for the entries (k, k) ... (rows - 1, k) of the table, reflects the rows k to
/// rows - 1 so that a keeps its length and all of it but its first entry becomes 0. That entry gets the sign opposite
/// to the one it had: -length of a where it was 0 or above, +length of a where it was below. The reflection is applied
/// to the columns k to columns - 1; rows above k and columns before k stay as they are. Where a is all zeros, nothing
/// changes.
///
/// table    [rows, columns]
/// returns  [rows, columns]
TensorD householder_step(const TensorD& table, int k);

struct Descent {
  TensorD coefficients;        ///< [columns] after the last step
  std::vector<double> losses;  ///< [steps + 1]: before the first step, after it, ..., after the last
};
HANDBUILT_FIELDS(Descent, coefficients, losses)

/// Gradient descent from coefficients of 0. The loss is half the mean squared residual,
///   loss = (sum over rows n of (prediction(n) - y(n))^2) / (2 rows),   prediction(n) = sum over i of x(n, i) b(i),
/// and each step moves all coefficients at once: b = b - learning_rate * d_b.
///
/// x  [rows, columns]
/// y  [rows]
Descent gradient_descent(const TensorD& x, const TensorD& y, double learning_rate, int steps);

}  // namespace least_squares

/// Given in full: in each task's file one of these stands above the blank and does something close to what is asked.
namespace worked {

/// The best line through the origin: y = slope * x.
double slope_through_origin(const std::vector<double>& x, const std::vector<double>& y);

/// The mean of the absolute residuals, in units of y.
double mean_absolute_error(const std::vector<double>& y, const std::vector<double>& predicted);

/// The predictions [rows] of coefficients [columns] for x [rows, columns].
TensorD predict(const TensorD& x, const TensorD& coefficients);

/// Solves upper * solution = right, where upper [columns, columns] has zeros below its diagonal.
TensorD solve_upper(const TensorD& upper, const TensorD& right);

/// One step of Gaussian elimination: subtracts multiples of row k from the rows below it so that column k becomes 0
/// there. It keeps solutions of equations, and does not keep lengths.
TensorD elimination_step(const TensorD& table, int k);

struct Walk {
  double slope = 0;
  std::vector<double> losses;  ///< [steps + 1]
};

/// Gradient descent for the line through the origin, y = slope * x, from slope 0.
Walk walk_down(const std::vector<double>& x, const std::vector<double>& y, double learning_rate, int steps);

}  // namespace worked
