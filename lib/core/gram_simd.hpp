#pragma once

#include <cstddef>

namespace handbuilt::detail {

/// Rows in somebody else's memory: element (i, j) stands at x[i * stride + j].
struct Rows {
  const double* x = nullptr;
  std::ptrdiff_t stride = 0;
  int rows = 0, columns = 0;
};

/// Adds the products of the columns of [X y 1], each row times its weight, to the upper half of `sums` [m, m]
/// (row-major, m apart): m = columns + (1 with `y`) + (1 with `ones`). `y`, `weights` [rows] may be null. Every row is
/// read once, in blocks that are copied aside; the sums of a block are added to those before it, so that rounding grows
/// with the number of blocks and not of rows. Weights must not be negative.
void add_products(const Rows& rows, const double* y, bool ones, const double* weights, double* sums);

/// The same for some columns of the rows, less their means: sums [count, count]. Nothing is copied but the blocks.
/// `columns` [count] says, ascending, which columns of `rows`; `mean` [count] what is taken from each.
void add_centred_products(const Rows& rows, const int* columns, const double* mean, int count, double* sums);

}  // namespace handbuilt::detail
