#include "tasks.hpp"

// A worked neighbour: one row of numbers. The search starts from the window's first value, not from zero.

// #region max_pool_row
convnet::Pooled worked::max_pool_row(const Tensor& row, int size) {
  const int windows = row.shape()[0] / size;  // what does not fill a window is left out
  convnet::Pooled pooled{Tensor({windows}), std::vector<int>(static_cast<std::size_t>(windows))};
  for (int k = 0; k < windows; ++k) {
    int winner = k * size;
    for (int i = k * size; i < (k + 1) * size; ++i)
      if (row(i) > row(winner)) winner = i;
    pooled.values(k) = row(winner);
    pooled.winners[static_cast<std::size_t>(k)] = winner;
  }
  return pooled;
}
// #endregion max_pool_row

// Your turn: square windows, in every channel of every image. A pixel (n, c, y, x) stands in memory at
// ((n * channels + c) * height + y) * width + x, and `input[position]` reads it.
convnet::Pooled convnet::max_pool_forward(const Tensor& input, int size) {
  // BEGIN SOLUTION max-pool-forward
  not_started();
  // END SOLUTION
}
