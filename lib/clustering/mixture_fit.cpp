#include "clustering/mixture_fit.hpp"

#include <cmath>
#include <string>

#include "clustering/k_means.hpp"
#include "clustering/mixture_parts.hpp"
#include "core/error.hpp"

namespace handbuilt::clustering {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "mixture";

VectorD weights_of(const VectorD& row_weights, Index rows) {
  return row_weights.size() == 0 ? VectorD::Ones(rows) : row_weights;
}

/// Fits each component to the rows with its label; one without such rows stays as it is, with weight 0.
GaussianMixture fit_to_labels(const MatrixView& x, const std::vector<int>& labels, GaussianMixture mixture,
                              const VectorD& weights) {
  const Index k = mixture.means.rows(), d = x.cols();
  VectorD totals = VectorD::Zero(k);
  MatrixD sums = MatrixD::Zero(k, d);
  for (Index i = 0; i < x.rows(); ++i) {
    const int label = labels[static_cast<std::size_t>(i)];
    totals[label] += weights[i];
    sums.row(label) += weights[i] * x.row(i);
  }
  for (Index c = 0; c < k; ++c)
    if (totals[c] > 0) mixture.means.row(c) = sums.row(c) / totals[c];

  // Around the means just found, a row belongs to its own component and to no other.
  const bool full = mixture.form == CovarianceForm::kFull;
  const Index second_size = full ? d * d : d;
  detail::MixtureSums around{std::vector<double>(totals.begin(), totals.end()),
                             std::vector<double>(static_cast<std::size_t>(k * d)),
                             std::vector<double>(static_cast<std::size_t>(k * second_size))};
  for (Index i = 0; i < x.rows(); ++i) {
    const int label = labels[static_cast<std::size_t>(i)];
    const VectorD y = (x.row(i) - mixture.means.row(label)).transpose();
    double* second = around.second.data() + label * second_size;
    if (full)
      Eigen::Map<MatrixD>(second, d, d) += weights[i] * y * y.transpose();
    else
      Eigen::Map<VectorD>(second, d) += weights[i] * y.cwiseAbs2();
  }
  std::vector<int> on_floor;
  return detail::maximise(mixture, around, on_floor);
}

GaussianMixture blank(int components, Index columns, CovarianceForm form, const VectorD& floor) {
  return {form, VectorD::Zero(components), MatrixD::Zero(components, columns),
          std::vector<MatrixD>(static_cast<std::size_t>(components), MatrixD::Zero(columns, columns)), floor};
}

/// As many components as asked for, each as wide as all rows together.
GaussianMixture wide_components(const MatrixView& x, const MixtureOptions& options, const VectorD& floor) {
  const std::vector<int> labels(static_cast<std::size_t>(x.rows()), 0);
  const GaussianMixture all =
      fit_to_labels(x, labels, blank(1, x.cols(), options.form, floor), weights_of(options.row_weights, x.rows()));
  GaussianMixture start = all;
  start.weights = VectorD::Constant(options.components, 1.0 / options.components);
  start.means = all.means.replicate(options.components, 1);
  start.covariances.assign(static_cast<std::size_t>(options.components), all.covariances[0]);
  return start;
}

void require_options(const MatrixView& x, const MixtureOptions& options) {
  require_rows(kWhere, x);
  require_weights(kWhere, options.row_weights, x.rows());
  require_option(options.max_iterations >= 0, kWhere, "max_iterations", "of at least 0", options.max_iterations);
  require_option(options.tolerance >= 0, kWhere, "tolerance", "of at least 0", options.tolerance);
}

/// As wide as all rows together, around different rows, drawn with chances in proportion to their weights.
GaussianMixture start_at_random_rows(const MatrixView& x, const MixtureOptions& options, const VectorD& floor,
                                     Random& random) {
  GaussianMixture start = wide_components(x, options, floor);
  VectorD chances = weights_of(options.row_weights, x.rows());
  for (int c = 0; c < options.components; ++c) {
    Index row = 0;
    for (double left = random.uniform() * chances.sum(); row + 1 < x.rows(); ++row)
      if (left -= chances[row]; left < 0) break;
    while (row > 0 && !(chances[row] > 0)) --row;
    start.means.row(c) = x.row(row);
    chances[row] = 0;
  }
  return start;
}

/// The clusters of k-means. One that it leaves empty, for want of different rows, starts wide and with the weight of
/// one row.
GaussianMixture start_at_clusters(const MatrixView& x, const MixtureOptions& options, const VectorD& floor,
                                  Random& random) {
  const KMeansFit<double> clusters = fit_k_means(
      x, {.clusters = options.components, .starts = 1, .weights = options.row_weights, .threads = options.threads},
      random);
  GaussianMixture start = wide_components(x, options, floor);
  start.means = clusters.centroids;
  start = fit_to_labels(x, clusters.labels, std::move(start), weights_of(options.row_weights, x.rows()));
  start.weights = start.weights.cwiseMax(1.0 / static_cast<double>(x.rows()));
  start.weights /= start.weights.sum();
  return start;
}

MixtureFit climb(const MatrixView& x, GaussianMixture mixture, const MixtureOptions& options) {
  MixtureFit fit;
  const double rows = weights_of(options.row_weights, x.rows()).sum();
  for (;; ++fit.iterations) {
    const bool last = fit.iterations == options.max_iterations;
    detail::MixtureSums sums;
    fit.log_likelihoods.push_back(
        detail::pass_over(x, mixture, options.row_weights, options.threads, last ? nullptr : &sums));
    const std::size_t done = fit.log_likelihoods.size();
    fit.converged =
        done > 1 && fit.log_likelihoods[done - 1] - fit.log_likelihoods[done - 2] < options.tolerance * rows;
    if (last || fit.converged) break;
    fit.on_floor.clear();
    mixture = detail::maximise(mixture, sums, fit.on_floor);
  }
  fit.bic = bic(fit.log_likelihood(), mixture.parameters(), rows);
  fit.aic = aic(fit.log_likelihood(), mixture.parameters());
  fit.mixture = std::move(mixture);
  return fit;
}

}  // namespace

