#include "regression/logistic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "data/design.hpp"
#include "made_data.hpp"
#include "regression/softmax.hpp"
#include "support/message_of.hpp"

namespace handbuilt::regression {
namespace {

using test::largest_difference;
using test::made_data;
using test::made_labels;
using test::MadeData;
using test::message_of;
using ::testing::HasSubstr;

// Row counts around the kernel's blocks, column counts around its vectors.
TEST(LogisticSums, FastAgreeWithPlainAtAnyShapeAndThreadCount) {
  for (const bool intercept : {true, false})
    for (const Eigen::Index columns : {1, 3, 7, 8, 9, 17, 50})
      for (const Eigen::Index rows : {1, 3, 63, 64, 65, 130}) {
        const MadeData made = made_data(rows, columns, 1, static_cast<std::uint64_t>(rows * 100 + columns));
        const std::vector<int> labels = made_labels(made, 1);
        VectorD b = VectorD::Constant(columns + intercept, 0.3);
        const detail::LogisticSums plain = detail::logistic_sums_plain(made.x, labels, intercept, b, true);
        for (const int threads : {1, 3}) {
          const detail::LogisticSums fast = detail::logistic_sums(made.x, labels, intercept, b, true, threads);
          EXPECT_NEAR(fast.loss, plain.loss, 1e-12 * (1 + plain.loss)) << rows << " x " << columns;
          EXPECT_LT(largest_difference(fast.gradient, plain.gradient), 1e-11) << rows << " x " << columns;
          EXPECT_LT(largest_difference(fast.hessian.triangularView<Eigen::Upper>(),
                                       plain.hessian.triangularView<Eigen::Upper>()),
                    1e-11)
              << rows << " x " << columns;
        }
      }
}

TEST(LogisticSums, StayFiniteAndRightFarOut) {
  const MatrixD x{{1000.0}, {-1000.0}, {1000.0}, {40.0}};
  const std::vector<int> labels{1, 0, 0, 1};
  const VectorD b = VectorD::Ones(1);
  const detail::LogisticSums sums = detail::logistic_sums(x, labels, false, b, true, 1);
  EXPECT_NEAR(sums.loss, 1000, 1e-9);  // only the third row is wrong, and by that much
  EXPECT_NEAR(sums.gradient[0], 1000, 1e-9);
  EXPECT_TRUE(sums.hessian.allFinite());
}

TEST(LogisticSums, GradientAndCurvatureMatchFiniteDifferences) {
  const MadeData made = made_data(60, 4, 1, 2);
  const std::vector<int> labels = made_labels(made, 3);
  const VectorD b{{0.2, -0.4, 0.6, 0.1, -0.3}};
  const detail::LogisticSums here = detail::logistic_sums(made.x, labels, true, b, true, 1);
  constexpr double kStep = 1e-5;
  for (Eigen::Index j = 0; j < 5; ++j) {
    VectorD up = b, down = b;
    up[j] += kStep;
    down[j] -= kStep;
    const auto above = detail::logistic_sums(made.x, labels, true, up, false, 1);
    const auto below = detail::logistic_sums(made.x, labels, true, down, false, 1);
    EXPECT_NEAR((above.loss - below.loss) / (2 * kStep), here.gradient[j], 1e-7);
    const VectorD column = (above.gradient - below.gradient) / (2 * kStep);
    for (Eigen::Index i = 0; i <= j; ++i) EXPECT_NEAR(column[i], here.hessian(i, j), 1e-7);
  }
}

TEST(Logistic, AllSolversArriveAtTheSameMinimum) {
  const MadeData made = made_data(400, 5, 1, 4);
  const std::vector<int> labels = made_labels(made, 5);
  for (const double l2 : {0.0, 3.0}) {
    const LogisticFit newton = fit_logistic(made.x, labels, {.l2 = l2});
    const LogisticFit lbfgs = fit_logistic(made.x, labels, {.solver = ClassifierSolver::kLbfgs, .l2 = l2});
    EXPECT_TRUE(newton.converged && lbfgs.converged);
    EXPECT_LT(largest_difference(newton.coefficients, lbfgs.coefficients), 1e-7);
    EXPECT_NEAR(newton.intercept, lbfgs.intercept, 1e-7);
    const LogisticFit sgd =
        fit_logistic(made.x, labels, {.solver = ClassifierSolver::kSgd, .l2 = l2, .decay = 0.05, .epochs = 200});
    EXPECT_LT(largest_difference(newton.coefficients, sgd.coefficients), 0.15);
    EXPECT_GE(newton.log_likelihood - l2 / 2 * newton.coefficients.squaredNorm(),
              sgd.log_likelihood - l2 / 2 * sgd.coefficients.squaredNorm() - 1e-9);
  }
}

// With so many rows Newton's method starts from the fit of a sample.
TEST(Logistic, ManyRowsGiveTheMinimumWhateverTheOrderOfRows) {
  const MadeData made = made_data(8000, 3, 1, 20);
  std::vector<int> labels = made_labels(made, 21);
  for (const bool sample_misleads : {false, true}) {
    // Every fourth row says the opposite of the others.
    if (sample_misleads)
      for (std::size_t i = 0; i < labels.size(); i += 4) labels[i] = made.y[static_cast<Eigen::Index>(i)] < 0 ? 1 : 0;
    const LogisticFit fit = fit_logistic(made.x, labels);
    VectorD b(4);
    b << fit.intercept, fit.coefficients;
    const detail::LogisticSums sums = detail::logistic_sums_plain(made.x, labels, true, b, true);
    EXPECT_TRUE(fit.converged);
    EXPECT_LT(sums.gradient.lpNorm<Eigen::Infinity>(), 1e-4);
    EXPECT_NEAR(fit.log_likelihood, -sums.loss, 1e-8);
    const MatrixD hessian = sums.hessian.selfadjointView<Eigen::Upper>();
    EXPECT_LT(largest_difference(fit.covariance * hessian, MatrixD::Identity(4, 4)), 1e-5);
  }
}

TEST(Logistic, AnEveryFourthRowOfOneClassDoesNoHarm) {
  const MadeData made = made_data(8000, 3, 1, 22);
  std::vector<int> labels = made_labels(made, 23);
  for (std::size_t i = 0; i < labels.size(); i += 4) labels[i] = 1;
  const LogisticFit newton = fit_logistic(made.x, labels);
  const LogisticFit lbfgs =
      fit_logistic(made.x, labels, {.solver = ClassifierSolver::kLbfgs, .lbfgs_covariance = true});
  EXPECT_TRUE(newton.converged);
  EXPECT_LT(largest_difference(newton.coefficients, lbfgs.coefficients), 1e-6);
  EXPECT_LT(largest_difference(newton.standard_errors(), lbfgs.standard_errors()), 1e-6);
  EXPECT_EQ(fit_logistic(made.x, labels, {.solver = ClassifierSolver::kLbfgs}).covariance.size(), 0);
}

TEST(Logistic, TheGradientOfThePenalisedLossIsZeroAtTheFit) {
  const MadeData made = made_data(300, 4, 1, 6);
  const std::vector<int> labels = made_labels(made, 7);
  const LogisticFit fit = fit_logistic(made.x, labels, {.l2 = 2});
  VectorD errors = fit.probabilities(made.x);
  for (Eigen::Index i = 0; i < errors.size(); ++i) errors[i] -= labels[static_cast<std::size_t>(i)];
  EXPECT_NEAR(errors.sum(), 0, 1e-8);  // the intercept is not penalised: fits are calibrated in the large
  EXPECT_LT(largest_difference(made.x.transpose() * errors, -2 * fit.coefficients), 1e-7);
}

TEST(Logistic, KnowsTheBaseRateWithoutColumns) {
  const LogisticFit fit = fit_logistic(MatrixD(4, 0), {1, 0, 0, 0});
  EXPECT_NEAR(fit.intercept, std::log(1.0 / 3), 1e-9);
  EXPECT_NEAR(fit.log_likelihood, fit.null_log_likelihood, 1e-12);
  EXPECT_NEAR(fit.standard_errors()[0], std::sqrt(1 / (4 * 0.25 * 0.75)), 1e-6);
}

TEST(Logistic, FollowsUnitsOfColumns) {
  MadeData made = made_data(200, 3, 1, 8);
  const std::vector<int> labels = made_labels(made, 9);
  const LogisticFit before = fit_logistic(made.x, labels);
  made.x.col(1) *= 1e5;
  made.x.col(2).array() += 1e4;
  for (const ClassifierSolver solver : {ClassifierSolver::kNewton, ClassifierSolver::kLbfgs}) {
    const LogisticFit after = fit_logistic(made.x, labels, {.solver = solver});
    EXPECT_NEAR(after.coefficients[1] * 1e5, before.coefficients[1], 1e-6);
    EXPECT_NEAR(after.coefficients[2], before.coefficients[2], 1e-6);
    EXPECT_NEAR(after.log_likelihood, before.log_likelihood, 1e-7);
  }
}

TEST(Logistic, IntervalsHoldTheTruthAsOftenAsTheySay) {
  int held = 0;
  constexpr int kSamples = 200;
  for (int sample = 0; sample < kSamples; ++sample) {
    const MadeData made = made_data(200, 2, 1, static_cast<std::uint64_t>(500 + sample));
    const LogisticFit fit = fit_logistic(made.x, made_labels(made, static_cast<std::uint64_t>(sample)));
    const Interval interval = fit.coefficient_intervals()[1];
    held += interval.low <= made.b[0] && made.b[0] <= interval.high;
  }
  EXPECT_NEAR(held, 0.95 * kSamples, 4 * std::sqrt(0.95 * 0.05 * kSamples));
}

TEST(Logistic, RefusesClassesThatAPlaneSeparatesUnlessPenalised) {
  MadeData made = made_data(100, 2, 1, 10);
  std::vector<int> labels;
  for (Eigen::Index i = 0; i < 100; ++i) labels.push_back(made.x(i, 0) + made.x(i, 1) > 0.3 ? 1 : 0);
  for (const ClassifierSolver solver : {ClassifierSolver::kNewton, ClassifierSolver::kLbfgs})
    EXPECT_THAT(message_of<ValueError>([&] { (void)fit_logistic(made.x, labels, {.solver = solver}); }),
                HasSubstr("a plane separates"));
  EXPECT_TRUE(fit_logistic(made.x, labels, {.l2 = 0.1}).converged);
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_softmax(made.x, labels); }), HasSubstr("planes separate"));
}

