#include <cmath>
#include <stdexcept>

#include "tasks.hpp"

// A worked neighbour: an upper triangular system. Its last row has one unknown, the row before it one more, and so on
// up the staircase.

// #region solve_upper
TensorD worked::solve_upper(const TensorD& upper, const TensorD& right) {
  TensorD solution = right;
  for (int i = right.shape()[0] - 1; i >= 0; --i) {
    for (int k = i + 1; k < right.shape()[0]; ++k) solution(i) -= upper(i, k) * solution(k);
    solution(i) /= upper(i, i);
  }
  return solution;
}
// #endregion solve_upper

// Your turn.
least_squares::Cholesky least_squares::cholesky_solve(const TensorD& matrix, const TensorD& right) {
  // BEGIN SOLUTION cholesky-solve
  const int columns = right.shape()[0];
  Cholesky result{TensorD({columns, columns}), right};
  TensorD& lower = result.lower;

  // matrix(i, j) = sum over k <= j of lower(i, k) lower(j, k), row by row
  for (int i = 0; i < columns; ++i)
    for (int j = 0; j <= i; ++j) {
      double rest = matrix(i, j);
      for (int k = 0; k < j; ++k) rest -= lower(i, k) * lower(j, k);
      if (i == j && !(rest > 0)) throw std::domain_error("the columns depend on each other");
      lower(i, j) = i == j ? std::sqrt(rest) : rest / lower(j, j);
    }

  // Down the staircase: lower z = right. Up again: transpose(lower) solution = z.
  TensorD& solution = result.solution;
  for (int i = 0; i < columns; ++i) {
    for (int k = 0; k < i; ++k) solution(i) -= lower(i, k) * solution(k);
    solution(i) /= lower(i, i);
  }
  for (int i = columns - 1; i >= 0; --i) {
    for (int k = i + 1; k < columns; ++k) solution(i) -= lower(k, i) * solution(k);
    solution(i) /= lower(i, i);
  }
  return result;
  // END SOLUTION
}
