#pragma once

namespace handbuilt::similarity::detail {

/// Writes to `hits`, which has room for `count`, every i for which half_squares[i] - products[i] <= limit, and returns
/// how many there are.
int find_below(const float* half_squares, const float* products, int count, float limit, int* hits);

}  // namespace handbuilt::similarity::detail
