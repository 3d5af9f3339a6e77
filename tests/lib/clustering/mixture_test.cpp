#include "clustering/mixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "clustering/mixture_fit.hpp"
#include "clustering/mixture_parts.hpp"
#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::clustering {
namespace {

using Eigen::Index;
using test::message_of;
using ::testing::HasSubstr;

constexpr CovarianceForm kForms[] = {CovarianceForm::kFull, CovarianceForm::kDiagonal, CovarianceForm::kSpherical};

/// Components around random points, each with a covariance of its own.
GaussianMixture made_mixture(int components, Index columns, CovarianceForm form, double spread, Random& random) {
  GaussianMixture made{form, VectorD(components), MatrixD(components, columns), {}, {}};
  for (double& weight : made.weights) weight = random.uniform(0.5, 1);
  made.weights /= made.weights.sum();
  for (double& value : made.means.reshaped()) value = spread * random.normal();
  for (int c = 0; c < components; ++c) {
    MatrixD covariance = MatrixD::Identity(columns, columns);
    if (form == CovarianceForm::kFull) {
      MatrixD root(columns, columns);
      for (double& value : root.reshaped()) value = random.normal();
      covariance = root * root.transpose() / static_cast<double>(columns) + 0.2 * covariance;
    } else if (form == CovarianceForm::kDiagonal) {
      for (Index j = 0; j < columns; ++j) covariance(j, j) = random.uniform(0.2, 2);
    } else {
      covariance *= random.uniform(0.2, 2);
    }
    made.covariances.push_back(covariance);
  }
  return made;
}

struct Outcome {
  VectorD density;
  MatrixD shares;
  detail::MixtureSums sums;
  double log_likelihood;
};

template <class Pass>
Outcome outcome(Pass pass, const MatrixD& x, const GaussianMixture& mixture, const double* weights) {
  const detail::Whitening whitening("test", mixture);
  Outcome all{VectorD(x.rows()), MatrixD(x.rows(), mixture.components()), {}, 0};
  const handbuilt::detail::Rows rows{x.data(), x.cols(), static_cast<int>(x.rows()), static_cast<int>(x.cols())};
  all.log_likelihood = pass(rows, weights, whitening.view(), all.density.data(), all.shares.data(), &all.sums);
  return all;
}

void expect_near(const std::vector<double>& a, const std::vector<double>& b, double relative, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  double largest = 1;
  for (const double value : b) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], relative * largest) << what << ' ' << i;
}

TEST(MixtureKernel, AgreesWithPlainLoopsAroundItsBlocksAndTiles) {
  Random random(1);
  for (const CovarianceForm form : kForms)
    for (const Index columns : {1, 2, 3, 4, 5, 8, 13, 16, 17})
      for (const int rows : {1, 7, 31, 32, 127, 128, 129, 300})
        for (const double spread : {0.5, 20.0}) {  // all rows in all components; each in one
          const int components = 1 + random.below(5);
          const GaussianMixture mixture = made_mixture(components, columns, form, spread, random);
          const MatrixD x = sample(mixture, rows, random).x;
          VectorD weights(rows);
          for (double& weight : weights) weight = random.chance(0.2) ? 0 : random.uniform(0, 3);
          const double* given = random.chance(0.5) ? weights.data() : nullptr;
          const Outcome fast = outcome(detail::mixture_pass, x, mixture, given);
          const Outcome plain = outcome(detail::mixture_pass_plain, x, mixture, given);
          const std::string what = std::to_string(rows) + " x " + std::to_string(columns);
          ASSERT_NEAR(fast.log_likelihood, plain.log_likelihood, 1e-11 * (1 + std::abs(plain.log_likelihood))) << what;
          ASSERT_LT((fast.density - plain.density).cwiseAbs().maxCoeff(), 1e-9) << what;
          ASSERT_LT((fast.shares - plain.shares).cwiseAbs().maxCoeff(), 1e-11) << what;
          expect_near(fast.sums.total, plain.sums.total, 1e-12, what);
          expect_near(fast.sums.first, plain.sums.first, 1e-12, what);
          expect_near(fast.sums.second, plain.sums.second, 1e-12, what);
        }
}

