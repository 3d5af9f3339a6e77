// Which centroid is nearest, as fast as the machine multiplies. A row's scores |c|^2 / 2 - x . c are made in registers
// and never written: the smallest so far and whose it is are kept as the products end.
//
// Few columns: a lane is a row. 64 rows are copied aside with their columns side by side, so that a number of a
// centroid, spread over a vector, meets a whole vector of rows, and the search for the smallest needs no step across
// lanes. Many columns: a lane is a column, rows are read where they stand, and each score is added up across the lanes
// once, which hundreds of multiply-adds pay for.
//
// Either way several centroids and several vectors of rows form a tile of sums that fills the registers
// (core/gemm_simd.cpp tells why).

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "clustering/nearest_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "clustering/nearest_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::clustering::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class Scalar>
constexpr int kLanes = static_cast<int>(HWY_LANES(Scalar));
template <class Scalar>
using IndexOf = std::conditional_t<sizeof(Scalar) == 4, std::int32_t, std::int64_t>;

// Tiles that leave room for their factors: of 32 registers 4 x 5 sums, of 16 registers 2 x 5 or 4 x 2.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr int kRowVectors = 4;
constexpr int kCentroidsByColumns = 5;
#else
constexpr int kRowVectors = 2;
constexpr int kCentroidsByColumns = 2;
#endif
constexpr int kRowsByColumns = 4;
constexpr int kBlockRows = 64;
static_assert(kBlockRows % (kRowVectors * kLanes<float>) == 0);

/// The smallest scores so far of a block of rows.
template <class Scalar>
struct Smallest {
  HWY_ALIGN Scalar best[kBlockRows];
  HWY_ALIGN Scalar second[kBlockRows];
  HWY_ALIGN IndexOf<Scalar> label[kBlockRows];
};

/// Copies four rows (two, if a number takes 8 bytes) so that each column's numbers stand side by side, columns `width`
/// apart.
void pack_rows(const float* const* row, int columns, int width, float* packed) {
  const hn::FixedTag<float, 4> four;
  const hn::Repartition<double, decltype(four)> pairs;
  const auto pair = [&](auto v) { return hn::BitCast(pairs, v); };
  const auto put = [&](auto v, int column) { hn::StoreU(hn::BitCast(four, v), four, packed + column * width); };
  int t = 0;
  for (; t + 4 <= columns; t += 4) {
    const auto a = hn::LoadU(four, row[0] + t), b = hn::LoadU(four, row[1] + t);
    const auto c = hn::LoadU(four, row[2] + t), d = hn::LoadU(four, row[3] + t);
    const auto ab = pair(hn::InterleaveLower(four, a, b)), cd = pair(hn::InterleaveLower(four, c, d));
    put(hn::InterleaveLower(pairs, ab, cd), t);
    put(hn::InterleaveUpper(pairs, ab, cd), t + 1);
    const auto ab_up = pair(hn::InterleaveUpper(four, a, b)), cd_up = pair(hn::InterleaveUpper(four, c, d));
    put(hn::InterleaveLower(pairs, ab_up, cd_up), t + 2);
    put(hn::InterleaveUpper(pairs, ab_up, cd_up), t + 3);
  }
  for (; t < columns; ++t)
    for (int r = 0; r < 4; ++r) packed[t * width + r] = row[r][t];
}
void pack_rows(const double* const* row, int columns, int width, double* packed) {
  const hn::FixedTag<double, 2> two;
  int t = 0;
  for (; t + 2 <= columns; t += 2) {
    const auto a = hn::LoadU(two, row[0] + t), b = hn::LoadU(two, row[1] + t);
    hn::StoreU(hn::InterleaveLower(two, a, b), two, packed + t * width);
    hn::StoreU(hn::InterleaveUpper(two, a, b), two, packed + (t + 1) * width);
  }
  for (; t < columns; ++t)
    for (int r = 0; r < 2; ++r) packed[t * width + r] = row[r][t];
}

