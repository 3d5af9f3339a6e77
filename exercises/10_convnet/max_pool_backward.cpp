#include "tasks.hpp"

// A worked neighbour: the forward step keeps every `size`-th value of a row and drops the rest. A value that was
// dropped had no say in the loss, so its gradient stays 0; one that was kept gets what its output got.

// #region keep_every_backward
Tensor worked::keep_every_backward(const Tensor& row, int size, const Tensor& d_output) {
  Tensor d_row(row.shape());  // all zeros
  for (int k = 0; k < d_output.shape()[0]; ++k) d_row(k * size) += d_output(k);
  return d_row;
}
// #endregion keep_every_backward

// Your turn: here the winners say which values were kept. `d_output[k]` is the k-th number in memory order.
Tensor convnet::max_pool_backward(const Tensor& input, const std::vector<int>& winners, const Tensor& d_output) {
  // BEGIN SOLUTION max-pool-backward
  not_started();
  // END SOLUTION
}
