#include "tasks.hpp"

// A worked neighbour: a dense layer computes output(n, o) as the sum of `weights(o, i) * input(n, i)`. Backward, each
// output hands its d_output to every input it read, times the weight it read it with.

// #region dense_gradient_input
Tensor worked::dense_gradient_input(const Tensor& weights, const Tensor& d_output) {
  const int batch = d_output.shape()[0], outputs = weights.shape()[0], inputs = weights.shape()[1];
  Tensor d_input({batch, inputs});
  for (int n = 0; n < batch; ++n)
    for (int o = 0; o < outputs; ++o)
      for (int i = 0; i < inputs; ++i) d_input(n, i) += weights(o, i) * d_output(n, o);
  return d_input;
}
// #endregion dense_gradient_input

// Your turn: in a convolution, an output reads only the pixels below its kernel.
Tensor convnet::conv2d_gradient_input(const Tensor& weights, const Tensor& d_output) {
  // BEGIN SOLUTION conv2d-gradient-input
  not_started();
  // END SOLUTION
}