/// kCount centroids, `first` and those after it, against the rows of one panel [columns, kRowVectors vectors].
template <int kCount, bool kSecond, class Scalar>
HWY_NOINLINE void score_panel(const Scalar* packed, int columns, const Scalar* group, const Scalar* half_squares,
                              int first, Scalar* best, Scalar* second, IndexOf<Scalar>* label) {
  const hn::ScalableTag<Scalar> lanes;
  const hn::RebindToSigned<decltype(lanes)> indices;
  using Vector = hn::Vec<decltype(lanes)>;
  constexpr int kLane = kLanes<Scalar>;
  Vector sum[kCount][kRowVectors];
  HWY_UNROLL(5)
  for (int j = 0; j < kCount; ++j) HWY_UNROLL(4)
  for (int v = 0; v < kRowVectors; ++v) sum[j][v] = hn::Set(lanes, half_squares[j]);
  for (int t = 0; t < columns; ++t, packed += kRowVectors * kLane, group += kCentroidsTogether) {
    Vector x[kRowVectors];
    HWY_UNROLL(4)
    for (int v = 0; v < kRowVectors; ++v) x[v] = hn::Load(lanes, packed + v * kLane);
    HWY_UNROLL(5)
    for (int j = 0; j < kCount; ++j) {
      const Vector factor = hn::Set(lanes, group[j]);
      HWY_UNROLL(4)
      for (int v = 0; v < kRowVectors; ++v) sum[j][v] = hn::NegMulAdd(factor, x[v], sum[j][v]);
    }
  }
  HWY_UNROLL(4)
  for (int v = 0; v < kRowVectors; ++v) {
    Vector smallest = hn::Load(lanes, best + v * kLane);
    Vector next = kSecond ? hn::Load(lanes, second + v * kLane) : smallest;
    auto whose = hn::Load(indices, label + v * kLane);
    HWY_UNROLL(5)
    for (int j = 0; j < kCount; ++j) {
      const auto less = hn::Lt(sum[j][v], smallest);
      if (kSecond) next = hn::Min(next, hn::Max(smallest, sum[j][v]));
      smallest = hn::Min(smallest, sum[j][v]);
      whose = hn::IfThenElse(hn::RebindMask(indices, less), hn::Set(indices, static_cast<IndexOf<Scalar>>(first + j)),
                             whose);
    }
    hn::Store(smallest, lanes, best + v * kLane);
    if (kSecond) hn::Store(next, lanes, second + v * kLane);
    hn::Store(whose, indices, label + v * kLane);
  }
}

template <bool kSecond, int kCount = kCentroidsTogether, class Scalar>
void score_panel_of(int count, const Scalar* packed, int columns, const Scalar* group, const Scalar* half_squares,
                    int first, Scalar* best, Scalar* second, IndexOf<Scalar>* label) {
  if constexpr (kCount > 1)
    if (count < kCount)
      return score_panel_of<kSecond, kCount - 1>(count, packed, columns, group, half_squares, first, best, second,
                                                 label);
  score_panel<kCount, kSecond>(packed, columns, group, half_squares, first, best, second, label);
}

template <bool kSecond, class Scalar>
void search_by_rows(const Scalar* const* row, int count, const PackedCentroids<Scalar>& centroids, Scalar* packed,
                    Smallest<Scalar>& found) {
  constexpr int kWidth = kRowVectors * kLanes<Scalar>, kTogether = 16 / static_cast<int>(sizeof(Scalar));
  const int columns = centroids.columns;
  for (int first = 0; first < count; first += kWidth)
    for (int r = 0; r < kWidth; r += kTogether)
      pack_rows(row + first + r, columns, kWidth, packed + first * columns + r);
  for (int c = 0; c < centroids.clusters; c += kCentroidsTogether) {
    const Scalar* group = centroids.values.data() + std::ptrdiff_t{c} * columns;
    const int in_group = std::min(kCentroidsTogether, centroids.clusters - c);
    for (int first = 0; first < count; first += kWidth)
      score_panel_of<kSecond>(in_group, packed + first * columns, columns, group, centroids.half_squares.data() + c, c,
                              found.best + first, found.second + first, found.label + first);
  }
}

/// The sums of four vectors' lanes.
template <class Tag>
void sum_lanes(Tag lanes, const hn::Vec<Tag>* of, float* sums) {
  const hn::Repartition<double, Tag> pairs;
  const auto ab = hn::Add(hn::InterleaveLower(lanes, of[0], of[1]), hn::InterleaveUpper(lanes, of[0], of[1]));
  const auto cd = hn::Add(hn::InterleaveLower(lanes, of[2], of[3]), hn::InterleaveUpper(lanes, of[2], of[3]));
  const auto low = hn::InterleaveLower(pairs, hn::BitCast(pairs, ab), hn::BitCast(pairs, cd));
  const auto high = hn::InterleaveUpper(pairs, hn::BitCast(pairs, ab), hn::BitCast(pairs, cd));
  HWY_ALIGN float four[kLanes<float>];  // four sums in each stretch of 16 bytes
  hn::Store(hn::Add(hn::BitCast(lanes, low), hn::BitCast(lanes, high)), lanes, four);
  const hn::FixedTag<float, 4> tag;
  auto sum = hn::Load(tag, four);
  for (int i = 4; i < kLanes<float>; i += 4) sum = hn::Add(sum, hn::Load(tag, four + i));
  hn::StoreU(sum, tag, sums);
}
template <class Tag>
void sum_lanes(Tag lanes, const hn::Vec<Tag>* of, double* sums) {
  for (int r = 0; r < 4; ++r) sums[r] = hn::GetLane(hn::SumOfLanes(lanes, of[r]));
}

