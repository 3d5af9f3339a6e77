#include "nn/plain.hpp"

#include <string>

#include "core/error.hpp"
#include "nn/window_count.hpp"

namespace handbuilt::nn::plain {

namespace {

void check_options(const char* where, int kernel, int stride, int padding) {
  if (kernel < 1 || stride < 1 || padding < 0)
    throw ValueError(std::string(where) + ": expected kernel >= 1, stride >= 1 and padding >= 0, got " +
                     std::to_string(kernel) + ", " + std::to_string(stride) + " and " + std::to_string(padding));
}

Shape pooled(const char* where, const Shape& input, int kernel, int stride) {
  check_options(where, kernel, stride, 0);
  const int height = window_count(input[2], kernel, stride), width = window_count(input[3], kernel, stride);
  if (input.rank() != 4 || height == 0 || width == 0)
    throw ShapeError(std::string(where) + ": expected input [batch, channels, height, width] of at least " +
                     std::to_string(kernel) + " x " + std::to_string(kernel) + ", got " + input.to_string());
  return {input[0], input[1], height, width};
}

Shape convolved(const char* where, const Shape& input, const Shape& weights, int stride, int padding) {
  check_options(where, weights[2], stride, padding);
  const int kernel = weights[2];
  const int height = window_count(input[2], kernel, stride, padding);
  const int width = window_count(input[3], kernel, stride, padding);
  if (input.rank() != 4 || weights.rank() != 4 || weights[1] != input[1] || weights[3] != kernel || height == 0 ||
      width == 0)
    throw ShapeError(std::string(where) + ": expected input [batch, channels, height, width] and weights [outputs, " +
                     "channels, kernel, kernel] that fit, got " + input.to_string() + " and " + weights.to_string());
  return {input[0], weights[0], height, width};
}

void check_matrices(const char* where, const Shape& input, const Shape& weights) {
  if (input.rank() != 2 || weights.rank() != 2 || input[1] != weights[1])
    throw ShapeError(std::string(where) + ": expected input [batch, inputs] and weights [outputs, inputs], got " +
                     input.to_string() + " and " + weights.to_string());
}

}  // namespace

// #region dense_plain
template <class Scalar>
BasicTensor<Scalar> dense_forward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                  const BasicTensor<Scalar>& bias) {
  check_matrices("dense_forward", input.shape(), weights.shape());
  require_shape("dense_forward", "bias", Shape{weights.shape()[0]}, bias.shape());
  const int batch = input.shape()[0], inputs = input.shape()[1], outputs = weights.shape()[0];
  BasicTensor<Scalar> output({batch, outputs});
  for (int n = 0; n < batch; ++n)
    for (int o = 0; o < outputs; ++o) {
      Scalar sum = bias(o);
      for (int i = 0; i < inputs; ++i) sum += input(n, i) * weights(o, i);
      output(n, o) = sum;
    }
  return output;
}

template <class Scalar>
Gradients<Scalar> dense_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                 const BasicTensor<Scalar>& d_output) {
  check_matrices("dense_backward", input.shape(), weights.shape());
  const int batch = input.shape()[0], inputs = input.shape()[1], outputs = weights.shape()[0];
  require_shape("dense_backward", "d_output", {batch, outputs}, d_output.shape());
  Gradients<Scalar> gradients{BasicTensor<Scalar>(input.shape()), BasicTensor<Scalar>(weights.shape()),
                              BasicTensor<Scalar>(Shape{outputs})};
  for (int n = 0; n < batch; ++n)
    for (int o = 0; o < outputs; ++o) {
      gradients.d_bias(o) += d_output(n, o);
      for (int i = 0; i < inputs; ++i) {
        gradients.d_input(n, i) += d_output(n, o) * weights(o, i);
        gradients.d_weights(o, i) += d_output(n, o) * input(n, i);
      }
    }
  return gradients;
}
// #endregion dense_plain

// #region conv2d_plain_forward
template <class Scalar>
BasicTensor<Scalar> conv2d_forward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                   const BasicTensor<Scalar>& bias, int stride, int padding) {
  const Shape shape = convolved("conv2d_forward", input.shape(), weights.shape(), stride, padding);
  require_shape("conv2d_forward", "bias", Shape{shape[1]}, bias.shape());
  const auto [batch, in_channels, height, width] = input.shape();
  const int kernel = weights.shape()[2];
  BasicTensor<Scalar> output(shape);
  for (const auto [n, o, y, x] : output.indices()) {
    Scalar sum = bias(o);
    for (int c = 0; c < in_channels; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j) {
          const int row = y * stride + i - padding, column = x * stride + j - padding;
          if (row < 0 || row >= height || column < 0 || column >= width) continue;  // a zero of the padding
          sum += input(n, c, row, column) * weights(o, c, i, j);
        }
    output(n, o, y, x) = sum;
  }
  return output;
}
// #endregion conv2d_plain_forward

