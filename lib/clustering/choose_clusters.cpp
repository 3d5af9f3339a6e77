#include "clustering/choose_clusters.hpp"

#include <algorithm>
#include <cmath>

#include "clustering/adjusted_rand.hpp"
#include "core/error.hpp"

namespace handbuilt::clustering {

namespace {

/// Labels of all rows by the clusters of a random part of them.
std::vector<int> labels_by_sample(const MatrixView& x, Eigen::Index sample_rows, const KMeansOptions& options,
                                  Random& random) {
  std::vector<int> rows = random.permutation(static_cast<int>(x.rows()));
  rows.resize(static_cast<std::size_t>(sample_rows));
  const MatrixD sample = x(rows, Eigen::all);
  return fit_k_means(sample, options, random).predict(x, options.threads);
}

double log_inertia(const MatrixView& x, const KMeansOptions& options, Random& random) {
  const double inertia = fit_k_means(x, options, random).inertia;
  if (!(inertia > 0))
    throw ValueError("gap statistic: expected more distinct rows than clusters, got no inertia with " +
                     std::to_string(options.clusters) + " clusters");
  return std::log(inertia);
}

}  // namespace

Stability stability(const MatrixView& x, const std::vector<int>& clusters, const StabilityOptions& options,
                    Random& random) {
  constexpr const char* kWhere = "stability";
  require_rows(kWhere, x);
  require_option(!clusters.empty(), kWhere, "numbers of clusters", "of which there is at least 1", 0);
  require_option(options.pairs >= 2, kWhere, "pairs", "of at least 2", options.pairs);
  require_option(options.fraction > 0 && options.fraction < 1, kWhere, "fraction", "within (0, 1)", options.fraction);
  require_option(options.margin >= 0, kWhere, "margin", "of at least 0", options.margin);
  const auto sample_rows = static_cast<Eigen::Index>(options.fraction * static_cast<double>(x.rows()));
  for (const int number : clusters) {
    require_option(number >= 2, kWhere, "clusters", "of at least 2", number);
    require_clusters(kWhere, number, sample_rows);
  }

  Stability result{clusters, {}, 0};
  KMeansOptions k_means = options.k_means;
  k_means.weights = {};
  double best = 0;
  for (const int number : clusters) {
    k_means.clusters = number;
    std::vector<double> agreement;
    for (int pair = 0; pair < options.pairs; ++pair) {
      const std::vector<int> labels = labels_by_sample(x, sample_rows, k_means, random);
      agreement.push_back(adjusted_rand(labels, labels_by_sample(x, sample_rows, k_means, random)));
    }
    result.agreement.push_back(mean_interval(agreement));
    best = std::max(best, result.agreement.back().mean);
  }
  for (std::size_t i = 0; i < clusters.size(); ++i)
    if (result.agreement[i].mean >= best - options.margin) result.chosen = std::max(result.chosen, clusters[i]);
  return result;
}

GapStatistic gap_statistic(const MatrixView& x, int most, const GapOptions& options, Random& random) {
  constexpr const char* kWhere = "gap statistic";
  require_rows(kWhere, x);
  require_clusters(kWhere, most, x.rows());
  require_option(options.references >= 2, kWhere, "references", "of at least 2", options.references);
  const Eigen::RowVectorXd low = x.colwise().minCoeff(), high = x.colwise().maxCoeff();
  KMeansOptions k_means = options.k_means;
  k_means.weights = {};

  const auto count = static_cast<std::size_t>(most);
  std::vector<double> of_rows(count);
  for (int k = 1; k <= most; ++k) {
    k_means.clusters = k;
    of_rows[static_cast<std::size_t>(k - 1)] = log_inertia(x, k_means, random);
  }
  MatrixD of_references(options.references, most);
  MatrixD reference(x.rows(), x.cols());
  for (int r = 0; r < options.references; ++r) {
    for (Eigen::Index i = 0; i < x.rows(); ++i)
      for (Eigen::Index j = 0; j < x.cols(); ++j) reference(i, j) = random.uniform(low[j], high[j]);
    for (int k = 1; k <= most; ++k) {
      k_means.clusters = k;
      of_references(r, k - 1) = log_inertia(reference, k_means, random);
    }
  }

  GapStatistic result;
  for (int k = 1; k <= most; ++k) {
    const auto column = of_references.col(k - 1).array();
    const double mean = column.mean();
    result.clusters.push_back(k);
    result.gap.push_back(mean - of_rows[static_cast<std::size_t>(k - 1)]);
    result.standard_error.push_back(std::sqrt((column - mean).square().mean() * (1 + 1.0 / options.references)));
  }
  result.chosen = most;
  for (std::size_t i = 0; i + 1 < count; ++i)
    if (result.gap[i] >= result.gap[i + 1] - result.standard_error[i + 1]) {
      result.chosen = result.clusters[i];
      break;
    }
  return result;
}

}  // namespace handbuilt::clustering
