#pragma once

#include "core/tensor.hpp"

namespace handbuilt::nn {

/// How many windows of `kernel` cells, `stride` cells apart, fit into `extent` cells with `padding` zeros at both ends.
/// Cells after the last whole window are left out, and so are cells between windows when the stride is larger than the
/// kernel. 0 when not even one fits.
constexpr int window_count(int extent, int kernel, int stride, int padding = 0) {
  const int room = extent + 2 * padding - kernel;
  return room < 0 ? 0 : room / stride + 1;
}

}  // namespace handbuilt::nn
