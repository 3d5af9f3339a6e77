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
  const int in_channels = input.shape()[1], out_channels = d_output.shape()[1];
  const int kernel = input.shape()[2] - d_output.shape()[2] + 1;
  Conv2dGradient gradient{Tensor({out_channels, in_channels, kernel, kernel}), Tensor({out_channels})};
  for (const auto [n, o, y, x] : d_output.indices()) {
    const float d = d_output(n, o, y, x);
    gradient.d_bias(o) += d;
    for (int c = 0; c < in_channels; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j) gradient.d_weights(o, c, i, j) += input(n, c, y + i, x + j) * d;
  }
  return gradient;
  // END SOLUTION
}
