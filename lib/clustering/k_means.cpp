#include "clustering/k_means.hpp"

#include <algorithm>
#include <cmath>

#include "clustering/k_means_start.hpp"

namespace handbuilt::clustering {

namespace {

constexpr const char* kWhere = "k-means";

template <class Scalar>
using View = typename KMeansRows<Scalar>::View;

void require_options(const KMeansOptions& options) {
  require_option(options.starts >= 1, kWhere, "starts", "of at least 1", options.starts);
  require_option(options.max_iterations >= 1, kWhere, "max_iterations", "of at least 1", options.max_iterations);
  require_option(options.tolerance >= 0 && std::isfinite(options.tolerance), kWhere, "tolerance", "of at least 0",
                 options.tolerance);
}

/// The given rows of x.
template <class Scalar>
BasicMatrix<Scalar> rows_of(const View<Scalar>& x, const std::vector<int>& indices) {
  BasicMatrix<Scalar> chosen(std::ssize(indices), x.cols());
  for (Eigen::Index i = 0; i < chosen.rows(); ++i) chosen.row(i) = x.row(indices[static_cast<std::size_t>(i)]);
  return chosen;
}

/// What stands in `steps` after a last assignment.
template <class Scalar>
KMeansFit<Scalar> fit_of(const KMeansSteps<Scalar>& steps) {
  KMeansFit<Scalar> fit;
  fit.centroids = steps.centroids();
  fit.labels = steps.labels();
  fit.cluster_weights = steps.cluster_weights();
  fit.inertia = steps.exact_inertia();
  fit.repaired = steps.repaired();
  return fit;
}

template <class Scalar>
KMeansFit<Scalar> run(const KMeansRows<Scalar>& rows, const View<Scalar>& start, const KMeansOptions& options) {
  KMeansSteps<Scalar> steps(rows, start, options.method);
  const double enough = options.tolerance * rows.variance() / rows.columns();
  std::vector<double> trace;
  bool settled = false, converged = false;
  while (!converged && static_cast<int>(trace.size()) < options.max_iterations) {
    settled = steps.step() == 0;  // the centroids are where they were, and the labels theirs
    trace.push_back(steps.inertia());
    converged = settled || steps.moved() <= enough;
  }
  if (!settled) steps.assign();
  KMeansFit<Scalar> fit = fit_of(steps);
  fit.iterations = static_cast<int>(trace.size());
  fit.trace = std::move(trace);
  fit.converged = converged;
  return fit;
}

template <class Scalar>
KMeansFit<Scalar> best_run(const View<Scalar>& x, const KMeansOptions& options, Random& random) {
  require_options(options);
  const KMeansRows<Scalar> rows(x, options.weights, options.threads);
  KMeansFit<Scalar> best;
  for (int start = 0; start < options.starts; ++start) {
    const std::vector<int> drawn = options.start == KMeansStart::kPlusPlus
                                       ? plus_plus_start(rows, options.clusters, random)
                                       : random_start(rows, options.clusters, random);
    KMeansFit<Scalar> fit = run<Scalar>(rows, rows_of<Scalar>(x, drawn), options);
    if (start == 0 || fit.inertia < best.inertia) best = std::move(fit);
  }
  return best;
}

template <class Scalar>
KMeansFit<Scalar> one_run(const View<Scalar>& x, const View<Scalar>& centroids, const KMeansOptions& options) {
  require_options(options);
  const KMeansRows<Scalar> rows(x, options.weights, options.threads);
  return run<Scalar>(rows, centroids, options);
}

/// Draws rows with replacement and keeps what they have taught so far.
template <class Scalar>
class MiniBatches {
 public:
  MiniBatches(const View<Scalar>& x, const KMeansRows<Scalar>& rows, const MiniBatchOptions& options, Random& random)
      : x_(x), rows_(rows), options_(options), random_(random) {
    const int sample_rows = std::min(rows.rows(), 3 * std::max(options.batch_rows, options.clusters));
    std::vector<int> sample;
    for (const int i : random.permutation(rows.rows()))
      if (rows.weight(i) > 0 && std::ssize(sample) < sample_rows) sample.push_back(i);
    VectorD weights(std::ssize(sample));
    for (Eigen::Index i = 0; i < weights.size(); ++i) weights[i] = rows.weight(sample[static_cast<std::size_t>(i)]);
    const BasicMatrix<Scalar> sampled = rows_of<Scalar>(x, sample);
    const KMeansRows<Scalar> start(sampled, weights, options.threads);
    centroids_ = rows_of<Scalar>(sampled, plus_plus_start(start, options.clusters, random)).template cast<double>();
    seen_ = VectorD::Zero(options.clusters);
  }

