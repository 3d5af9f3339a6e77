#pragma once

#include "clustering/nearest_simd.hpp"

namespace handbuilt::clustering::detail {

/// sums[c * count + i] = sum of the distances from row first + i to all rows with label c, for `count` rows. labels
/// [rows], 0 ... clusters - 1. Every pair's distance is that of its differences, so that equal rows have distance 0.
void distance_sums(const RowsOf<double>& rows, const int* labels, int clusters, int first, int count, double* sums);

/// The same in plain loops, to rounding: what the fast one is tested against.
void distance_sums_plain(const RowsOf<double>& rows, const int* labels, int clusters, int first, int count,
                         double* sums);

}  // namespace handbuilt::clustering::detail
