#pragma once

#include "core/tensor.hpp"

namespace handbuilt {

/// The matrix product a b of a [rows, inner] and b [inner, columns]: [rows, columns]. Throws ShapeError, naming both
/// shapes, when they do not fit.
Tensor matmul(const Tensor& a, const Tensor& b);
TensorD matmul(const TensorD& a, const TensorD& b);

/// A matrix in somebody else's memory: element (row, column) stands at data[row * row_stride + column * column_stride].
/// A transposed view swaps the strides.
template <class Scalar>
struct MatrixView {
  const Scalar* data = nullptr;
  int rows = 0, columns = 0;
  int row_stride = 0, column_stride = 1;

  [[nodiscard]] MatrixView transposed() const { return {data, columns, rows, column_stride, row_stride}; }
  [[nodiscard]] const Scalar* at(int row, int column) const {
    return data + std::ptrdiff_t{row} * row_stride + std::ptrdiff_t{column} * column_stride;
  }
};

/// c = a b (or c += a b when `accumulate`), with c row-major at `c_row_stride`. Nothing is allocated. The instruction
/// set is chosen at run time; the order of summation depends only on the shapes, the strides and the instruction set,
/// so a result repeats bit for bit. Throws ShapeError when a.columns and b.rows differ.
void gemm(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate);
void gemm(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride, bool accumulate);

/// The same in three plain loops: what gemm is tested against and measured by.
void gemm_plain(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate);
void gemm_plain(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride, bool accumulate);

}  // namespace handbuilt
