#include "clustering/k_means_steps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "clustering/chunks.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"

namespace handbuilt::clustering {

namespace {

constexpr const char* kWhere = "k-means";
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kGrow = 1 + 8 * std::numeric_limits<double>::epsilon();

std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// What one chunk of rows adds up to.
struct Partial {
  MatrixD sums;     // [clusters, columns] of weight times row
  VectorD weights;  // [clusters]
  int changed = 0;
  long searched = 0;
};

/// What a thread needs to work on a batch.
template <class Scalar>
struct Scratch {
  std::vector<int> labels, chosen, order, starts;
  std::vector<Scalar> best, second;
};

}  // namespace

template <class Scalar>
struct KMeansSteps<Scalar>::State {
  using View = typename KMeansRows<Scalar>::View;

  const KMeansRows<Scalar>& rows;
  KMeansMethod method;
  int clusters;
  BasicMatrix<Scalar> centroids;  // in the shifted coordinates
  detail::Chunks chunks;
  Workers workers;
  std::vector<Partial> partials;
  std::vector<Scratch<Scalar>> scratch;
  std::vector<int> labels;
  MatrixD sums;
  VectorD weights;
  double inertia = 0, moved = 0;
  int repaired = 0;
  long searched = 0;

  // Hamerly's bounds: of a row's distance to its centroid from above, to all others from below; and half of a
  // centroid's distance to the nearest other, and how far it went in the last step.
  VectorD upper, lower, half_gap, went;
  double longest = 0;              // length of a centroid
  double most = 0, next_most = 0;  // the farthest that a centroid went, and the next
  int farthest = 0;

  State(const KMeansRows<Scalar>& r, const View& start, KMeansMethod m)
      : rows(r),
        method(m),
        clusters(static_cast<int>(start.rows())),
        centroids(r.shifted(start)),
        chunks(r.rows(), clusters, r.columns(), sizeof(Scalar)),
        workers(std::min(r.threads() > 0 ? r.threads() : core_count(), chunks.count())),
        partials(at(chunks.count())),
        scratch(at(workers.count())),
        labels(at(r.rows()), -1) {
    if (method == KMeansMethod::kLloyd) return;
    upper = VectorD::Constant(rows.rows(), kInfinity);
    lower = VectorD::Constant(rows.rows(), -kInfinity);
    went = VectorD::Zero(clusters);
  }

