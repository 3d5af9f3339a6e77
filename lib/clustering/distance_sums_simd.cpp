// All distances from a few rows, a row in every lane: four vectors of rows are copied aside with their columns side by
// side, and every other row passes by them.

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "clustering/distance_sums_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "clustering/distance_sums_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::clustering::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr int kLanes = static_cast<int>(HWY_LANES(double));
constexpr int kVectors = 4;
constexpr int kWidth = kVectors * kLanes;

/// Adds the distances between row y and those of `packed` [columns, kWidth] to `sums` [kWidth].
void add_distances(const double* packed, const double* y, int columns, double* sums) {
  const hn::ScalableTag<double> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  Vector square[kVectors];
  HWY_UNROLL(4)
  for (int v = 0; v < kVectors; ++v) square[v] = hn::Zero(lanes);
  for (int t = 0; t < columns; ++t, packed += kWidth) {
    const Vector of_y = hn::Set(lanes, y[t]);
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) {
      const Vector difference = hn::Sub(hn::LoadU(lanes, packed + v * kLanes), of_y);
      square[v] = hn::MulAdd(difference, difference, square[v]);
    }
  }
  HWY_UNROLL(4)
  for (int v = 0; v < kVectors; ++v) {
    double* to = sums + v * kLanes;
    hn::StoreU(hn::Add(hn::LoadU(lanes, to), hn::Sqrt(square[v])), lanes, to);
  }
}

}  // namespace

void sums_of(const RowsOf<double>& rows, const int* labels, int clusters, int first, int count, double* sums) {
  const auto width = static_cast<std::size_t>(kWidth);
  std::vector<double> packed(static_cast<std::size_t>(rows.columns) * width);
  std::vector<double> of_block(static_cast<std::size_t>(clusters) * width);
  for (int begin = 0; begin < count; begin += kWidth) {
    const int in_block = std::min(kWidth, count - begin);
    for (int i = 0; i < kWidth; ++i) {  // a block that is not full repeats its last row
      const double* x = rows.row(first + begin + std::min(i, in_block - 1));
      for (int t = 0; t < rows.columns; ++t) packed[static_cast<std::size_t>(t * kWidth + i)] = x[t];
    }
    std::fill(of_block.begin(), of_block.end(), 0.0);
    for (int j = 0; j < rows.rows; ++j)
      add_distances(packed.data(), rows.row(j), rows.columns, of_block.data() + std::ptrdiff_t{labels[j]} * kWidth);
    for (int c = 0; c < clusters; ++c)
      std::copy_n(of_block.data() + std::ptrdiff_t{c} * kWidth, in_block, sums + std::ptrdiff_t{c} * count + begin);
  }
}

}  // namespace handbuilt::clustering::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::clustering::detail {

HWY_EXPORT(sums_of);

void distance_sums(const RowsOf<double>& rows, const int* labels, int clusters, int first, int count, double* sums) {
  HWY_DYNAMIC_DISPATCH(sums_of)(rows, labels, clusters, first, count, sums);
}

void distance_sums_plain(const RowsOf<double>& rows, const int* labels, int clusters, int first, int count,
                         double* sums) {
  std::fill_n(sums, std::ptrdiff_t{clusters} * count, 0.0);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < rows.rows; ++j) {
      double square = 0;
      for (int t = 0; t < rows.columns; ++t) square += std::pow(rows.row(first + i)[t] - rows.row(j)[t], 2);
      sums[std::ptrdiff_t{labels[j]} * count + i] += std::sqrt(square);
    }
}

}  // namespace handbuilt::clustering::detail

#endif
