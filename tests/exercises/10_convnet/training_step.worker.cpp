#include "grader/worker/worker.hpp"

// A worker is linked with lib/core alone, so the library's plain loops are compiled in here.
#include "nn/plain.cpp"
#include "reference.hpp"

// The pieces that this task puts together are lent: a student's own have passed by then, each in a program of its own.
Tensor convnet::conv2d_forward(const Tensor& input, const Tensor& weights, const Tensor& bias) {
  return reference::conv2d_forward(input, weights, bias);
}
convnet::Conv2dGradient convnet::conv2d_gradient_parameters(const Tensor& input, const Tensor& d_output) {
  return reference::conv2d_gradient_parameters(input, d_output);
}
Tensor convnet::conv2d_gradient_input(const Tensor& weights, const Tensor& d_output) {
  return reference::conv2d_gradient_input(weights, d_output);
}
convnet::Pooled convnet::max_pool_forward(const Tensor& input, int size) {
  return reference::max_pool_forward(input, size);
}
Tensor convnet::max_pool_backward(const Tensor& input, const std::vector<int>& winners, const Tensor& d_output) {
  return reference::max_pool_backward(input, winners, d_output);
}
convnet::Loss convnet::softmax_cross_entropy(const Tensor& logits, const std::vector<int>& labels) {
  return reference::softmax_cross_entropy(logits, labels);
}
convnet::MomentumStep convnet::momentum_step(const Tensor& weights, const Tensor& velocity, const Tensor& gradient,
                                             float learning_rate, float momentum) {
  return reference::momentum_step(weights, velocity, gradient, learning_rate, momentum);
}

WORKER(convnet::training_step)
