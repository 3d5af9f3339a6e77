#pragma once

#include "core/matrix.hpp"

namespace handbuilt::similarity {

/// The largest eigenvalues of a symmetric matrix, falling, and a unit eigenvector for each.
struct Eigenpairs {
  VectorD values;   ///< [count]
  MatrixD vectors;  ///< [count, size], orthonormal rows
};

/// The `count` largest eigenpairs of a symmetric matrix [size, size] without negative eigenvalues (beyond rounding).
///
/// A few of many are found by subspace iteration: a block of vectors is multiplied by the matrix through Chebyshev
/// polynomials, which damp what is not wanted, until every residual |A v - value v| is at most 1e-12 of the largest
/// eigenvalue. Where that goes slowly (no gap after the wanted ones), or most are wanted, Eigen's solver finds all of
/// them. Either way the same matrix gives the same bits.
///
/// Throws ShapeError unless 1 <= count <= size. Source: Zhou, Saad, Tiago and Chelikowsky (2006),
/// "Self-consistent-field calculations using Chebyshev-filtered subspace iteration".
Eigenpairs largest_eigenpairs(const MatrixD& matrix, int count);

/// The same by Eigen's solver alone: what the quick way is tested against.
Eigenpairs largest_eigenpairs_plain(const MatrixD& matrix, int count);

/// Replaces the columns of `block` [rows, columns <= rows] by orthonormal ones that span the same space (and any others
/// where they do not span so much).
void orthonormalise(MatrixD& block);

}  // namespace handbuilt::similarity