/// kCount centroids, `first` and those after it, against four rows. `tails` [4, lanes] holds what is left of the rows
/// after whole vectors, and zeros. Meanwhile the four rows `ahead` are fetched into the second-level cache: rows
/// shorter than a page of memory come too late when the processor looks ahead by itself.
template <int kCount, bool kSecond, class Scalar>
HWY_NOINLINE void score_four(const Scalar* const* row, const Scalar* const* ahead, const Scalar* tails,
                             const PackedCentroids<Scalar>& centroids, int first, Scalar* best, Scalar* second,
                             IndexOf<Scalar>* label) {
  const hn::ScalableTag<Scalar> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  constexpr int kLane = kLanes<Scalar>;
  const Scalar* c = centroids.values.data() + first * centroids.stride;
  const std::ptrdiff_t stride = centroids.stride;
  Vector sum[kCount][kRowsByColumns];
  HWY_UNROLL(5)
  for (int j = 0; j < kCount; ++j) HWY_UNROLL(4)
  for (int r = 0; r < kRowsByColumns; ++r) sum[j][r] = hn::Zero(lanes);
  const auto multiply = [&](const Scalar* x0, const Scalar* x1, const Scalar* x2, const Scalar* x3, int t) HWY_ATTR {
    const Vector x[kRowsByColumns] = {hn::LoadU(lanes, x0), hn::LoadU(lanes, x1), hn::LoadU(lanes, x2),
                                      hn::LoadU(lanes, x3)};
    HWY_UNROLL(5)
    for (int j = 0; j < kCount; ++j) {
      const Vector factor = hn::LoadU(lanes, c + j * stride + t);
      HWY_UNROLL(4)
      for (int r = 0; r < kRowsByColumns; ++r) sum[j][r] = hn::MulAdd(factor, x[r], sum[j][r]);
    }
  };
  int t = 0;
  for (; t + kLane <= centroids.columns; t += kLane) {
    HWY_UNROLL(4)
    for (int r = 0; r < kRowsByColumns; ++r) __builtin_prefetch(ahead[r] + t, 0, 2);
    multiply(row[0] + t, row[1] + t, row[2] + t, row[3] + t, t);
  }
  if (t < centroids.columns) multiply(tails, tails + kLane, tails + 2 * kLane, tails + 3 * kLane, t);
  for (int j = 0; j < kCount; ++j) {
    Scalar product[kRowsByColumns];
    sum_lanes(lanes, sum[j], product);
    const Scalar half_square = centroids.half_squares[static_cast<std::size_t>(first + j)];
    for (int r = 0; r < kRowsByColumns; ++r) {
      const Scalar score = half_square - product[r];
      if (kSecond) second[r] = std::min(second[r], std::max(best[r], score));
      label[r] = score < best[r] ? first + j : label[r];
      best[r] = std::min(best[r], score);
    }
  }
}

template <bool kSecond, int kCount = kCentroidsByColumns, class Scalar>
void score_four_of(int count, const Scalar* const* row, const Scalar* const* ahead, const Scalar* tails,
                   const PackedCentroids<Scalar>& centroids, int first, Scalar* best, Scalar* second,
                   IndexOf<Scalar>* label) {
  if constexpr (kCount > 1)
    if (count < kCount)
      return score_four_of<kSecond, kCount - 1>(count, row, ahead, tails, centroids, first, best, second, label);
  score_four<kCount, kSecond>(row, ahead, tails, centroids, first, best, second, label);
}

template <bool kSecond, class Scalar>
void search_by_columns(const Scalar* const* row, int count, const PackedCentroids<Scalar>& centroids,
                       Smallest<Scalar>& found) {
  constexpr int kLane = kLanes<Scalar>;
  Scalar tails[kBlockRows * kLane] = {};
  const int whole = centroids.columns / kLane * kLane;
  for (int r = 0; r < kBlockRows; ++r)
    for (int t = whole; t < centroids.columns; ++t) tails[r * kLane + t - whole] = row[r][t];
  const int groups = (centroids.clusters + kCentroidsByColumns - 1) / kCentroidsByColumns;
  for (int c = 0; c < centroids.clusters; c += kCentroidsByColumns) {
    const int together = std::min(kCentroidsByColumns, centroids.clusters - c), group = c / kCentroidsByColumns;
    for (int r = 0; r < count; r += kRowsByColumns) {
      // The next block's rows, shared among the groups of centroids so that memory is never idle nor in a hurry.
      const Scalar* ahead[kRowsByColumns];
      for (int i = 0; i < kRowsByColumns; ++i) ahead[i] = row[r + i + (i % groups == group ? kBlockRows : 0)];
      score_four_of<kSecond>(together, row + r, ahead, tails + r * kLane, centroids, c, found.best + r,
                             found.second + r, found.label + r);
    }
  }
}