TEST(Mixture, DensityIsTheTextbooks) {
  // Two components on a line, and one in the plane with a known inverse.
  const GaussianMixture line{
      CovarianceForm::kFull, VectorD{{0.25, 0.75}}, MatrixD{{0.0}, {3.0}}, {MatrixD{{1.0}}, MatrixD{{4.0}}}};
  const auto normal = [](double x, double mean, double deviation) {
    return std::exp(-(x - mean) * (x - mean) / (2 * deviation * deviation)) /
           (deviation * std::sqrt(2 * std::numbers::pi));
  };
  for (const double x : {-2.0, 0.0, 1.7, 10.0}) {
    const double density = 0.25 * normal(x, 0, 1) + 0.75 * normal(x, 3, 2);
    EXPECT_NEAR(log_densities(line, MatrixD{{x}})[0], std::log(density), 1e-13);
    EXPECT_NEAR(responsibilities(line, MatrixD{{x}})(0, 0), 0.25 * normal(x, 0, 1) / density, 1e-14);
  }
  const GaussianMixture plane{
      CovarianceForm::kFull, VectorD{{1.0}}, MatrixD{{1.0, 2.0}}, {MatrixD{{2.0, 1.0}, {1.0, 2.0}}}};
  // (1, 0) from the mean: 2/3 by the inverse; the determinant is 3.
  EXPECT_NEAR(log_densities(plane, MatrixD{{2.0, 2.0}})[0], -1.0 / 3 - std::log(2 * std::numbers::pi * std::sqrt(3.0)),
              1e-14);
}

TEST(Mixture, SharesSumToOneHoweverFarARowIs) {
  Random random(2);
  for (const CovarianceForm form : kForms) {
    const GaussianMixture mixture = made_mixture(3, 4, form, 1, random);
    for (const double far : {1.0, 1e3, 1e150, 1e300}) {
      const MatrixD x = far * MatrixD::Ones(5, 4);
      const MatrixD shares = responsibilities(mixture, x);
      EXPECT_TRUE(shares.allFinite()) << far;
      EXPECT_LT((shares.rowwise().sum().array() - 1).abs().maxCoeff(), 1e-12) << far;
      EXPECT_TRUE(log_densities(mixture, x).allFinite()) << far;
    }
  }
}

TEST(Mixture, SampleHasTheMixturesMoments) {
  Random random(3);
  for (const CovarianceForm form : kForms) {
    const GaussianMixture mixture = made_mixture(3, 3, form, 3, random);
    const int rows = 40'000;
    const MixtureSample drawn = sample(mixture, rows, random);
    const GaussianMixture found = mixture_of_labels(drawn.x, drawn.components, 3, form, {});
    // Four to five standard errors of a mean, a share and a variance.
    EXPECT_LT((found.means - mixture.means).cwiseAbs().maxCoeff(), 0.08);
    EXPECT_LT((found.weights - mixture.weights).cwiseAbs().maxCoeff(), 0.012);
    for (std::size_t c = 0; c < 3; ++c)
      EXPECT_LT((found.covariances[c] - mixture.covariances[c]).cwiseAbs().maxCoeff(), 0.3);
  }
}

TEST(Mixture, CountsParameters) {
  Random random(4);
  EXPECT_EQ(made_mixture(3, 4, CovarianceForm::kFull, 1, random).parameters(), 3 * (4 + 10) + 2);
  EXPECT_EQ(made_mixture(3, 4, CovarianceForm::kDiagonal, 1, random).parameters(), 3 * (4 + 4) + 2);
  EXPECT_EQ(made_mixture(3, 4, CovarianceForm::kSpherical, 1, random).parameters(), 3 * (4 + 1) + 2);
}

TEST(Mixture, RefusesWhatIsNoMixture) {
  Random random(5);
  const GaussianMixture good = made_mixture(2, 3, CovarianceForm::kFull, 1, random);
  const MatrixD x = MatrixD::Zero(2, 3);
  const auto says = [&](auto&& spoil, const char* what) {
    GaussianMixture bad = good;
    spoil(bad);
    EXPECT_THAT(message_of<Error>([&] { static_cast<void>(log_densities(bad, x)); }), HasSubstr(what));
  };
  says([](auto& m) { m.weights[0] += 0.1; }, "weights of at least 0 that sum to 1");
  says([](auto& m) { m.weights << 1.5, -0.5; }, "weights of at least 0 that sum to 1");
  says([](auto& m) { m.weights.conservativeResize(1); }, "got 1 weights, 2 covariances");
  says([](auto& m) { m.covariances.pop_back(); }, "2 weights, 1 covariances");
  says([](auto& m) { m.covariances[1] = MatrixD::Identity(2, 2); }, "expected covariances [3, 3], got [2, 2]");
  says([](auto& m) { m.covariances[1](0, 1) += 1; },
       "symmetric and of the mixture's form, got another for component 1");
  says([](auto& m) { m.form = CovarianceForm::kDiagonal; }, "got another for component 0");
  says([](auto& m) { m.covariances[1].setOnes(); }, "component 1 collapsed");
  says([](auto& m) { m.means(0, 0) = std::nan(""); }, "means that are finite");
  says([](auto& m) { m.floor = VectorD::Ones(2); }, "2 floors");
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(assign(good, MatrixD::Zero(2, 4))); }), HasSubstr("[2, 4]"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(assign(good, MatrixD::Constant(2, 3, INFINITY))); }),
              HasSubstr("expected finite numbers"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(sample(good, -1, random)); }),
              HasSubstr("of at least 0, got -1"));
}

