// Nearly all points are too far away to be a neighbour: four vectors of them are dismissed by one comparison.

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "similarity/candidates_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "similarity/candidates_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::similarity::detail::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

int below(const float* half_squares, const float* products, int count, float limit, int* hits) {
  const hn::ScalableTag<float> lanes;
  constexpr int kLanes = static_cast<int>(HWY_LANES(float));
  const auto bound = hn::Set(lanes, limit);
  int found = 0, i = 0;
  const auto value = [&](int place) HWY_ATTR {
    return hn::Sub(hn::LoadU(lanes, half_squares + place), hn::LoadU(lanes, products + place));
  };
  for (; i + 4 * kLanes <= count; i += 4 * kLanes) {
    const auto least =
        hn::Min(hn::Min(value(i), value(i + kLanes)), hn::Min(value(i + 2 * kLanes), value(i + 3 * kLanes)));
    if (hn::AllFalse(lanes, hn::Le(least, bound))) continue;
    for (int j = i; j < i + 4 * kLanes; ++j) {
      hits[found] = j;
      found += half_squares[j] - products[j] <= limit ? 1 : 0;
    }
  }
  for (; i < count; ++i) {
    hits[found] = i;
    found += half_squares[i] - products[i] <= limit ? 1 : 0;
  }
  return found;
}

}  // namespace handbuilt::similarity::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::similarity::detail {

HWY_EXPORT(below);

int find_below(const float* half_squares, const float* products, int count, float limit, int* hits) {
  return HWY_DYNAMIC_DISPATCH(below)(half_squares, products, count, limit, hits);
}

}  // namespace handbuilt::similarity::detail

#endif
