#include <algorithm>
#include <limits>

#include "clustering/nearest_simd.hpp"

namespace handbuilt::clustering::detail {

template <class Scalar>
PackedCentroids<Scalar>::PackedCentroids(const Scalar* centroids, int k, int d)
    : clusters(k), columns(d), lanes_are_columns(d > 8 * k), stride(0) {
  constexpr int kPadding = 64 / static_cast<int>(sizeof(Scalar));  // the longest vectors
  stride = lanes_are_columns ? (d + kPadding - 1) / kPadding * kPadding : kCentroidsTogether;
  const int groups = (k + kCentroidsTogether - 1) / kCentroidsTogether;
  values.resize(static_cast<std::size_t>(lanes_are_columns ? k * stride : std::ptrdiff_t{groups} * d * stride));
  for (int c = 0; c < k; ++c) {
    const Scalar* from = centroids + std::ptrdiff_t{c} * d;
    double square = 0;
    for (int t = 0; t < d; ++t) {
      const std::ptrdiff_t to =
          lanes_are_columns ? c * stride + t
                            : (std::ptrdiff_t{c} / kCentroidsTogether * d + t) * stride + c % kCentroidsTogether;
      values[static_cast<std::size_t>(to)] = from[t];
      square += static_cast<double>(from[t]) * static_cast<double>(from[t]);
    }
    half_squares.push_back(static_cast<Scalar>(square / 2));
  }
}
template struct PackedCentroids<float>;
template struct PackedCentroids<double>;

namespace {

template <class Scalar>
Scalar value(const PackedCentroids<Scalar>& centroids, int c, int t) {
  const std::ptrdiff_t place =
      centroids.lanes_are_columns
          ? c * centroids.stride + t
          : (std::ptrdiff_t{c} / kCentroidsTogether * centroids.columns + t) * centroids.stride +
                c % kCentroidsTogether;
  return centroids.values[static_cast<std::size_t>(place)];
}

template <class Scalar>
void find_plain(const RowsOf<Scalar>& rows, const int* chosen, int count, const PackedCentroids<Scalar>& centroids,
                const NearestResult<Scalar>& result) {
  constexpr Scalar kInfinity = std::numeric_limits<Scalar>::infinity();
  for (int i = 0; i < count; ++i) {
    const Scalar* x = rows.row(chosen == nullptr ? i : chosen[i]);
    Scalar best = kInfinity, second = kInfinity;
    int label = 0;
    for (int c = 0; c < centroids.clusters; ++c) {
      Scalar score = centroids.half_squares[static_cast<std::size_t>(c)];
      for (int t = 0; t < rows.columns; ++t) score -= value(centroids, c, t) * x[t];
      if (score < best) label = c;
      second = std::min(second, std::max(best, score));
      best = std::min(best, score);
    }
    result.labels[i] = label;
    if (result.best != nullptr) result.best[i] = best;
    if (result.second != nullptr) result.second[i] = second;
  }
}

}  // namespace

void find_nearest_plain(const RowsOf<float>& rows, const int* chosen, int count,
                        const PackedCentroids<float>& centroids, const NearestResult<float>& result) {
  find_plain(rows, chosen, count, centroids, result);
}
void find_nearest_plain(const RowsOf<double>& rows, const int* chosen, int count,
                        const PackedCentroids<double>& centroids, const NearestResult<double>& result) {
  find_plain(rows, chosen, count, centroids, result);
}

}  // namespace handbuilt::clustering::detail
