// The figures of golden/make_mixture_golden.py, which other libraries computed, from ours.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "clustering/agglomerative.hpp"
#include "clustering/dbscan.hpp"
#include "clustering/mixture_fit.hpp"
#include "penguins.hpp"
#include "support/golden.hpp"

namespace handbuilt::clustering {
namespace {

using test::Golden;
using test::penguins;

using test::penguins;

const std::filesystem::path kGolden =
    std::filesystem::path(HANDBUILT_SOURCE_DIR) / "tests/lib/clustering/golden/mixture_golden.csv";

VectorD flat(const MatrixD& matrix) { return matrix.reshaped<Eigen::RowMajor>(); }

/// What the other library calls a component's covariance: a matrix, a row of variances, or a number.
VectorD covariances_of(const GaussianMixture& mixture) {
  std::vector<double> all;
  for (const MatrixD& covariance : mixture.covariances) {
    if (mixture.form == CovarianceForm::kFull) {
      const VectorD numbers = flat(covariance);
      all.insert(all.end(), numbers.begin(), numbers.end());
    } else {
      const Eigen::Index count = mixture.form == CovarianceForm::kDiagonal ? covariance.rows() : 1;
      for (Eigen::Index j = 0; j < count; ++j) all.push_back(covariance(j, j));
    }
  }
  return Eigen::Map<const VectorD>(all.data(), std::ssize(all));
}

TEST(GoldenMixture, StepsFromTheSameStart) {
  const auto& [x, species] = penguins();
  for (const auto& [name, form] : std::map<std::string, CovarianceForm>{{"full", CovarianceForm::kFull},
                                                                        {"diag", CovarianceForm::kDiagonal},
                                                                        {"spherical", CovarianceForm::kSpherical}})
    for (const int steps : {1, 25}) {
      Golden golden(kGolden, name + std::to_string(steps));
      const GaussianMixture start = mixture_of_labels(x, species, 3, form, {});
      const MixtureFit fit =
          fit_mixture(x, start, {.max_iterations = steps, .tolerance = 0, .covariance_floor = 1e-12});
      golden.expect("log_likelihood", fit.log_likelihood());
      golden.expect("weights", fit.mixture.weights);
      golden.expect("means", flat(fit.mixture.means));
      golden.expect("covariances", covariances_of(fit.mixture));
      golden.expect("bic", fit.bic);
      golden.expect("aic", fit.aic);
      const MatrixD row{{0.5, -1.0, 2.0, 0.0}};
      golden.expect("new_log_density", log_densities(fit.mixture, row));
      golden.expect("new_shares", flat(responsibilities(fit.mixture, row)));
    }
}

double checksum(const std::vector<int>& labels) {
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) sum += static_cast<double>(row + 1) * labels[row];
  return sum;
}

TEST(GoldenDendrogram, HeightsAndCuts) {
  const MatrixD& x = penguins().x;
  for (const auto& [name, linkage] : std::map<std::string, Linkage>{{"single", Linkage::kSingle},
                                                                    {"complete", Linkage::kComplete},
                                                                    {"average", Linkage::kAverage},
                                                                    {"ward", Linkage::kWard}}) {
    Golden golden(kGolden, name);
    const Dendrogram tree = agglomerate(x, linkage);
    VectorD heights(std::ssize(tree.merges));
    for (Eigen::Index i = 0; i < heights.size(); ++i) heights[i] = tree.merges[static_cast<std::size_t>(i)].height;
    golden.expect("heights", heights.sum(), 1e-12);
    golden.expect("last_heights", heights.tail(10), 1e-12);
    for (const int clusters : {2, 3, 5})
      golden.expect("cut" + std::to_string(clusters) + "_", checksum(tree.cut(clusters)), 0);
    golden.expect("cut_at_height", checksum(tree.cut_at((heights.tail(8)[0] + heights.tail(8)[1]) / 2)), 0);
  }
}

TEST(GoldenDbscan, LabelsAndCores) {
  for (const auto& [least, radius] : std::map<int, double>{{5, 0.4}, {8, 0.6}, {12, 1.0}}) {
    Golden golden(kGolden, "dbscan" + std::to_string(least));
    const DbscanFit fit = dbscan(penguins().x, {.radius = radius, .min_rows = least});
    golden.expect("labels", checksum(fit.labels), 0);
    golden.expect("clusters", fit.clusters, 0);
    golden.expect("cores", checksum(std::vector<int>(fit.core.begin(), fit.core.end())), 0);
  }
}

}  // namespace
}  // namespace handbuilt::clustering