/// A step may lose what rounding takes: a few units in the last place of sums of this size.
void expect_never_falls(const std::vector<double>& log_likelihoods, double rows, const std::string& what) {
  for (std::size_t i = 1; i < log_likelihoods.size(); ++i)
    ASSERT_GE(log_likelihoods[i], log_likelihoods[i - 1] - 1e-11 * (rows + std::abs(log_likelihoods[i - 1])))
        << what << ", step " << i;
}

TEST(MixtureFit, LogLikelihoodNeverFalls) {
  Random random(6);
  for (int trial = 0; trial < 60; ++trial) {
    const CovarianceForm form = kForms[trial % 3];
    const int rows = 20 + random.below(200);
    const Index columns = 1 + random.below(6);
    // Far from the truth on purpose: other components, other form, rows on a grid with many duplicates, weights.
    MatrixD x = sample(made_mixture(1 + random.below(4), columns, CovarianceForm::kFull, 2, random), rows, random).x;
    if (trial % 4 == 1) x = x.array().round();
    if (trial % 4 == 2) x.col(0).array() = 7;
    if (trial % 4 == 3) x = 1e-3 * x.array() + 1e3;
    MixtureOptions options{.components = 1 + random.below(8), .form = form, .max_iterations = 60, .tolerance = 0};
    options.start = trial % 2 == 0 ? MixtureStart::kKMeans : MixtureStart::kRandomRows;
    // From a floor that binds nearly everywhere to one that hardly does.
    options.covariance_floor = std::pow(10.0, -random.uniform(0, 7));
    if (trial % 5 == 0) {
      options.row_weights.resize(rows);
      for (double& weight : options.row_weights) weight = random.uniform(0, 4);
    }
    const MixtureFit fit = fit_mixture(x, options, random);
    EXPECT_EQ(fit.log_likelihoods.size(), static_cast<std::size_t>(fit.iterations) + 1);
    expect_never_falls(fit.log_likelihoods, rows, "trial " + std::to_string(trial));
  }
}

TEST(MixtureFit, AddingToTheDiagonalInsteadOfLiftingWouldLose) {
  // What the floor's form is for: of two rules that keep covariances from collapsing, only one keeps the promise.
  Random random(7);
  const MatrixD x = sample(made_mixture(3, 3, CovarianceForm::kFull, 4, random), 200, random).x;
  const VectorD floor = covariance_floor(x, 0.3);
  const auto worst_step = [&](bool add) {
    GaussianMixture mixture = fit_mixture(x, {.components = 3, .max_iterations = 0}, random).mixture;
    mixture.floor = add ? VectorD() : floor;
    double worst = 0, before = -std::numeric_limits<double>::infinity();
    for (int step = 0; step < 30; ++step) {
      MixtureStep next = em_step(x, mixture);
      if (step > 1) worst = std::min(worst, next.log_likelihood - before);
      before = next.log_likelihood;
      if (add)
        for (MatrixD& covariance : next.mixture.covariances) covariance.diagonal() += floor;
      mixture = std::move(next.mixture);
    }
    return worst;
  };
  EXPECT_GT(worst_step(false), -1e-9);
  EXPECT_LT(worst_step(true), -1e-6);
}