template <class Scalar>
void find(const RowsOf<Scalar>& rows, const int* chosen, int count, const PackedCentroids<Scalar>& centroids,
          const NearestResult<Scalar>& result) {
  Smallest<Scalar> found;
  std::vector<Scalar> memory;
  Scalar* packed = nullptr;
  if (!centroids.lanes_are_columns) {
    constexpr std::size_t kLine = 64;
    memory.resize(static_cast<std::size_t>(kBlockRows * rows.columns) + kLine / sizeof(Scalar));
    const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
    packed = reinterpret_cast<Scalar*>((address + kLine - 1) / kLine * kLine);
  }
  const int last = (chosen == nullptr ? rows.rows : count) - 1;
  for (int first = 0; first < count; first += kBlockRows) {
    const int in_block = std::min(kBlockRows, count - first);
    const Scalar*
        row[2 * kBlockRows];  // of this block, whose last row is repeated where it is not full, and of the next
    for (int r = 0; r < kBlockRows; ++r) {
      const int i = first + std::min(r, in_block - 1), later = std::min(first + kBlockRows + r, last);
      row[r] = rows.row(chosen == nullptr ? i : chosen[i]);
      row[kBlockRows + r] = rows.row(chosen == nullptr ? later : chosen[later]);
    }
    std::fill_n(found.best, kBlockRows, std::numeric_limits<Scalar>::infinity());
    std::fill_n(found.second, kBlockRows, std::numeric_limits<Scalar>::infinity());
    std::fill_n(found.label, kBlockRows, IndexOf<Scalar>{0});
    if (centroids.lanes_are_columns)
      result.second != nullptr ? search_by_columns<true>(row, in_block, centroids, found)
                               : search_by_columns<false>(row, in_block, centroids, found);
    else
      result.second != nullptr ? search_by_rows<true>(row, in_block, centroids, packed, found)
                               : search_by_rows<false>(row, in_block, centroids, packed, found);
    for (int r = 0; r < in_block; ++r) result.labels[first + r] = static_cast<int>(found.label[r]);
    if (result.best != nullptr) std::copy_n(found.best, in_block, result.best + first);
    if (result.second != nullptr) std::copy_n(found.second, in_block, result.second + first);
  }
}

/// kVectors vectors of columns of the rows in `order`.
template <int kVectors, bool kWeighted, class Scalar>
void add_columns(const RowsOf<Scalar>& rows, const int* order, int count, const double* weights, int column,
                 double* sum) {
  const hn::ScalableTag<Scalar> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  constexpr int kLane = kLanes<Scalar>;
  Vector total[kVectors];
  for (int v = 0; v < kVectors; ++v) total[v] = hn::Zero(lanes);
  for (int i = 0; i < count; ++i) {
    const Scalar* x = rows.row(order[i]) + column;
    const Vector weight = hn::Set(lanes, kWeighted ? static_cast<Scalar>(weights[order[i]]) : Scalar{1});
    HWY_UNROLL(4)
    for (int v = 0; v < kVectors; ++v) {
      const Vector values = hn::LoadU(lanes, x + v * kLane);
      total[v] = kWeighted ? hn::MulAdd(weight, values, total[v]) : hn::Add(values, total[v]);
    }
  }
  HWY_ALIGN Scalar aside[kVectors * kLane];
  for (int v = 0; v < kVectors; ++v) hn::Store(total[v], lanes, aside + v * kLane);
  for (int t = 0; t < kVectors * kLane; ++t) sum[column + t] += aside[t];
}

template <bool kWeighted, class Scalar>
void add(const RowsOf<Scalar>& rows, const int* order, int count, const double* weights, double* sum) {
  constexpr int kLane = kLanes<Scalar>;
  int t = 0;
  for (; t + 4 * kLane <= rows.columns; t += 4 * kLane) add_columns<4, kWeighted>(rows, order, count, weights, t, sum);
  for (; t + kLane <= rows.columns; t += kLane) add_columns<1, kWeighted>(rows, order, count, weights, t, sum);
  for (; t < rows.columns; ++t) {
    Scalar total = 0;
    for (int i = 0; i < count; ++i)
      total += (kWeighted ? static_cast<Scalar>(weights[order[i]]) : Scalar{1}) * rows.row(order[i])[t];
    sum[t] += total;
  }
}

