// The figures of golden/make_k_means.py, which scikit-learn computed from the same starts, from ours.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "clustering/adjusted_rand.hpp"
#include "clustering/k_means.hpp"
#include "clustering/silhouette.hpp"
#include "data/digits.hpp"
#include "penguins.hpp"
#include "support/golden.hpp"

namespace handbuilt::clustering {
namespace {

const std::filesystem::path kRoot = HANDBUILT_SOURCE_DIR;

using test::penguins;

class Golden : public test::Golden {
 public:
  explicit Golden(const std::string& name) : test::Golden(kRoot / "tests/lib/clustering/golden/k_means.csv", name) {}

  /// The optimum that both arrived at.
  template <class Scalar>
  void expect_fit(const KMeansFit<Scalar>& fit, double digits) {
    VectorD sizes = VectorD::Zero(fit.centroids.rows());
    for (const int label : fit.labels) ++sizes[label];
    const MatrixD shown =
        fit.centroids.leftCols(std::min<Eigen::Index>(fit.centroids.cols(), 4)).template cast<double>();
    expect("inertia", fit.inertia, digits);
    expect("sizes", sizes, 0);
    expect("centroid", shown.reshaped<Eigen::RowMajor>(), digits);
  }
};

VectorD every(int step, const std::vector<int>& labels) {
  VectorD some((std::ssize(labels) + step - 1) / step);
  for (Eigen::Index i = 0; i < some.size(); ++i) some[i] = labels[static_cast<std::size_t>(i * step)];
  return some;
}

class KMeansGolden : public ::testing::TestWithParam<KMeansMethod> {};
INSTANTIATE_TEST_SUITE_P(Methods, KMeansGolden, ::testing::Values(KMeansMethod::kLloyd, KMeansMethod::kHamerly));

TEST_P(KMeansGolden, PenguinsWithTheirScores) {
  const auto [x, species] = penguins();
  Golden golden("penguins");
  const auto fit = fit_k_means_from(x, x(std::vector{0, 150, 300}, Eigen::all), {.method = GetParam(), .tolerance = 0});
  golden.expect_fit(fit, 1e-12);
  golden.expect("iterations", fit.iterations, 0);
  golden.expect("label", every(20, fit.labels), 0);
  golden.expect("adjusted_rand", adjusted_rand(species, fit.labels), 1e-12);
  const VectorD widths = silhouettes(x, fit.labels);
  golden.expect("silhouette", widths(Eigen::seq(0, widths.size() - 1, 20)), 1e-9);
}

TEST_P(KMeansGolden, WeightsAndAnEarlyEnd) {
  const MatrixD x = penguins().x;
  VectorD weights(x.rows());
  for (Eigen::Index i = 0; i < x.rows(); ++i) weights[i] = 1 + static_cast<double>(i % 5);
  Golden weighted("penguins_weighted"), early("penguins_3_iterations");
  weighted.expect_fit(fit_k_means_from(x, x(std::vector{0, 100, 200, 300}, Eigen::all),
                                       {.method = GetParam(), .tolerance = 0, .weights = weights}),
                      1e-12);
  early.expect_fit(fit_k_means_from(x, x.topRows(6), {.method = GetParam(), .max_iterations = 3, .tolerance = 0}),
                   1e-12);
}

TEST_P(KMeansGolden, DigitsInEitherPrecision) {
  const Tensor pictures = data::load_mnist(kRoot / "datasets/mnist").train.images;
  const Matrix single = as_matrix(pictures).topRows(1000);
  const MatrixD x = (single.cast<double>() * 255).array().round() / 255;
  const KMeansOptions options{.method = GetParam(), .tolerance = 0};
  Golden golden("digits"), golden_of_single("digits");
  const auto fit = fit_k_means_from(x, x.topRows(10), options);
  golden.expect_fit(fit, 1e-12);
  golden.expect("label", every(50, fit.labels), 0);
  const auto fit_of_single = fit_k_means_from(single, single.topRows(10), options);
  golden_of_single.expect_fit(fit_of_single, 1e-6);
  golden_of_single.expect("label", every(50, fit_of_single.labels), 0);
}

TEST_P(KMeansGolden, AnEmptyClusterIsRepairedTheSameWay) {
  Golden golden("empty");
  const MatrixD x{{0.0}, {1.0}, {2.0}, {7.0}, {9.0}};
  const auto fit = fit_k_means_from(x, MatrixD{{1.0}, {100.0}}, {.method = GetParam(), .tolerance = 0});
  EXPECT_EQ(fit.repaired, 1);
  golden.expect_fit(fit, 1e-12);
}

}  // namespace
}  // namespace handbuilt::clustering
