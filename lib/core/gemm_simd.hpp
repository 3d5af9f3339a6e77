#pragma once

#include "core/matmul.hpp"

namespace handbuilt::detail {

/// What gemm does once the shapes are checked: the kernel for the best instruction set of this machine.
void gemm_simd(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate);
void gemm_simd(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride, bool accumulate);

}  // namespace handbuilt::detail
