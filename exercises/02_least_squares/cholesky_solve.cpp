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
  not_started();
  // END SOLUTION
}
