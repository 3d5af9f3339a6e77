#pragma once

#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::regression {

/// Work on upper triangular matrices R [p, p], whose lower half is never read. R'R = X'X makes R stand for the whole
/// design X, whether it came from Householder reflections of X or from the Cholesky decomposition of X'X.

/// x with R x = b, and x with R'x = b. R must have no zero on its diagonal.
VectorD solve_upper(const MatrixD& r, const VectorD& b);
VectorD solve_upper_transposed(const MatrixD& r, const VectorD& b);

/// The inverse of R, upper triangular with zeros below.
MatrixD inverse_upper(const MatrixD& r);

/// The Cholesky decomposition: upper triangular R with positive diagonal and R'R = a, for a symmetric positive definite
/// [p, p] of which only the upper half is read. Stops where what is left of a diagonal element is at most `tolerance`
/// of it: `stopped_at` is then that column, otherwise -1. Scaling of rows and columns does not matter to it. Source:
/// Golub and Van Loan (2013), "Matrix computations", 4.2.
struct Cholesky {
  MatrixD r;
  Eigen::Index stopped_at = -1;
};
Cholesky cholesky(MatrixD a, double tolerance = 0);

/// Condition number of R with its columns scaled to length 1: the ratio of its largest to its smallest singular value,
/// to a few percent, by power iteration on R'R and its inverse. Infinite for a singular R. Scaling first, because a
/// change of units is harmless; what is left is how nearly the columns depend on each other.
double condition_number(const MatrixD& r);

/// A column that the columns before it make up.
struct Dependence {
  Eigen::Index column;
  std::vector<std::pair<Eigen::Index, double>> made_of;  // other columns, and how much of each
};

/// The columns that are a combination of those before them, to within `tolerance` of their length.
std::vector<Dependence> dependent_columns(const MatrixD& r, double tolerance);

/// What counts as dependent after rounding: sums of `rows` terms, `columns` columns.
double rank_tolerance(Eigen::Index rows, Eigen::Index columns);

/// "column "total" is 1 * "left" + 1 * "right"", for the message to a person; a few columns at most.
std::string describe(const std::vector<Dependence>& dependences, const std::vector<std::string>& names);

}  // namespace handbuilt::regression
