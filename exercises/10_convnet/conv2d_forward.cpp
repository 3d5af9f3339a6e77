#include "tasks.hpp"

// A worked neighbour: the same idea with one channel and one dimension. The kernel lies over the signal at t, each of
// its numbers is multiplied with the one below it, and the products are added up. Then it moves on by one.

// #region correlate
Tensor worked::correlate(const Tensor& signal, const Tensor& kernel, float bias) {
  const int length = signal.shape()[0], width = kernel.shape()[0];
  Tensor output({length - width + 1});
  for (int t = 0; t < output.shape()[0]; ++t) {
    float sum = bias;
    for (int i = 0; i < width; ++i) sum += signal(t + i) * kernel(i);
    output(t) = sum;
  }
  return output;
}
// #endregion correlate

// Your turn: two dimensions, many channels, many kernels, a batch of images.
Tensor convnet::conv2d_forward(const Tensor& input, const Tensor& weights, const Tensor& bias) {
  // BEGIN SOLUTION conv2d-forward
  not_started();
  // END SOLUTION
}