TEST(Logistic, NamesWhatIsWrongWithItsInput) {
  MadeData made = made_data(50, 3, 1, 11);
  std::vector<int> labels = made_labels(made, 12);
  EXPECT_THAT(message_of<ShapeError>([&] { (void)fit_logistic(made.x, {1, 0}); }), HasSubstr("[50, 3], got [2]"));
  std::vector<int> three = labels;
  three[7] = 2;
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_logistic(made.x, three); }),
              HasSubstr("row 7: expected the label 0 or 1, got 2"));
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_logistic(made.x, std::vector<int>(50, 1)); }),
              HasSubstr("expected rows of both classes"));
  made.x.col(2) = made.x.col(0) - made.x.col(1);
  EXPECT_THAT(message_of<ValueError>([&] {
                (void)fit_logistic(made.x, labels, {.names = {"a", "b", "c"}});
              }),
              HasSubstr("column \"c\""));
  made.x(9, 1) = std::nan("");
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_logistic(made.x, labels); }), HasSubstr("row 9"));
}

TEST(Logistic, SummaryNamesWhatItShows) {
  const MadeData made = made_data(80, 2, 1, 13);
  const std::string summary = fit_logistic(made.x, made_labels(made, 14), {.names = {"rain", "wind"}}).summary();
  for (const char* part : {"80 rows", "rain", "wind", "std. error", "pseudo-R^2", "converged after"})
    EXPECT_THAT(summary, HasSubstr(part));
}