// #region conv2d_plain_backward
template <class Scalar>
Gradients<Scalar> conv2d_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                  const BasicTensor<Scalar>& d_output, int stride, int padding) {
  const Shape shape = convolved("conv2d_backward", input.shape(), weights.shape(), stride, padding);
  require_shape("conv2d_backward", "d_output", shape, d_output.shape());
  const auto [batch, in_channels, height, width] = input.shape();
  const int kernel = weights.shape()[2];
  Gradients<Scalar> gradients{BasicTensor<Scalar>(input.shape()), BasicTensor<Scalar>(weights.shape()),
                              BasicTensor<Scalar>(Shape{shape[1]})};
  // output(n, o, y, x) = bias(o) + sum of input(n, c, row, column) * weights(o, c, i, j): each factor of each product
  // gets the gradient of the output times the other factor.
  for (const auto [n, o, y, x] : d_output.indices()) {
    const Scalar d = d_output(n, o, y, x);
    gradients.d_bias(o) += d;
    for (int c = 0; c < in_channels; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j) {
          const int row = y * stride + i - padding, column = x * stride + j - padding;
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          gradients.d_input(n, c, row, column) += d * weights(o, c, i, j);
          gradients.d_weights(o, c, i, j) += d * input(n, c, row, column);
        }
  }
  return gradients;
}
// #endregion conv2d_plain_backward

namespace {

struct Cell {
  int row, column;
};

/// Where the window whose corner is (top, left) has its largest value, the first in reading order among equals.
template <class Scalar>
Cell largest_in_window(const BasicTensor<Scalar>& input, int n, int c, int top, int left, int kernel) {
  Cell best{top, left};
  for (int i = top; i < top + kernel; ++i)
    for (int j = left; j < left + kernel; ++j)
      if (input(n, c, i, j) > input(n, c, best.row, best.column)) best = {i, j};
  return best;
}

}  // namespace

// #region max_pool_plain
template <class Scalar>
BasicTensor<Scalar> max_pool_forward(const BasicTensor<Scalar>& input, int kernel, int stride) {
  BasicTensor<Scalar> output(pooled("max_pool_forward", input.shape(), kernel, stride));
  for (const auto [n, c, y, x] : output.indices()) {
    const auto [row, column] = largest_in_window(input, n, c, y * stride, x * stride, kernel);
    output(n, c, y, x) = input(n, c, row, column);
  }
  return output;
}

template <class Scalar>
BasicTensor<Scalar> max_pool_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& d_output, int kernel,
                                      int stride) {
  require_shape("max_pool_backward", "d_output", pooled("max_pool_backward", input.shape(), kernel, stride),
                d_output.shape());
  BasicTensor<Scalar> d_input(input.shape());
  for (const auto [n, c, y, x] : d_output.indices()) {
    const auto [row, column] = largest_in_window(input, n, c, y * stride, x * stride, kernel);
    d_input(n, c, row, column) += d_output(n, c, y, x);
  }
  return d_input;
}
// #endregion max_pool_plain

// #region average_pool_plain
template <class Scalar>
BasicTensor<Scalar> average_pool_forward(const BasicTensor<Scalar>& input, int kernel, int stride) {
  BasicTensor<Scalar> output(pooled("average_pool_forward", input.shape(), kernel, stride));
  for (const auto [n, c, y, x] : output.indices()) {
    Scalar sum = 0;
    for (int i = 0; i < kernel; ++i)
      for (int j = 0; j < kernel; ++j) sum += input(n, c, y * stride + i, x * stride + j);
    output(n, c, y, x) = sum / static_cast<Scalar>(kernel * kernel);
  }
  return output;
}

template <class Scalar>
BasicTensor<Scalar> average_pool_backward(const Shape& input, const BasicTensor<Scalar>& d_output, int kernel,
                                          int stride) {
  require_shape("average_pool_backward", "d_output", pooled("average_pool_backward", input, kernel, stride),
                d_output.shape());
  BasicTensor<Scalar> d_input(input);
  for (const auto [n, c, y, x] : d_output.indices()) {
    const Scalar share = d_output(n, c, y, x) / static_cast<Scalar>(kernel * kernel);
    for (int i = 0; i < kernel; ++i)
      for (int j = 0; j < kernel; ++j) d_input(n, c, y * stride + i, x * stride + j) += share;
  }
  return d_input;
}
// #endregion average_pool_plain

#define HANDBUILT_INSTANTIATE(Scalar)                                                                               \
  template BasicTensor<Scalar> dense_forward(const BasicTensor<Scalar>&, const BasicTensor<Scalar>&,                \
                                             const BasicTensor<Scalar>&);                                           \
  template Gradients<Scalar> dense_backward(const BasicTensor<Scalar>&, const BasicTensor<Scalar>&,                 \
                                            const BasicTensor<Scalar>&);                                            \
  template BasicTensor<Scalar> conv2d_forward(const BasicTensor<Scalar>&, const BasicTensor<Scalar>&,               \
                                              const BasicTensor<Scalar>&, int, int);                                \
  template Gradients<Scalar> conv2d_backward(const BasicTensor<Scalar>&, const BasicTensor<Scalar>&,                \
                                             const BasicTensor<Scalar>&, int, int);                                 \
  template BasicTensor<Scalar> max_pool_forward(const BasicTensor<Scalar>&, int, int);                              \
  template BasicTensor<Scalar> max_pool_backward(const BasicTensor<Scalar>&, const BasicTensor<Scalar>&, int, int); \
  template BasicTensor<Scalar> average_pool_forward(const BasicTensor<Scalar>&, int, int);                          \
  template BasicTensor<Scalar> average_pool_backward(const Shape&, const BasicTensor<Scalar>&, int, int);

HANDBUILT_INSTANTIATE(float)
HANDBUILT_INSTANTIATE(double)
#undef HANDBUILT_INSTANTIATE

}  // namespace handbuilt::nn::plain
