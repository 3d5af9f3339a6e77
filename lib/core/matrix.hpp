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

/// A tensor [rows, ...] seen as the matrix [rows, everything else], without a copy.
template <class Scalar>
Eigen::Map<BasicMatrix<Scalar>> as_matrix(BasicTensor<Scalar>& tensor) {
  const Eigen::Index rows = tensor.shape()[0];
  return {tensor.data(), rows, rows == 0 ? 0 : tensor.size() / rows};
}
template <class Scalar>
Eigen::Map<const BasicMatrix<Scalar>> as_matrix(const BasicTensor<Scalar>& tensor) {
  const Eigen::Index rows = tensor.shape()[0];
  return {tensor.data(), rows, rows == 0 ? 0 : tensor.size() / rows};
}

}  // namespace handbuilt