TEST(Softmax, OfTwoClassesIsLogisticRegressionWithHalfThePenalty) {
  const MadeData made = made_data(300, 4, 1, 15);
  const std::vector<int> labels = made_labels(made, 16);
  // The two classes' coefficients are +-w / 2: together they cost half of what w does.
  const SoftmaxFit softmax = fit_softmax(made.x, labels, {.l2 = 2});
  const LogisticFit logistic = fit_logistic(made.x, labels, {.l2 = 1});
  const VectorD difference = (softmax.coefficients.row(1) - softmax.coefficients.row(0)).transpose();
  EXPECT_LT(largest_difference(difference, logistic.coefficients), 1e-5);
  EXPECT_LT(largest_difference(softmax.probabilities(made.x).col(1), logistic.probabilities(made.x)), 1e-6);
  EXPECT_NEAR(softmax.log_likelihood, logistic.log_likelihood, 1e-5);
}

TEST(Softmax, TheGradientIsZeroAtTheFitAndCoefficientsAddUpToZero) {
  const MadeData made = made_data(300, 4, 1, 17);
  Random random(18);
  std::vector<int> labels;
  for (Eigen::Index i = 0; i < 300; ++i)
    labels.push_back(random.chance(sigmoid(2 * made.x(i, 0))) ? 2 : random.chance(sigmoid(made.x(i, 1))) ? 1 : 0);
  const SoftmaxFit fit = fit_softmax(made.x, labels, {.l2 = 1, .tolerance = 1e-10});
  EXPECT_TRUE(fit.converged);
  MatrixD errors = fit.probabilities(made.x);
  EXPECT_LT((errors.rowwise().sum().array() - 1).abs().maxCoeff(), 1e-14);
  for (Eigen::Index i = 0; i < 300; ++i) errors(i, labels[static_cast<std::size_t>(i)]) -= 1;
  EXPECT_LT(largest_difference(errors.transpose() * made.x, -fit.coefficients), 1e-6);
  EXPECT_LT(errors.colwise().sum().cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LT(fit.coefficients.colwise().sum().cwiseAbs().maxCoeff(), 1e-7);

  const SoftmaxFit sgd =
      fit_softmax(made.x, labels, {.solver = ClassifierSolver::kSgd, .l2 = 1, .decay = 0.05, .epochs = 200});
  EXPECT_NEAR(sgd.log_likelihood, fit.log_likelihood, 0.5);
}

TEST(Softmax, RefusesLabelsThatAreNone) {
  const MadeData made = made_data(5, 1, 1, 19);
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_softmax(made.x, {0, 1, -1, 0, 1}); }), HasSubstr("row 2"));
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit_softmax(made.x, {0, 1, 1 << 30, 0, 1}); }), HasSubstr("row 2"));
}

}  // namespace
}  // namespace handbuilt::regression
