#include "tasks.hpp"

// A worked neighbour: forward, every output(t) took `signal(t + i) * kernel(i)`. So kernel(i) had a hand in every
// output, each time with the strength signal(t + i). Backward keeps the loops and swaps the roles: what was multiplied
// with kernel(i) is now multiplied with d_output(t), and the sum goes to d_kernel(i).

// #region correlate_gradient_kernel
Tensor worked::correlate_gradient_kernel(const Tensor& signal, const Tensor& d_output) {
  const int outputs = d_output.shape()[0], width = signal.shape()[0] - outputs + 1;
  Tensor d_kernel({width});
  for (int t = 0; t < outputs; ++t)
    for (int i = 0; i < width; ++i) d_kernel(i) += signal(t + i) * d_output(t);
  return d_kernel;
}
// #endregion correlate_gradient_kernel

// Your turn: the same for your convolution, and for its bias too.
convnet::Conv2dGradient convnet::conv2d_gradient_parameters(const Tensor& input, const Tensor& d_output) {
  // BEGIN SOLUTION conv2d-gradient-parameters
  not_started();
  // END SOLUTION
}