template <class Scalar>
void distances(const RowsOf<Scalar>& rows, const Scalar* targets, const int* labels, double* out) {
  const hn::ScalableTag<Scalar> lanes;
  constexpr int kLane = kLanes<Scalar>;
  for (int i = 0; i < rows.rows; ++i) {
    const Scalar* x = rows.row(i);
    const Scalar* y = targets + (labels == nullptr ? 0 : std::ptrdiff_t{labels[i]} * rows.columns);
    auto sum = hn::Zero(lanes), sum_of_second = sum;
    int t = 0;
    for (; t + 2 * kLane <= rows.columns; t += 2 * kLane) {
      const auto a = hn::Sub(hn::LoadU(lanes, x + t), hn::LoadU(lanes, y + t));
      const auto b = hn::Sub(hn::LoadU(lanes, x + t + kLane), hn::LoadU(lanes, y + t + kLane));
      sum = hn::MulAdd(a, a, sum);
      sum_of_second = hn::MulAdd(b, b, sum_of_second);
    }
    for (; t + kLane <= rows.columns; t += kLane) {
      const auto a = hn::Sub(hn::LoadU(lanes, x + t), hn::LoadU(lanes, y + t));
      sum = hn::MulAdd(a, a, sum);
    }
    double total = hn::GetLane(hn::SumOfLanes(lanes, hn::Add(sum, sum_of_second)));
    for (; t < rows.columns; ++t) total += static_cast<double>(x[t] - y[t]) * static_cast<double>(x[t] - y[t]);
    out[i] = total;
  }
}

}  // namespace

void find_float(const RowsOf<float>& rows, const int* chosen, int count, const PackedCentroids<float>& centroids,
                const NearestResult<float>& result) {
  find(rows, chosen, count, centroids, result);
}
void find_double(const RowsOf<double>& rows, const int* chosen, int count, const PackedCentroids<double>& centroids,
                 const NearestResult<double>& result) {
  find(rows, chosen, count, centroids, result);
}
void add_float(const RowsOf<float>& rows, const int* order, int count, const double* weights, double* sum) {
  weights == nullptr ? add<false>(rows, order, count, weights, sum) : add<true>(rows, order, count, weights, sum);
}
void add_double(const RowsOf<double>& rows, const int* order, int count, const double* weights, double* sum) {
  weights == nullptr ? add<false>(rows, order, count, weights, sum) : add<true>(rows, order, count, weights, sum);
}
void distances_float(const RowsOf<float>& rows, const float* targets, const int* labels, double* out) {
  distances(rows, targets, labels, out);
}
void distances_double(const RowsOf<double>& rows, const double* targets, const int* labels, double* out) {
  distances(rows, targets, labels, out);
}

}  // namespace handbuilt::clustering::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::clustering::detail {

HWY_EXPORT(find_float);
HWY_EXPORT(find_double);
HWY_EXPORT(add_float);
HWY_EXPORT(add_double);
HWY_EXPORT(distances_float);
HWY_EXPORT(distances_double);

void find_nearest(const RowsOf<float>& rows, const int* chosen, int count, const PackedCentroids<float>& centroids,
                  const NearestResult<float>& result) {
  HWY_DYNAMIC_DISPATCH(find_float)(rows, chosen, count, centroids, result);
}
void find_nearest(const RowsOf<double>& rows, const int* chosen, int count, const PackedCentroids<double>& centroids,
                  const NearestResult<double>& result) {
  HWY_DYNAMIC_DISPATCH(find_double)(rows, chosen, count, centroids, result);
}
void add_rows(const RowsOf<float>& rows, const int* order, int count, const double* weights, double* sum) {
  HWY_DYNAMIC_DISPATCH(add_float)(rows, order, count, weights, sum);
}
void add_rows(const RowsOf<double>& rows, const int* order, int count, const double* weights, double* sum) {
  HWY_DYNAMIC_DISPATCH(add_double)(rows, order, count, weights, sum);
}
void squared_distances(const RowsOf<float>& rows, const float* targets, const int* labels, double* out) {
  HWY_DYNAMIC_DISPATCH(distances_float)(rows, targets, labels, out);
}
void squared_distances(const RowsOf<double>& rows, const double* targets, const int* labels, double* out) {
  HWY_DYNAMIC_DISPATCH(distances_double)(rows, targets, labels, out);
}

}  // namespace handbuilt::clustering::detail

#endif
