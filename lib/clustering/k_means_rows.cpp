#include "clustering/k_means_rows.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "clustering/chunks.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"

namespace handbuilt::clustering {

namespace {

constexpr const char* kWhere = "k-means";
constexpr double kFarFromOrigin =
    4;  // |mean|^2 in variances: beyond that a copy keeps two more bits of each difference

/// Weighted sums of a chunk of rows.
struct Sums {
  VectorD first;  // [columns]
  double square = 0;
};

}  // namespace

template <class Scalar>
KMeansRows<Scalar>::KMeansRows(const View& x, VectorD weights, int threads)
    : weights_(std::move(weights)),
      origin_(VectorD::Zero(x.cols())),
      squares_(x.rows()),
      rows_{x.data(), x.outerStride(), static_cast<int>(x.rows()), static_cast<int>(x.cols())},
      threads_(threads) {
  if (x.size() == 0) require_rows(kWhere, x);
  require_weights(kWhere, weights_, x.rows());
  for (int i = 0; i < rows_.rows; ++i) {
    total_weight_ += weight(i);
    counting_rows_ += weight(i) > 0 ? 1 : 0;
  }

  measure();
  // What is not finite leaves its trace in the squares, so only then is there anything to look for.
  if (!squares_.allFinite()) {
    require_rows(kWhere, x);
    throw ValueError(std::string(kWhere) + ": expected numbers whose squares are finite, got larger ones");
  }
  const VectorD mean = std::exchange(origin_, VectorD::Zero(x.cols()));
  const double distance = mean.squaredNorm();
  if (distance <= kFarFromOrigin * variance_) return;
  origin_ = mean;
  copy_ = shifted(x);
  rows_ = {copy_.data(), copy_.cols(), rows_.rows, rows_.columns};
  measure();
  origin_ = mean;
}

/// Squared lengths, variance, and the mean, which it leaves in `origin_`.
template <class Scalar>
void KMeansRows<Scalar>::measure() {
  const detail::Chunks chunks(rows_.rows, 1, rows_.columns, sizeof(Scalar));
  std::vector<Sums> sums(static_cast<std::size_t>(chunks.count()));
  const std::vector<Scalar> zero(static_cast<std::size_t>(rows_.columns));
  Workers workers(threads_);
  workers.parallel_for(chunks.count(), [&](int begin, int end, int) {
    std::vector<int> order(static_cast<std::size_t>(chunks.batch_rows()));
    for (int chunk = begin; chunk < end; ++chunk) {
      Sums& sum = sums[static_cast<std::size_t>(chunk)];
      sum.first = VectorD::Zero(rows_.columns);
      for (int first = chunks.begin(chunk); first < chunks.end(chunk); first += chunks.batch_rows()) {
        const int count = std::min(chunks.batch_rows(), chunks.end(chunk) - first);
        const detail::RowsOf<Scalar> batch{rows_.row(first), rows_.stride, count, rows_.columns};
        detail::squared_distances(batch, zero.data(), nullptr, squares_.data() + first);
        for (int i = 0; i < count; ++i) {
          order[static_cast<std::size_t>(i)] = i;
          sum.square += weight(first + i) * squares_[first + i];
        }
        detail::add_rows(batch, order.data(), count, weights() == nullptr ? nullptr : weights() + first,
                         sum.first.data());
      }
    }
  });
  VectorD first = VectorD::Zero(rows_.columns);
  total_square_ = 0;
  for (const Sums& sum : sums) {
    first += sum.first;
    total_square_ += sum.square;
  }
  origin_ = first / total_weight_;
  variance_ = std::max(0.0, total_square_ / total_weight_ - origin_.squaredNorm());
}

template <class Scalar>
BasicMatrix<Scalar> KMeansRows<Scalar>::shifted(const View& points) const {
  return (points.template cast<double>().rowwise() - origin_.transpose()).template cast<Scalar>();
}

template <class Scalar>
BasicMatrix<Scalar> KMeansRows<Scalar>::unshifted(const View& points) const {
  return (points.template cast<double>().rowwise() + origin_.transpose()).template cast<Scalar>();
}

template class KMeansRows<float>;
template class KMeansRows<double>;

}  // namespace handbuilt::clustering