TEST(MixtureFit, LiftedCovarianceIsTheLikeliestThatTheFloorAllows) {
  // The likelihood of rows with covariance s under a covariance c: -(log|c| + tr(s / c)). No small change that respects
  // the floor may better it.
  Random random(8);
  for (int trial = 0; trial < 20; ++trial) {
    const MatrixD root = sample(made_mixture(1, 4, CovarianceForm::kFull, 1, random), 6, random).x;
    const MatrixD s = root.transpose() * root / 6;
    const VectorD floor = VectorD::Constant(4, 0.3) + random.uniform() * VectorD::Unit(4, 1);
    const auto score = [&](const MatrixD& c) { return -std::log(c.determinant()) - (s * c.inverse()).trace(); };
    MatrixD lifted = s;
    ASSERT_TRUE(detail::lift_to_floor(lifted, CovarianceForm::kFull, floor));
    const MatrixD above = lifted - MatrixD(floor.asDiagonal());
    ASSERT_TRUE(detail::cholesky_factor(above + 1e-12 * MatrixD::Identity(4, 4)));
    for (int change = 0; change < 200; ++change) {
      MatrixD other = lifted;
      for (Index i = 0; i < 4; ++i)
        for (Index j = 0; j <= i; ++j) other(i, j) = other(j, i) = other(i, j) + 0.02 * random.normal();
      if (!detail::cholesky_factor(other - MatrixD(floor.asDiagonal()))) continue;
      ASSERT_LE(score(other), score(lifted) + 1e-12);
    }
  }
}

TEST(MixtureFit, OneComponentIsMeanAndCovariance) {
  Random random(9);
  const MatrixD x = sample(made_mixture(3, 5, CovarianceForm::kFull, 2, random), 500, random).x;
  const VectorD mean = x.colwise().mean();
  const MatrixD centred = x.rowwise() - mean.transpose();
  const MatrixD covariance = centred.transpose() * centred / 500;
  const MixtureFit fit = fit_mixture(x, {.components = 1}, random);
  EXPECT_LT((fit.mixture.means.row(0).transpose() - mean).norm(), 1e-12);
  EXPECT_LT((fit.mixture.covariances[0] - covariance).norm(), 1e-12);
  EXPECT_TRUE(fit.converged);
}

TEST(MixtureFit, OneStepMatchesTheFormulasWrittenOut) {
  Random random(10);
  const GaussianMixture mixture = made_mixture(3, 2, CovarianceForm::kFull, 1, random);
  const MatrixD x = sample(mixture, 50, random).x;
  const MixtureStep step = em_step(x, mixture);
  MatrixD density(50, 3);
  for (Index i = 0; i < 50; ++i)
    for (int c = 0; c < 3; ++c) {
      const MatrixD& s = mixture.covariances[static_cast<std::size_t>(c)];
      const VectorD y = (x.row(i) - mixture.means.row(c)).transpose();
      density(i, c) = mixture.weights[c] * std::exp(-0.5 * y.dot(s.inverse() * y)) /
                      (2 * std::numbers::pi * std::sqrt(s.determinant()));
    }
  EXPECT_NEAR(step.log_likelihood, density.rowwise().sum().array().log().sum(), 1e-11);
  const MatrixD shares = density.array().colwise() / density.rowwise().sum().array();
  for (int c = 0; c < 3; ++c) {
    const double total = shares.col(c).sum();
    const VectorD mean = x.transpose() * shares.col(c) / total;
    const MatrixD y = x.rowwise() - mean.transpose();
    EXPECT_NEAR(step.mixture.weights[c], total / 50, 1e-13);
    EXPECT_LT((step.mixture.means.row(c).transpose() - mean).norm(), 1e-12);
    EXPECT_LT(
        (step.mixture.covariances[static_cast<std::size_t>(c)] - y.transpose() * shares.col(c).asDiagonal() * y / total)
            .norm(),
        1e-12);
  }
}

TEST(MixtureFit, WeightTwoIsTwoRowsAndWeightZeroIsNone) {
  Random random(11);
  const MatrixD x = sample(made_mixture(2, 3, CovarianceForm::kFull, 2, random), 60, random).x;
  VectorD weights = VectorD::Ones(60);
  weights.tail(20).setConstant(2);
  weights.head(10).setZero();
  MatrixD twice(70, 3);
  twice << x.bottomRows(50), x.bottomRows(20);
  const GaussianMixture start = made_mixture(2, 3, CovarianceForm::kFull, 2, random);
  MixtureOptions options{.max_iterations = 10, .tolerance = 0};
  const MixtureFit copied = fit_mixture(twice, start, options);
  options.row_weights = weights;
  const MixtureFit weighted = fit_mixture(x, start, options);
  EXPECT_NEAR(weighted.log_likelihood(), copied.log_likelihood(), 1e-9);
  EXPECT_NEAR(weighted.bic, copied.bic, 1e-8);
  EXPECT_LT((weighted.mixture.means - copied.mixture.means).norm(), 1e-10);
}

