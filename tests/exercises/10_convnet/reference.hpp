#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "nn/plain.hpp"
#include "tasks.hpp"

/// What the tasks should answer, made of the library's plain loops. Softmax and momentum are computed in double.
namespace reference {

namespace plain = handbuilt::nn::plain;

inline Tensor conv2d_forward(const Tensor& input, const Tensor& weights, const Tensor& bias) {
  return plain::conv2d_forward(input, weights, bias);
}

/// The side of the kernel that took `input` to the shape of `d_output`.
inline int kernel_between(const Tensor& input, const Tensor& d_output) {
  return input.shape()[2] - d_output.shape()[2] + 1;
}

inline convnet::Conv2dGradient conv2d_gradient_parameters(const Tensor& input, const Tensor& d_output) {
  const int kernel = kernel_between(input, d_output);
  const Tensor any_weights({d_output.shape()[1], input.shape()[1], kernel, kernel});
  const auto gradients = plain::conv2d_backward(input, any_weights, d_output);
  return {gradients.d_weights, gradients.d_bias};
}

inline Tensor conv2d_gradient_input(const Tensor& weights, const Tensor& d_output) {
  const int kernel = weights.shape()[2], lost = kernel - 1;
  const Shape& kept = d_output.shape();
  const Tensor any_input({kept[0], weights.shape()[1], kept[2] + lost, kept[3] + lost});
  return plain::conv2d_backward(any_input, weights, d_output).d_input;
}

/// The position in memory of pixel (n, c, y, x).
inline int position_of(const Tensor& image, int n, int c, int y, int x) {
  const auto [batch, channels, height, width] = image.shape();
  return ((n * channels + c) * height + y) * width + x;
}

/// The first winner in reading order where several values are equal.
inline convnet::Pooled max_pool_forward(const Tensor& input, int size) {
  convnet::Pooled pooled{plain::max_pool_forward(input, size, size), {}};
  for (const auto [n, c, y, x] : pooled.values.indices()) {
    int first = -1;
    for (int i = 0; i < size && first < 0; ++i)
      for (int j = 0; j < size && first < 0; ++j)
        if (input(n, c, y * size + i, x * size + j) == pooled.values(n, c, y, x))
          first = position_of(input, n, c, y * size + i, x * size + j);
    pooled.winners.push_back(first);
  }
  return pooled;
}

inline Tensor max_pool_backward(const Tensor& input, const std::vector<int>& winners, const Tensor& d_output) {
  Tensor scattered(input.shape());
  for (std::ptrdiff_t k = 0; k < d_output.size(); ++k) scattered[winners[static_cast<std::size_t>(k)]] += d_output[k];
  return scattered;
}

inline convnet::Loss softmax_cross_entropy(const Tensor& logits, const std::vector<int>& labels) {
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  Tensor d_logits(logits.shape());
  double loss = 0;
  for (int n = 0; n < batch; ++n) {
    double largest = logits(n, 0), partition = 0;
    for (int k = 1; k < classes; ++k) largest = std::max<double>(largest, logits(n, k));
    for (int k = 0; k < classes; ++k) partition += std::exp(logits(n, k) - largest);
    const int label = labels[static_cast<std::size_t>(n)];
    loss += (std::log(partition) + largest - logits(n, label)) / batch;
    for (int k = 0; k < classes; ++k)
      d_logits(n, k) = static_cast<float>((std::exp(logits(n, k) - largest) / partition - (k == label)) / batch);
  }
  return {static_cast<float>(loss), d_logits};
}

inline convnet::MomentumStep momentum_step(const Tensor& weights, const Tensor& velocity, const Tensor& gradient,
                                           float learning_rate, float momentum) {
  convnet::MomentumStep next{weights, velocity};
  for (std::ptrdiff_t k = 0; k < weights.size(); ++k) {
    const double moved = static_cast<double>(momentum) * velocity[k] + gradient[k];
    next.velocity[k] = static_cast<float>(moved);
    next.weights[k] = static_cast<float>(weights[k] - learning_rate * moved);
  }
  return next;
}

}  // namespace reference
