#pragma once

#include <Eigen/Core>

#include "core/tensor.hpp"

namespace handbuilt {

/// Eigen's matrices with the tensor's memory order. This header costs a second to compile: it is for the library, not
/// for exercises.
template <class Scalar>
using BasicMatrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Matrix = BasicMatrix<float>;
using MatrixD = BasicMatrix<double>;
using VectorD = Eigen::VectorXd;

namespace detail {

/// How many numbers one row of a tensor [rows, ...] holds, even when there are no rows.
inline Eigen::Index row_size(const Shape& shape) {
  Eigen::Index size = 1;
  for (int d = 1; d < shape.rank(); ++d) size *= shape[d];
  return size;
}

}  // namespace detail

/// A tensor [rows, ...] seen as the matrix [rows, everything else], without a copy.
template <class Scalar>
Eigen::Map<BasicMatrix<Scalar>> as_matrix(BasicTensor<Scalar>& tensor) {
  return {tensor.data(), tensor.shape()[0], detail::row_size(tensor.shape())};
}
template <class Scalar>
Eigen::Map<const BasicMatrix<Scalar>> as_matrix(const BasicTensor<Scalar>& tensor) {
  return {tensor.data(), tensor.shape()[0], detail::row_size(tensor.shape())};
}

}  // namespace handbuilt