TEST(MixtureFit, UnitsDoNotMatter) {
  Random random(12);
  const MatrixD x = sample(made_mixture(3, 3, CovarianceForm::kFull, 3, random), 300, random).x;
  const VectorD unit{{1e-3, 1, 1e4}};
  const MatrixD scaled = x * unit.asDiagonal();
  for (const double floor : {1e-6, 0.2}) {
    const MixtureOptions options{
        .components = 3, .start = MixtureStart::kRandomRows, .max_iterations = 20, .covariance_floor = floor};
    Random one(1), other(1);
    const MixtureFit fit = fit_mixture(x, options, one), of_scaled = fit_mixture(scaled, options, other);
    EXPECT_NEAR(of_scaled.log_likelihood() + 300 * unit.array().log().sum(), fit.log_likelihood(), 1e-7);
    EXPECT_LT((of_scaled.mixture.means * unit.cwiseInverse().asDiagonal() - fit.mixture.means).norm(), 1e-6);
  }
}

TEST(MixtureFit, SameThreadsGiveTheSameBitsAndOtherThreadsTheSameFit) {
  Random random(13);
  const MatrixD x = sample(made_mixture(3, 4, CovarianceForm::kFull, 2, random), 1000, random).x;
  const auto fit = [&](int threads) {
    Random same(1);
    return fit_mixture(x, {.components = 3, .max_iterations = 8, .threads = threads}, same);
  };
  const MixtureFit one = fit(1), two = fit(2), again = fit(2);
  EXPECT_EQ(two.log_likelihoods, again.log_likelihoods);
  EXPECT_EQ(two.mixture.means, again.mixture.means);
  EXPECT_NEAR(one.log_likelihood(), two.log_likelihood(), 1e-9);
}

TEST(MixtureFit, BicFindsThePlantedNumber) {
  Random random(14);
  int found = 0;
  for (int trial = 0; trial < 10; ++trial) {
    GaussianMixture planted = made_mixture(3, 2, CovarianceForm::kFull, 1, random);
    planted.means << 0, 0, 8, 0, 0, 8;
    const MatrixD x = sample(planted, 300, random).x;
    int best = 0;
    double lowest = std::numeric_limits<double>::infinity();
    for (int k = 1; k <= 5; ++k)
      if (const MixtureFit fit = fit_mixture(x, {.components = k, .starts = 3}, random); fit.bic < lowest) {
        lowest = fit.bic;
        best = k;
      }
    found += best == 3 ? 1 : 0;
  }
  EXPECT_GE(found, 9);
}

TEST(MixtureFit, CollapseOntoAPointEndsOnTheFloor) {
  // Forty rows on one point beside a cloud: the likelihood would grow without end.
  Random random(15);
  MatrixD x = sample(made_mixture(1, 2, CovarianceForm::kFull, 0, random), 100, random).x;
  x.topRows(40).rowwise() = Eigen::RowVector2d(10, 10);
  for (const CovarianceForm form : kForms) {
    const MixtureFit fit =
        fit_mixture(x, {.components = 2, .form = form, .start = MixtureStart::kRandomRows, .starts = 4}, random);
    ASSERT_EQ(fit.on_floor.size(), 1U);
    const int point = fit.on_floor[0];
    EXPECT_LT((fit.mixture.means.row(point) - Eigen::RowVector2d(10, 10)).norm(), 1e-9);
    EXPECT_NEAR(fit.mixture.weights[point], 0.4, 1e-9);
    const VectorD variances = fit.mixture.covariances[static_cast<std::size_t>(point)].diagonal();
    if (form != CovarianceForm::kSpherical) {
      EXPECT_LT((variances - fit.mixture.floor).norm(), 1e-9 * fit.mixture.floor.norm());
    }
    expect_never_falls(fit.log_likelihoods, 100, "collapse");
    EXPECT_THAT(message_of<Error>([&] {
                  Random again(1);
                  static_cast<void>(fit_mixture(x,
                                                {.components = 2,
                                                 .form = form,
                                                 .start = MixtureStart::kRandomRows,
                                                 .starts = 4,
                                                 .tolerance = 0,
                                                 .covariance_floor = 0},
                                                again));
                }),
                HasSubstr("collapsed onto a point or a plane (set covariance_floor above 0)"));
  }
}

