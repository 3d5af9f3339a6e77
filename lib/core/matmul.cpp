#include "core/matmul.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/error.hpp"
#include "core/gemm_simd.hpp"

namespace handbuilt {

namespace {

template <class Scalar>
void check_inner(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b) {
  if (a.columns != b.rows)
    throw ShapeError("gemm: expected a.columns to equal b.rows, got " + std::to_string(a.columns) + " and " +
                     std::to_string(b.rows));
}

// #region gemm_plain
template <class Scalar>
void plain_product(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b, Scalar* c, int c_row_stride,
                   bool accumulate) {
  check_inner(a, b);
  for (int i = 0; i < a.rows; ++i) {
    Scalar* row = c + std::ptrdiff_t{i} * c_row_stride;
    if (!accumulate) std::fill_n(row, b.columns, Scalar{0});
    // With j innermost, b and c are read in the order in which they stand in memory.
    for (int k = 0; k < a.columns; ++k)
      for (int j = 0; j < b.columns; ++j) row[j] += *a.at(i, k) * *b.at(k, j);
  }
}
// #endregion gemm_plain

template <class Scalar>
BasicTensor<Scalar> product(const BasicTensor<Scalar>& a, const BasicTensor<Scalar>& b) {
  if (a.rank() != 2 || b.rank() != 2 || a.shape()[1] != b.shape()[0])
    throw ShapeError("matmul: expected [rows, inner] and [inner, columns], got " + a.shape().to_string() + " and " +
                     b.shape().to_string());
  BasicTensor<Scalar> c({a.shape()[0], b.shape()[1]});
  gemm(MatrixView<Scalar>{a.data(), a.shape()[0], a.shape()[1], a.shape()[1], 1},
       MatrixView<Scalar>{b.data(), b.shape()[0], b.shape()[1], b.shape()[1], 1}, c.data(), c.shape()[1], false);
  return c;
}

}  // namespace

void gemm_plain(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate) {
  plain_product(a, b, c, c_row_stride, accumulate);
}
void gemm_plain(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride,
                bool accumulate) {
  plain_product(a, b, c, c_row_stride, accumulate);
}

void gemm(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate) {
  check_inner(a, b);
  detail::gemm_simd(a, b, c, c_row_stride, accumulate);
}
void gemm(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride, bool accumulate) {
  check_inner(a, b);
  detail::gemm_simd(a, b, c, c_row_stride, accumulate);
}

Tensor matmul(const Tensor& a, const Tensor& b) { return product(a, b); }
TensorD matmul(const TensorD& a, const TensorD& b) { return product(a, b); }

}  // namespace handbuilt