VectorD covariance_floor(const MatrixView& x, double share, const VectorD& row_weights) {
  require_rows(kWhere, x);
  require_weights(kWhere, row_weights, x.rows());
  require_option(share >= 0 && std::isfinite(share), kWhere, "covariance_floor", "of at least 0", share);
  const VectorD weights = weights_of(row_weights, x.rows());
  const double total = weights.sum();
  // Around some row, which leaves exact zeros in a constant column.
  const Eigen::RowVectorXd origin = x.row(0);
  Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(x.cols()), floor = mean, reach = mean;
  for (Index i = 0; i < x.rows(); ++i) {
    mean += weights[i] / total * (x.row(i) - origin);
    reach = reach.cwiseMax((x.row(i) - origin).cwiseAbs());
  }
  for (Index i = 0; i < x.rows(); ++i) floor += weights[i] / total * (x.row(i) - origin - mean).cwiseAbs2();
  for (Index j = 0; j < x.cols(); ++j) {
    if (!std::isfinite(floor[j]))
      throw ValueError(std::string(kWhere) + ": expected numbers whose squares are finite, got larger ones in column " +
                       std::to_string(j));
    const bool constant = !(reach[j] > 0) || !(floor[j] > 0);
    floor[j] = share * (constant ? 1 : floor[j]);
  }
  return floor;
}

GaussianMixture mixture_of_labels(const MatrixView& x, const std::vector<int>& labels, int components,
                                  CovarianceForm form, const VectorD& floor, const VectorD& row_weights) {
  require_rows(kWhere, x);
  require_clusters(kWhere, components, x.rows());
  require_labels(kWhere, labels, x.rows());
  require_weights(kWhere, row_weights, x.rows());
  for (const int label : labels)
    require_option(label < components, kWhere, "labels", ("below " + std::to_string(components)).c_str(), label);
  GaussianMixture mixture =
      fit_to_labels(x, labels, blank(components, x.cols(), form, floor), weights_of(row_weights, x.rows()));
  for (int c = 0; c < components; ++c)
    if (!(mixture.weights[c] > 0))
      throw ValueError(std::string(kWhere) + ": expected rows with weight for each of " + std::to_string(components) +
                       " components, got none for " + std::to_string(c));
  return mixture;
}

MixtureStep em_step(const MatrixView& x, const GaussianMixture& mixture, const VectorD& row_weights, int threads) {
  require_mixture(kWhere, mixture);
  require_columns(kWhere, x, mixture.columns());
  require_rows(kWhere, x);
  require_weights(kWhere, row_weights, x.rows());
  detail::MixtureSums sums;
  MixtureStep step;
  step.log_likelihood = detail::pass_over(x, mixture, row_weights, threads, &sums);
  step.mixture = detail::maximise(mixture, sums, step.on_floor);
  return step;
}

MixtureFit fit_mixture(const MatrixView& x, const GaussianMixture& start, const MixtureOptions& options) {
  require_options(x, options);
  require_mixture(kWhere, start);
  require_columns(kWhere, x, start.columns());
  require_clusters(kWhere, start.components(), x.rows());
  GaussianMixture lifted = start;
  lifted.floor = covariance_floor(x, options.covariance_floor, options.row_weights);
  for (MatrixD& covariance : lifted.covariances) detail::lift_to_floor(covariance, lifted.form, lifted.floor);
  return climb(x, std::move(lifted), options);
}

MixtureFit fit_mixture(const MatrixView& x, const MixtureOptions& options, Random& random) {
  require_options(x, options);
  require_clusters(kWhere, options.components, (weights_of(options.row_weights, x.rows()).array() > 0).count());
  require_option(options.starts >= 1, kWhere, "starts", "of at least 1", options.starts);
  const VectorD floor = covariance_floor(x, options.covariance_floor, options.row_weights);
  MixtureFit best;
  for (int i = 0; i < options.starts; ++i) {
    const auto start = options.start == MixtureStart::kKMeans ? start_at_clusters : start_at_random_rows;
    MixtureFit fit = climb(x, start(x, options, floor, random), options);
    if (i == 0 || fit.log_likelihood() > best.log_likelihood()) best = std::move(fit);
  }
  return best;
}

}  // namespace handbuilt::clustering