  /// Moves the centroids by one batch; returns the mean inertia of its rows.
  double learn_batch() {
    std::vector<int> drawn(static_cast<std::size_t>(options_.batch_rows));
    VectorD weights(options_.batch_rows);
    for (Eigen::Index i = 0; i < weights.size(); ++i) {
      const int row = random_.below(rows_.rows());
      drawn[static_cast<std::size_t>(i)] = row;
      weights[i] = rows_.weight(row);
    }
    if (!(weights.sum() > 0)) return 0;
    const BasicMatrix<Scalar> batch = rows_.shifted(rows_of<Scalar>(x_, drawn));
    const BasicMatrix<Scalar> shifted = rows_.shifted(centroids_.template cast<Scalar>());
    const detail::PackedCentroids<Scalar> packed(shifted.data(), options_.clusters, rows_.columns());
    const detail::RowsOf<Scalar> of_batch{batch.data(), batch.cols(), options_.batch_rows, rows_.columns()};
    std::vector<int> labels(drawn.size());
    detail::find_nearest(of_batch, nullptr, options_.batch_rows, packed, {labels.data(), nullptr, nullptr});
    std::vector<double> distances(drawn.size());
    detail::squared_distances(of_batch, shifted.data(), labels.data(), distances.data());
    double inertia = 0;
    for (Eigen::Index i = 0; i < weights.size(); ++i) {
      const auto place = static_cast<std::size_t>(i);
      inertia += weights[i] * distances[place];
      if (!(weights[i] > 0)) continue;
      const int label = labels[place];
      seen_[label] += weights[i];
      centroids_.row(label) +=
          weights[i] / seen_[label] * (x_.row(drawn[place]).template cast<double>() - centroids_.row(label));
    }
    return inertia / weights.sum();
  }

  void move_idle_centroids() {
    for (int c = 0; c < options_.clusters; ++c)
      if (seen_[c] == 0) centroids_.row(c) = x_.row(random_.below(rows_.rows())).template cast<double>();
  }

  [[nodiscard]] BasicMatrix<Scalar> centroids() const { return centroids_.template cast<Scalar>(); }

 private:
  const View<Scalar>& x_;
  const KMeansRows<Scalar>& rows_;
  const MiniBatchOptions& options_;
  Random& random_;
  MatrixD centroids_;  // [clusters, columns], in x's coordinates
  VectorD seen_;       // [clusters] the weight that each has learned from
};

template <class Scalar>
KMeansFit<Scalar> mini_batches(const View<Scalar>& x, const MiniBatchOptions& options, Random& random) {
  require_option(options.batch_rows >= 1, kWhere, "batch_rows", "of at least 1", options.batch_rows);
  require_option(options.epochs >= 1, kWhere, "epochs", "of at least 1", options.epochs);
  const KMeansRows<Scalar> rows(x, options.weights, options.threads);
  require_clusters(kWhere, options.clusters, rows.counting_rows());
  MiniBatches<Scalar> batches(x, rows, options, random);
  const int in_epoch = (rows.rows() + options.batch_rows - 1) / options.batch_rows;
  const double total_weight = options.weights.size() == 0 ? rows.rows() : options.weights.sum();
  std::vector<double> trace;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (int batch = 0; batch < in_epoch; ++batch) trace.push_back(batches.learn_batch() * total_weight);
    batches.move_idle_centroids();
  }
  KMeansSteps<Scalar> steps(rows, batches.centroids());
  steps.assign();
  KMeansFit<Scalar> fit = fit_of(steps);
  fit.iterations = static_cast<int>(trace.size());
  fit.trace = std::move(trace);
  return fit;
}

}  // namespace

template <class Scalar>
std::vector<int> KMeansFit<Scalar>::predict(const typename KMeansRows<Scalar>::View& x, int threads) const {
  require_columns("k-means", MatrixD(0, x.cols()), centroids.cols());
  const KMeansRows<Scalar> rows(x, {}, threads);
  const BasicMatrix<Scalar> shifted = rows.shifted(centroids);
  const detail::PackedCentroids<Scalar> packed(shifted.data(), static_cast<int>(shifted.rows()), rows.columns());
  std::vector<int> nearest(static_cast<std::size_t>(rows.rows()));
  detail::find_nearest(rows.values(), nullptr, rows.rows(), packed, {nearest.data(), nullptr, nullptr});
  return nearest;
}

KMeansFit<double> fit_k_means(const MatrixView& x, const KMeansOptions& options, Random& random) {
  return best_run<double>(x, options, random);
}
KMeansFit<float> fit_k_means(const MatrixViewF& x, const KMeansOptions& options, Random& random) {
  return best_run<float>(x, options, random);
}
KMeansFit<double> fit_k_means_from(const MatrixView& x, const MatrixView& centroids, const KMeansOptions& options) {
  return one_run<double>(x, centroids, options);
}
KMeansFit<float> fit_k_means_from(const MatrixViewF& x, const MatrixViewF& centroids, const KMeansOptions& options) {
  return one_run<float>(x, centroids, options);
}
KMeansFit<double> fit_mini_batch_k_means(const MatrixView& x, const MiniBatchOptions& options, Random& random) {
  return mini_batches<double>(x, options, random);
}
KMeansFit<float> fit_mini_batch_k_means(const MatrixViewF& x, const MiniBatchOptions& options, Random& random) {
  return mini_batches<float>(x, options, random);
}

template struct KMeansFit<float>;
template struct KMeansFit<double>;

}  // namespace handbuilt::clustering