TEST(MixtureFit, OnePointDuplicatesAndConstantColumnsHaveAnAnswer) {
  Random random(16);
  for (const CovarianceForm form : kForms)
    for (const MixtureStart start : {MixtureStart::kKMeans, MixtureStart::kRandomRows}) {
      const MixtureFit point =
          fit_mixture(MatrixD{{3.0, -1.0}}, {.components = 1, .form = form, .start = start}, random);
      EXPECT_EQ(point.mixture.means, (MatrixD{{3.0, -1.0}}));
      EXPECT_NEAR(point.mixture.covariances[0](0, 0), 1e-6, 1e-12);
      EXPECT_EQ(point.on_floor.size(), 1U);

      const MatrixD same = MatrixD::Constant(6, 2, 0.1);
      const MixtureFit duplicates = fit_mixture(same, {.components = 3, .form = form, .start = start}, random);
      EXPECT_LT((duplicates.mixture.means.array() - 0.1).abs().maxCoeff(), 1e-12);
      EXPECT_NEAR(duplicates.mixture.weights.sum(), 1, 1e-12);
      EXPECT_TRUE(std::isfinite(duplicates.log_likelihood()));

      MatrixD constant = sample(made_mixture(2, 3, CovarianceForm::kFull, 4, random), 80, random).x;
      constant.col(1).setConstant(0.1);
      const MixtureFit fit = fit_mixture(constant, {.components = 2, .form = form, .start = start}, random);
      EXPECT_LT((fit.mixture.means.col(1).array() - 0.1).abs().maxCoeff(), 1e-9);
      EXPECT_TRUE(std::isfinite(fit.log_likelihood()));
      expect_never_falls(fit.log_likelihoods, 80, "constant column");
    }
}

TEST(MixtureFit, AComponentWithoutRowsKeepsItsPlace) {
  Random random(17);
  GaussianMixture start = made_mixture(2, 2, CovarianceForm::kFull, 1, random);
  const MatrixD x = sample(start, 50, random).x;
  start.means.row(1).setConstant(1e6);
  const MixtureFit fit = fit_mixture(x, start, {.max_iterations = 5, .tolerance = 0});
  EXPECT_EQ(fit.mixture.weights[1], 0);
  EXPECT_EQ(fit.mixture.means(1, 0), 1e6);
  EXPECT_TRUE(std::isfinite(fit.log_likelihood()));
  expect_never_falls(fit.log_likelihoods, 50, "empty component");
}

TEST(MixtureFit, RefusesBadInput) {
  Random random(18);
  const auto says = [&](const MatrixD& x, const MixtureOptions& options, const char* what) {
    EXPECT_THAT(message_of<Error>([&] { static_cast<void>(fit_mixture(x, options, random)); }), HasSubstr(what));
  };
  const MatrixD x = MatrixD::Random(5, 2);
  says(x, {.components = 6}, "expected 1 to 5 clusters for 5 rows, got 6");
  says(x, {.components = 0}, "got 0");
  says(MatrixD(0, 2), {}, "at least one row");
  MatrixD spoiled = x;
  spoiled(3, 1) = std::nan("");
  says(spoiled, {}, "row 3");
  spoiled(3, 1) = 1e200;
  says(spoiled, {}, "squares are finite");
  says(x, {.row_weights = VectorD::Ones(4)}, "a weight for each of 5 rows, got 4");
  says(x, {.row_weights = -VectorD::Ones(5)}, "weights of at least 0");
  says(x, {.row_weights = VectorD::Zero(5)}, "weight above 0");
  says(x, {.starts = 0}, "starts of at least 1, got 0");
  says(x, {.max_iterations = -1}, "max_iterations");
  says(x, {.tolerance = -1}, "tolerance");
  says(x, {.covariance_floor = -1}, "covariance_floor");
  EXPECT_THAT(message_of<Error>([&] {
                static_cast<void>(mixture_of_labels(x, {0, 0, 0, 0, 2}, 3, CovarianceForm::kFull, {}));
              }),
              HasSubstr("rows with weight for each of 3 components, got none for 1"));
  EXPECT_THAT(message_of<Error>([&] {
                static_cast<void>(mixture_of_labels(x, {0, 0, 0, 0, 2}, 2, CovarianceForm::kFull, {}));
              }),
              HasSubstr("labels below 2, got 2"));
}

}  // namespace
}  // namespace handbuilt::clustering
