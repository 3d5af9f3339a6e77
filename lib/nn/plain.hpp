#pragma once

#include "core/tensor.hpp"

/// The layers as plain functions and plain loops, each the formula and nothing else: the truth that the fast layers are
/// tested against, and an oracle for anyone who writes their own. Fast they are not.
///
/// Images are [batch, channels, height, width]. All functions throw ShapeError when their tensors do not fit together,
/// ValueError for a kernel or stride below 1 or a negative padding.
namespace handbuilt::nn::plain {

/// input [batch, inputs], weights [outputs, inputs], bias [outputs] -> [batch, outputs]
template <class Scalar>
BasicTensor<Scalar> dense_forward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                  const BasicTensor<Scalar>& bias);

/// The gradients of the loss with respect to what a layer with weights was given, each of that tensor's shape.
template <class Scalar>
struct Gradients {
  BasicTensor<Scalar> d_input, d_weights, d_bias;
};

/// d_output [batch, outputs]
template <class Scalar>
Gradients<Scalar> dense_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                 const BasicTensor<Scalar>& d_output);

/// Cross-correlation (the kernel is not flipped).
/// input [batch, in_channels, height, width], weights [out_channels, in_channels, kernel, kernel], bias [out_channels]
/// -> [batch, out_channels, window_count(height), window_count(width)]
template <class Scalar>
BasicTensor<Scalar> conv2d_forward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                   const BasicTensor<Scalar>& bias, int stride = 1, int padding = 0);

/// d_output has the shape of the output.
template <class Scalar>
Gradients<Scalar> conv2d_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& weights,
                                  const BasicTensor<Scalar>& d_output, int stride = 1, int padding = 0);

/// The largest value in each window: [batch, channels, window_count(height), window_count(width)].
template <class Scalar>
BasicTensor<Scalar> max_pool_forward(const BasicTensor<Scalar>& input, int kernel, int stride);

/// d_input: each window's gradient goes to its largest value, the first in reading order where several are equal.
template <class Scalar>
BasicTensor<Scalar> max_pool_backward(const BasicTensor<Scalar>& input, const BasicTensor<Scalar>& d_output, int kernel,
                                      int stride);

/// The mean of each window.
template <class Scalar>
BasicTensor<Scalar> average_pool_forward(const BasicTensor<Scalar>& input, int kernel, int stride);

/// d_input for an input of shape `input`: each window's gradient is shared equally by its values.
template <class Scalar>
BasicTensor<Scalar> average_pool_backward(const Shape& input, const BasicTensor<Scalar>& d_output, int kernel,
                                          int stride);

}  // namespace handbuilt::nn::plain
