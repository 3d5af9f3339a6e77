#pragma once

#include "core/matmul.hpp"
#include "core/matrix.hpp"

namespace handbuilt::similarity::detail {

inline handbuilt::MatrixView<double> view_of(const Eigen::Ref<const MatrixD>& m) {
  return {m.data(), static_cast<int>(m.rows()), static_cast<int>(m.cols()), static_cast<int>(m.outerStride()), 1};
}

/// a b by lib/core's kernel.
inline MatrixD product(const handbuilt::MatrixView<double>& a, const handbuilt::MatrixView<double>& b) {
  MatrixD result(a.rows, b.columns);
  gemm(a, b, result.data(), static_cast<int>(b.columns), false);
  return result;
}

}  // namespace handbuilt::similarity::detail
