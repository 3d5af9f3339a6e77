#include "core/matmul.hpp"

#include <algorithm>
#include <cstddef>

#include "core/error.hpp"

namespace handbuilt {

namespace {

template <class Scalar>
void gemm_plain(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b, Scalar* c, int c_row_stride,
                bool accumulate) {
  for (int i = 0; i < a.rows; ++i) {
    Scalar* row = c + static_cast<std::ptrdiff_t>(i) * c_row_stride;
    if (!accumulate) std::fill(row, row + b.columns, Scalar{0});
    for (int k = 0; k < a.columns; ++k) {
      const Scalar factor =
          a.data[static_cast<std::ptrdiff_t>(i) * a.row_stride + static_cast<std::ptrdiff_t>(k) * a.column_stride];
      const Scalar* b_row = b.data + static_cast<std::ptrdiff_t>(k) * b.row_stride;
      for (int j = 0; j < b.columns; ++j) row[j] += factor * b_row[static_cast<std::ptrdiff_t>(j) * b.column_stride];
    }
  }
}

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

void gemm(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate) {
  gemm_plain(a, b, c, c_row_stride, accumulate);
}
void gemm(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride, bool accumulate) {
  gemm_plain(a, b, c, c_row_stride, accumulate);
}

Tensor matmul(const Tensor& a, const Tensor& b) { return product(a, b); }
TensorD matmul(const TensorD& a, const TensorD& b) { return product(a, b); }

}  // namespace handbuilt