  int assign();
  void find_labels(int first, int count, const detail::PackedCentroids<Scalar>& packed, Scratch<Scalar>& s,
                   Partial& partial);
  void find_those_in_doubt(int first, int count, const detail::PackedCentroids<Scalar>& packed, Scratch<Scalar>& s,
                           Partial& partial);
  void sum_batch(int first, int count, Scratch<Scalar>& s, Partial& partial);
  void measure_gaps();
  void repair();
  void move();
  [[nodiscard]] double score_error(int row) const;
};

/// How far |x|^2 + 2 score can be from the squared distance by rounding: the errors of two sums of d + 1 terms.
template <class Scalar>
double KMeansSteps<Scalar>::State::score_error(int row) const {
  const double length = std::sqrt(rows.squares()[row]) + longest;
  return 2 * (rows.columns() + 8) * static_cast<double>(std::numeric_limits<Scalar>::epsilon()) * length * length;
}

/// Labels, sums and inertia for the centroids as they are. Returns how many labels changed.
template <class Scalar>
int KMeansSteps<Scalar>::State::assign() {
  const detail::PackedCentroids<Scalar> packed(centroids.data(), clusters, rows.columns());
  if (method == KMeansMethod::kHamerly) measure_gaps();
  workers.parallel_for(chunks.count(), [&](int begin, int end, int worker) {
    Scratch<Scalar>& s = scratch[at(worker)];
    s.labels.resize(at(chunks.batch_rows()));
    for (int chunk = begin; chunk < end; ++chunk) {
      Partial& partial = partials[at(chunk)];
      partial.sums.setZero(clusters, rows.columns());
      partial.weights.setZero(clusters);
      partial.changed = 0;
      partial.searched = 0;
      for (int first = chunks.begin(chunk); first < chunks.end(chunk); first += chunks.batch_rows()) {
        const int count = std::min(chunks.batch_rows(), chunks.end(chunk) - first);
        if (method == KMeansMethod::kLloyd)
          find_labels(first, count, packed, s, partial);
        else
          find_those_in_doubt(first, count, packed, s, partial);
        sum_batch(first, count, s, partial);
      }
    }
  });
  sums.setZero(clusters, rows.columns());
  weights.setZero(clusters);
  int changed = 0;
  for (const Partial& partial : partials) {
    sums += partial.sums;
    weights += partial.weights;
    changed += partial.changed;
    searched += partial.searched;
  }
  inertia = rows.total_square();
  for (int c = 0; c < clusters; ++c) {
    const auto centroid = centroids.row(c).template cast<double>();
    inertia += weights[c] * centroid.squaredNorm() - 2 * sums.row(c).dot(centroid);
  }
  inertia = std::max(inertia, 0.0);
  return changed;
}

template <class Scalar>
void KMeansSteps<Scalar>::State::find_labels(int first, int count, const detail::PackedCentroids<Scalar>& packed,
                                             Scratch<Scalar>& s, Partial& partial) {
  const detail::RowsOf<Scalar>& all = rows.values();
  detail::find_nearest({all.row(first), all.stride, all.rows - first, all.columns}, nullptr, count, packed,
                       {s.labels.data(), nullptr, nullptr});
  for (int i = 0; i < count; ++i) {
    partial.changed += labels[at(first + i)] != s.labels[at(i)] ? 1 : 0;
    labels[at(first + i)] = s.labels[at(i)];
  }
  partial.searched += count;
}

/// The same labels, but only rows whose bounds leave room for another one are searched.
template <class Scalar>
void KMeansSteps<Scalar>::State::find_those_in_doubt(int first, int count,
                                                     const detail::PackedCentroids<Scalar>& packed, Scratch<Scalar>& s,
                                                     Partial& partial) {
  const detail::RowsOf<Scalar>& all = rows.values();
  s.chosen.clear();
  for (int i = first; i < first + count; ++i) {
    const int label = labels[at(i)];
    if (label >= 0 && upper[i] < kInfinity) {
      upper[i] = (upper[i] + went[label]) * kGrow;
      lower[i] -= (label == farthest ? next_most : most) + std::abs(lower[i]) * (kGrow - 1);
      const double doubt = 2 * score_error(i), gap = half_gap[label];
      const auto is_settled = [&] {
        return (lower[i] > upper[i] && lower[i] * lower[i] - upper[i] * upper[i] > doubt) ||
               (gap > upper[i] && 4 * gap * (gap - upper[i]) > doubt);
      };
      if (is_settled()) continue;
      double square = 0;
      detail::squared_distances({all.row(i), all.stride, 1, all.columns}, centroids.row(label).data(), nullptr,
                                &square);
      upper[i] = std::sqrt(square + score_error(i));
      if (is_settled()) continue;
    }
    s.chosen.push_back(i);
  }
  const auto in_doubt = static_cast<int>(s.chosen.size());
  s.best.resize(at(chunks.batch_rows()));
  s.second.resize(at(chunks.batch_rows()));
  detail::find_nearest(all, s.chosen.data(), in_doubt, packed, {s.labels.data(), s.best.data(), s.second.data()});
  for (int j = 0; j < in_doubt; ++j) {
    const int i = s.chosen[at(j)];
    const double square = rows.squares()[i], error = score_error(i);
    upper[i] = std::sqrt(std::max(0.0, square + 2 * static_cast<double>(s.best[at(j)]) + error));
    lower[i] = std::sqrt(std::max(0.0, square + 2 * static_cast<double>(s.second[at(j)]) - error));
    partial.changed += labels[at(i)] != s.labels[at(j)] ? 1 : 0;
    labels[at(i)] = s.labels[at(j)];
  }
  partial.searched += in_doubt;
}

/// Adds a batch up cluster by cluster: its rows in the order of their labels, and within a label as they stand.
template <class Scalar>
void KMeansSteps<Scalar>::State::sum_batch(int first, int count, Scratch<Scalar>& s, Partial& partial) {
  s.starts.assign(at(clusters) + 1, 0);
  s.order.resize(at(chunks.batch_rows()));
  for (int i = first; i < first + count; ++i) ++s.starts[at(labels[at(i)]) + 1];
  std::partial_sum(s.starts.begin(), s.starts.end(), s.starts.begin());
  for (int i = first; i < first + count; ++i) s.order[at(s.starts[at(labels[at(i)])]++)] = i;
  int begin = 0;
  for (int c = 0; c < clusters; ++c) {
    const int end = s.starts[at(c)];  // moved there by the loop above
    if (begin == end) continue;
    detail::add_rows(rows.values(), s.order.data() + begin, end - begin, rows.weights(), partial.sums.row(c).data());
    if (rows.weights() == nullptr)
      partial.weights[c] += end - begin;
    else
      for (int j = begin; j < end; ++j) partial.weights[c] += rows.weight(s.order[at(j)]);
    begin = end;
  }
}

template <class Scalar>
void KMeansSteps<Scalar>::State::measure_gaps() {
  most = next_most = 0;
  farthest = 0;
  for (int c = 0; c < clusters; ++c) {
    if (went[c] > most) {
      next_most = most;
      most = went[c];
      farthest = c;
    } else {
      next_most = std::max(next_most, went[c]);
    }
  }
  half_gap = VectorD::Constant(clusters, kInfinity);
  const MatrixD exact = centroids.template cast<double>();
  longest = exact.rowwise().norm().maxCoeff() * (1 + 1e-12);
  for (int a = 0; a < clusters; ++a)
    for (int b = 0; b < a; ++b) {
      // A little less than it is, so that no rounding makes it more.
      const double half = (exact.row(a) - exact.row(b)).norm() / 2 * (1 - 1e-12);
      half_gap[a] = std::min(half_gap[a], half);
      half_gap[b] = std::min(half_gap[b], half);
    }
}

template <class Scalar>
void KMeansSteps<Scalar>::State::repair() {
  if (weights.minCoeff() > 0) return;
  std::vector<double> distance(labels.size());
  detail::squared_distances(rows.values(), centroids.data(), labels.data(), distance.data());
  std::vector<int> members(at(clusters)), by_distance;
  for (int i = 0; i < rows.rows(); ++i) {
    if (!(rows.weight(i) > 0)) continue;
    ++members[at(labels[at(i)])];
    distance[at(i)] *= rows.weight(i);
    if (distance[at(i)] > 0) by_distance.push_back(i);
  }
  std::stable_sort(by_distance.begin(), by_distance.end(),
                   [&](int a, int b) { return distance[at(a)] > distance[at(b)]; });
  auto next = by_distance.begin();
  for (int c = 0; c < clusters; ++c) {
    if (weights[c] > 0) continue;
    while (next != by_distance.end() && members[at(labels[at(*next)])] < 2) ++next;
    if (next == by_distance.end()) return;
    const int row = *next++, donor = labels[at(row)];
    const Eigen::RowVectorXd part = rows.weight(row) * Eigen::Map<const Eigen::Matrix<Scalar, 1, Eigen::Dynamic>>(
                                                           rows.values().row(row), rows.columns())
                                                           .template cast<double>();
    sums.row(donor) -= part;
    weights[donor] -= rows.weight(row);
    --members[at(donor)];
    sums.row(c) = part;
    weights[c] = rows.weight(row);
    members[at(c)] = 1;
    labels[at(row)] = c;
    if (method == KMeansMethod::kHamerly) upper[row] = kInfinity;
    ++repaired;
  }
}

template <class Scalar>
void KMeansSteps<Scalar>::State::move() {
  moved = 0;
  for (int c = 0; c < clusters; ++c) {
    double square = 0;
    if (weights[c] > 0) {
      const Eigen::Matrix<Scalar, 1, Eigen::Dynamic> mean = (sums.row(c) / weights[c]).template cast<Scalar>();
      square = (mean.template cast<double>() - centroids.row(c).template cast<double>()).squaredNorm();
      centroids.row(c) = mean;
    }
    moved += square;
    if (method == KMeansMethod::kHamerly) went[c] = std::sqrt(square) * (1 + 1e-12);
  }
}

template <class Scalar>
KMeansSteps<Scalar>::KMeansSteps(const KMeansRows<Scalar>& rows, const typename KMeansRows<Scalar>::View& centroids,
                                 KMeansMethod method) {
  require_columns(kWhere, MatrixD(0, centroids.cols()), rows.columns());
  require_clusters(kWhere, static_cast<int>(centroids.rows()), rows.counting_rows());
  require_rows((std::string(kWhere) + ": centroids").c_str(), centroids);
  state_ = std::make_unique<State>(rows, centroids, method);
}

template <class Scalar>
KMeansSteps<Scalar>::~KMeansSteps() = default;

template <class Scalar>
int KMeansSteps<Scalar>::step() {
  const int changed = state_->assign();
  state_->repair();
  state_->move();
  return changed;
}

template <class Scalar>
void KMeansSteps<Scalar>::assign() {
  state_->assign();
  if (state_->method == KMeansMethod::kHamerly) state_->went.setZero();
}

template <class Scalar>
const std::vector<int>& KMeansSteps<Scalar>::labels() const {
  return state_->labels;
}
template <class Scalar>
BasicMatrix<Scalar> KMeansSteps<Scalar>::centroids() const {
  return state_->rows.unshifted(state_->centroids);
}
template <class Scalar>
const VectorD& KMeansSteps<Scalar>::cluster_weights() const {
  return state_->weights;
}
template <class Scalar>
double KMeansSteps<Scalar>::inertia() const {
  return state_->inertia;
}
template <class Scalar>
double KMeansSteps<Scalar>::exact_inertia() const {
  State& state = *state_;
  const detail::RowsOf<Scalar>& all = state.rows.values();
  std::vector<double> of_chunk(at(state.chunks.count()));
  state.workers.parallel_for(state.chunks.count(), [&](int begin, int end, int) {
    std::vector<double> distance(at(state.chunks.batch_rows()));
    for (int chunk = begin; chunk < end; ++chunk)
      for (int first = state.chunks.begin(chunk); first < state.chunks.end(chunk); first += state.chunks.batch_rows()) {
        const int count = std::min(state.chunks.batch_rows(), state.chunks.end(chunk) - first);
        detail::squared_distances({all.row(first), all.stride, count, all.columns}, state.centroids.data(),
                                  state.labels.data() + first, distance.data());
        for (int i = 0; i < count; ++i) of_chunk[at(chunk)] += state.rows.weight(first + i) * distance[at(i)];
      }
  });
  return std::accumulate(of_chunk.begin(), of_chunk.end(), 0.0);
}
template <class Scalar>
double KMeansSteps<Scalar>::moved() const {
  return state_->moved;
}
template <class Scalar>
int KMeansSteps<Scalar>::repaired() const {
  return state_->repaired;
}
template <class Scalar>
long KMeansSteps<Scalar>::searched_rows() const {
  return state_->searched;
}

template class KMeansSteps<float>;
template class KMeansSteps<double>;

}  // namespace handbuilt::clustering
