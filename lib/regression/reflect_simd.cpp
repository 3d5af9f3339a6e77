// Householder reflections on a block of rows that lies in the cache column by column. A reflection is a dot product and
// a subtraction for each column to the right of its own; four columns go at a time, so that the direction is loaded
// once for four of them and no addition waits for the one before.

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "regression/reflect_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

#include "regression/reflect_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::regression::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr int kLanes = static_cast<int>(HWY_LANES(double));
constexpr int kColumns = 4;

double squares(const double* v, int rows) {
  const hn::ScalableTag<double> lanes;
  auto sum0 = hn::Zero(lanes), sum1 = sum0;
  int i = 0;
  for (; i + 2 * kLanes <= rows; i += 2 * kLanes) {
    const auto a = hn::LoadU(lanes, v + i), b = hn::LoadU(lanes, v + i + kLanes);
    sum0 = hn::MulAdd(a, a, sum0);
    sum1 = hn::MulAdd(b, b, sum1);
  }
  double sum = hn::GetLane(hn::SumOfLanes(lanes, hn::Add(sum0, sum1)));
  for (; i < rows; ++i) sum += v[i] * v[i];
  return sum;
}

void scale(double* v, int rows, double factor) {
  const hn::ScalableTag<double> lanes;
  const auto by = hn::Set(lanes, factor);
  int i = 0;
  for (; i + kLanes <= rows; i += kLanes) hn::StoreU(hn::Mul(by, hn::LoadU(lanes, v + i)), lanes, v + i);
  for (; i < rows; ++i) v[i] *= factor;
}

/// Reflects kCount columns of the block, and the numbers above them in the triangle's row.
template <int kCount>
void reflect_columns(const double* v, double tau, int rows, double* above, double* columns) {
  const hn::ScalableTag<double> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  Vector sum[kCount][2];
  for (int k = 0; k < kCount; ++k) sum[k][0] = sum[k][1] = hn::Zero(lanes);
  int i = 0;
  for (; i + 2 * kLanes <= rows; i += 2 * kLanes) {
    const Vector v0 = hn::LoadU(lanes, v + i), v1 = hn::LoadU(lanes, v + i + kLanes);
    HWY_UNROLL(4)
    for (int k = 0; k < kCount; ++k) {
      const double* column = columns + std::ptrdiff_t{k} * rows + i;
      sum[k][0] = hn::MulAdd(v0, hn::LoadU(lanes, column), sum[k][0]);
      sum[k][1] = hn::MulAdd(v1, hn::LoadU(lanes, column + kLanes), sum[k][1]);
    }
  }
  const int whole = i;
  Vector along[kCount];
  double along_one[kCount];
  for (int k = 0; k < kCount; ++k) {
    double dot = hn::GetLane(hn::SumOfLanes(lanes, hn::Add(sum[k][0], sum[k][1])));
    for (i = whole; i < rows; ++i) dot += v[i] * columns[std::ptrdiff_t{k} * rows + i];
    along_one[k] = tau * (above[k] + dot);
    above[k] -= along_one[k];
    along[k] = hn::Set(lanes, along_one[k]);
  }
  for (i = 0; i < whole; i += kLanes) {
    const Vector of_v = hn::LoadU(lanes, v + i);
    HWY_UNROLL(4)
    for (int k = 0; k < kCount; ++k) {
      double* column = columns + std::ptrdiff_t{k} * rows + i;
      hn::StoreU(hn::NegMulAdd(along[k], of_v, hn::LoadU(lanes, column)), lanes, column);
    }
  }
  for (int k = 0; k < kCount; ++k)
    for (i = whole; i < rows; ++i) columns[std::ptrdiff_t{k} * rows + i] -= along_one[k] * v[i];
}

}  // namespace

void panel(double* triangle, std::ptrdiff_t stride, double* block, int rows, int first, int last, double* tau) {
  for (int j = first; j < last; ++j) {
    double* const v = block + std::ptrdiff_t{j} * rows;
    double* const row = triangle + j * stride;
    const double alpha = row[j], below = squares(v, rows);
    tau[j - first] = 0;
    if (below == 0) continue;
    const double beta = -std::copysign(std::sqrt(alpha * alpha + below), alpha);
    tau[j - first] = (beta - alpha) / beta;
    scale(v, rows, 1 / (alpha - beta));
    row[j] = beta;
    int k = j + 1;
    for (; k + kColumns <= last; k += kColumns)
      reflect_columns<kColumns>(v, tau[j - first], rows, row + k, block + std::ptrdiff_t{k} * rows);
    for (; k < last; ++k) reflect_columns<1>(v, tau[j - first], rows, row + k, block + std::ptrdiff_t{k} * rows);
  }
}

}  // namespace handbuilt::regression::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::regression::detail {

HWY_EXPORT(panel);

void reflect_panel(double* triangle, std::ptrdiff_t stride, double* block, int rows, int first, int last, double* tau) {
  HWY_DYNAMIC_DISPATCH(panel)(triangle, stride, block, rows, first, last, tau);
}

}  // namespace handbuilt::regression::detail

#endif
