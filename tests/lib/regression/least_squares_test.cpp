#include "regression/least_squares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "data/design.hpp"
#include "data/standardizer.hpp"
#include "made_data.hpp"
#include "regression/normal_equations.hpp"
#include "regression/tall_skinny_qr.hpp"
#include "support/message_of.hpp"

namespace handbuilt::regression {
namespace {

using test::largest_difference;
using test::made_data;
using test::MadeData;
using test::message_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

class LeastSquares : public ::testing::TestWithParam<Solver> {
 protected:
  [[nodiscard]] static LinearFit fit(const MatrixD& x, const VectorD& y, LeastSquaresOptions options = {}) {
    options.solver = GetParam();
    return fit_least_squares(x, y, options);
  }
};

INSTANTIATE_TEST_SUITE_P(Solvers, LeastSquares, ::testing::Values(Solver::kQr, Solver::kNormalEquations),
                         [](const auto& info) {
                           return info.param == Solver::kQr ? std::string("Qr") : std::string("NormalEquations");
                         });

// Row counts around the blocks' sizes, column counts around the vectors' and tiles'.
TEST_P(LeastSquares, ResidualsAreOrthogonalToEveryColumnAtAnyShape) {
  for (const bool intercept : {true, false})
    for (const Eigen::Index columns : {1, 2, 7, 8, 23, 24, 25, 49, 97})
      for (const Eigen::Index rows : {columns + 2, Eigen::Index{128}, Eigen::Index{513}, Eigen::Index{1300}}) {
        if (rows < columns + 2) continue;
        const MadeData made = made_data(rows, columns, 1, static_cast<std::uint64_t>(rows * 100 + columns));
        const LinearFit result = fit(made.x, made.y, {.intercept = intercept});
        const VectorD residuals = made.y - result.predict(made.x);
        EXPECT_LT((made.x.transpose() * residuals).cwiseAbs().maxCoeff(), 1e-8) << rows << " x " << columns;
        if (intercept) {
          EXPECT_LT(std::abs(residuals.sum()), 1e-9) << rows << " x " << columns;
        }
        EXPECT_NEAR(result.residual_squares, residuals.squaredNorm(), 1e-8 * made.y.squaredNorm());
      }
}

TEST_P(LeastSquares, GivesTheSameBitsForTheSameThreadsAndTheSameFitForAny) {
  const MadeData made = made_data(5000, 30, 1, 1);
  const LinearFit one = fit(made.x, made.y, {.threads = 1});
  for (const int threads : {2, 3, 7}) {
    const LinearFit several = fit(made.x, made.y, {.threads = threads});
    EXPECT_EQ(several.coefficients, fit(made.x, made.y, {.threads = threads}).coefficients);
    EXPECT_LT(largest_difference(several.coefficients, one.coefficients), 1e-13) << threads;
    EXPECT_NEAR(several.residual_squares, one.residual_squares, 1e-9);
  }
}

TEST_P(LeastSquares, DoesNotMindTheOrderOfRowsAndColumns) {
  const MadeData made = made_data(200, 6, 1, 2);
  const LinearFit before = fit(made.x, made.y);
  Random random(3);
  const std::vector<int> rows = random.permutation(200), columns = random.permutation(6);
  const LinearFit after = fit(data::take_columns(data::take(made.x, rows), columns), data::take(made.y, rows));
  for (Eigen::Index j = 0; j < 6; ++j)
    EXPECT_NEAR(after.coefficients[j], before.coefficients[columns[static_cast<std::size_t>(j)]], 1e-12);
  EXPECT_NEAR(after.intercept, before.intercept, 1e-12);
  EXPECT_NEAR(after.residual_squares, before.residual_squares, 1e-10);
}

TEST_P(LeastSquares, FollowsUnitsOfColumnsAndOfY) {
  const MadeData made = made_data(100, 3, 1, 4);
  const LinearFit before = fit(made.x, made.y);
  MatrixD x = made.x;
  x.col(0) *= 1e6;
  x.col(1) *= 1e-7;
  const LinearFit after = fit(x, 1000 * made.y);
  EXPECT_NEAR(after.coefficients[0] * 1e6 / 1000, before.coefficients[0], 1e-11);
  EXPECT_NEAR(after.coefficients[1] * 1e-7 / 1000, before.coefficients[1], 1e-11);
  EXPECT_NEAR(after.standard_errors()[2] * 1e-7 / 1000, before.standard_errors()[2], 1e-11);
  EXPECT_NEAR(after.r_squared(), before.r_squared(), 1e-12);
  EXPECT_NEAR(after.condition, before.condition, 1e-6);
}

TEST_P(LeastSquares, FindsAnExactPlaneExactly) {
  const MadeData made = made_data(50, 4, 0, 5);
  const LinearFit result = fit(made.x, made.y);
  EXPECT_LT(largest_difference(result.coefficients, made.b), 1e-13);
  EXPECT_NEAR(result.intercept, 1, 1e-13);
  EXPECT_LT(result.residual_squares, 1e-24);
  EXPECT_NEAR(result.r_squared(), 1, 1e-15);
}

TEST_P(LeastSquares, RidgeTendsToLeastSquaresAsItsWeightTendsToNothing) {
  const MadeData made = made_data(60, 5, 1, 6);
  const LinearFit plain = fit(made.x, made.y);
  double before = std::numeric_limits<double>::infinity();
  for (const double ridge : {10.0, 0.1, 1e-3, 1e-5}) {
    const double distance = (fit(made.x, made.y, {.ridge = ridge}).coefficients - plain.coefficients).norm();
    EXPECT_LT(distance, ridge * 0.1);
    EXPECT_LT(distance, before);
    before = distance;
  }
}

TEST_P(LeastSquares, RidgeSolvesItsOwnEquationsAndShrinksWhatItCountsAsParameters) {
  const MadeData made = made_data(40, 8, 1, 7);
  const double ridge = 5;
  const LinearFit result = fit(made.x, made.y, {.ridge = ridge});
  const VectorD residuals = made.y - result.predict(made.x);
  EXPECT_LT(largest_difference(made.x.transpose() * residuals, ridge * result.coefficients), 1e-10);
  EXPECT_NEAR(residuals.sum(), 0, 1e-11);  // the intercept is not penalised
  EXPECT_NEAR(result.residual_squares, residuals.squaredNorm(), 1e-10);

  // The trace of X (X'X + ridge)^-1 X', computed plainly.
  MatrixD design(40, 9);
  design << VectorD::Ones(40), made.x;
  MatrixD penalised = design.transpose() * design;
  penalised.diagonal().tail(8).array() += ridge;
  MatrixD inverse(9, 9);
  for (Eigen::Index j = 0; j < 9; ++j) {  // by conjugate gradients, which share no code with the fit
    VectorD e = VectorD::Unit(9, j), solution = VectorD::Zero(9), left = e, way = e;
    for (int i = 0; i < 50 && left.norm() > 1e-14; ++i) {
      const VectorD image = penalised * way;
      const double step = left.squaredNorm() / way.dot(image);
      const VectorD next = left - step * image;
      solution += step * way;
      way = next + next.squaredNorm() / left.squaredNorm() * way;
      left = next;
    }
    inverse.col(j) = solution;
  }
  EXPECT_NEAR(result.effective_parameters, (design * inverse * design.transpose()).trace(), 1e-8);
  EXPECT_LT(largest_difference(result.unscaled_covariance, inverse * design.transpose() * design * inverse), 1e-9);
}

TEST_P(LeastSquares, RidgeTakesMoreColumnsThanRowsAndDependentOnes) {
  const MadeData made = made_data(10, 25, 1, 8);
  const LinearFit wide = fit(made.x, made.y, {.ridge = 1});
  EXPECT_LT(largest_difference(made.x.transpose() * (made.y - wide.predict(made.x)), wide.coefficients), 1e-10);
  MatrixD twice(10, 2);
  twice << made.x.col(0), made.x.col(0);
  const LinearFit same = fit(twice, made.y, {.ridge = 1e-3});
  EXPECT_NEAR(same.coefficients[0], same.coefficients[1], 1e-9);
}

TEST_P(LeastSquares, KnowsOnlyTheMeanWithoutColumns) {
  const LinearFit result = fit(MatrixD(4, 0), VectorD{{1, 2, 3, 6}});
  EXPECT_NEAR(result.intercept, 3, 1e-14);
  EXPECT_NEAR(result.residual_squares, 14, 1e-12);
  EXPECT_NEAR(result.standard_errors()[0], std::sqrt(14.0 / 3 / 4), 1e-12);
}

TEST_P(LeastSquares, HasNothingLeftToJudgeByWithAsManyRowsAsCoefficients) {
  const MadeData made = made_data(4, 3, 1, 9);
  const LinearFit result = fit(made.x, made.y);
  EXPECT_LT(largest_difference(result.predict(made.x), made.y), 1e-11);
  EXPECT_TRUE(std::isnan(result.residual_variance()));
  EXPECT_TRUE(std::isnan(result.coefficient_intervals()[1].low));
  EXPECT_THAT(result.summary(), HasSubstr("no degree of freedom"));
}

TEST_P(LeastSquares, NamesTheColumnsThatDependOnEachOther) {
  const MadeData made = made_data(50, 3, 1, 10);
  MatrixD x(50, 5);
  x << made.x, 2 * made.x.col(0) - 3 * made.x.col(2), VectorD::Constant(50, 7);
  const std::string message = message_of<ValueError>([&] {
    (void)fit(x, made.y, {.names = {"a", "b", "c", "mix", "constant"}});
  });
  EXPECT_THAT(message, AllOf(HasSubstr("expected columns that do not depend on each other"), HasSubstr("\"mix\"")));
  if (GetParam() == Solver::kQr) {
    EXPECT_THAT(message, AllOf(HasSubstr("column \"mix\" is 2 * \"a\" - 3 * \"c\""),
                               HasSubstr("column \"constant\" is 7 * \"intercept\"")));
  }
}

TEST_P(LeastSquares, NamesAColumnOfZeros) {
  MadeData made = made_data(50, 3, 1, 11);
  made.x.col(1).setZero();
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit(made.x, made.y); }), HasSubstr("column \"x1\" is"));
}

TEST_P(LeastSquares, FindsDependenceInEveryScaleAndNoneWhereThereIsNone) {
  for (const double scale : {1e-12, 1.0, 1e9}) {
    MadeData made = made_data(3000, 20, 1, 12);
    made.x.col(4) *= scale;
    EXPECT_NO_THROW((void)fit(made.x, made.y)) << scale;
    made.x.col(19) = made.x.col(4) * 3 + made.x.col(7);
    EXPECT_THROW((void)fit(made.x, made.y), ValueError) << scale;
  }
}

TEST_P(LeastSquares, NamesRowsThatAreNotFinite) {
  MadeData made = made_data(30, 2, 1, 13);
  made.x(4, 1) = std::nan("");
  made.y[17] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(
      message_of<ValueError>([&] {
        (void)fit(made.x, made.y, {.names = {"a", "b"}});
      }),
      "least squares: expected finite numbers, got 2 of 30 rows that are not (rows 4, 17; column \"b\" of row 4 is "
      "nan)");
  for (double& value : made.y) value = std::nan("");
  EXPECT_THAT(message_of<ValueError>([&] { (void)fit(made.x, made.y); }), HasSubstr("(rows 0, 1, 2, 3, 4, ...;"));
}

TEST_P(LeastSquares, StatesShapesThatDoNotFit) {
  const MadeData made = made_data(30, 2, 1, 14);
  EXPECT_EQ(message_of<ShapeError>([&] { (void)fit(made.x, made.y.head(29)); }),
            "least squares: expected y [30] for x [30, 2], got [29]");
  EXPECT_THAT(message_of<ShapeError>([&] { (void)fit(made.x.topRows(2), made.y.head(2)); }),
              HasSubstr("expected at least 3 rows for 3 coefficients, the intercept included, got 2"));
  EXPECT_THAT(message_of<ShapeError>([&] { (void)fit(made.x, made.y, {.names = {"only"}}); }),
              HasSubstr("expected a name for each of 2 columns, got 1"));
  EXPECT_THAT(message_of<ShapeError>([&] { (void)fit(made.x, made.y).predict(MatrixD(5, 3)); }),
              HasSubstr("expected x [rows, 2], got [5, 3]"));
  EXPECT_THROW((void)fit(made.x, made.y, {.ridge = -1}), ValueError);
  EXPECT_THROW((void)fit(MatrixD(3, 0), VectorD(3), {.intercept = false}), ShapeError);
}

TEST_P(LeastSquares, TakesPartOfALargerMatrixWithoutReadingBeyondIt) {
  const MadeData made = made_data(100, 9, 1, 15);
  MatrixD guarded = MatrixD::Constant(102, 13, std::nan(""));
  guarded.block(1, 2, 100, 9) = made.x;
  LeastSquaresOptions options;
  options.solver = GetParam();
  const LinearFit part = fit_least_squares(guarded.block(1, 2, 100, 9), made.y, options);
  EXPECT_EQ(part.coefficients, fit(made.x, made.y).coefficients);
}

TEST(NormalEquationsSums, AddUpOverPiecesAndCanBeTakenApart) {
  const MadeData made = made_data(300, 4, 1, 16);
  NormalEquations all(4, true), first(4, true), rest(4, true);
  all.add(made.x, made.y);
  first.add(made.x.topRows(100), made.y.head(100));
  rest.add(made.x.bottomRows(200), made.y.tail(200));
  NormalEquations difference = all;
  difference -= first;
  EXPECT_EQ(difference.rows(), 200);
  EXPECT_LT(largest_difference(difference.gram(), rest.gram()), 1e-11);
  EXPECT_LT(largest_difference(solve(difference), solve(rest)), 1e-12);
  first += rest;
  EXPECT_LT(largest_difference(first.gram(), all.gram()), 1e-11);
  EXPECT_THROW(first += NormalEquations(4, false), ShapeError);
}

TEST(NormalEquationsSums, StandAsTheyWereWhenRowsAreRefused) {
  MadeData made = made_data(30, 2, 1, 17);
  NormalEquations sums(2, true);
  sums.add(made.x, made.y);
  const MatrixD before = sums.gram();
  made.x(3, 0) = std::nan("");
  EXPECT_THROW(sums.add(made.x, made.y), ValueError);
  EXPECT_EQ(sums.gram(), before);
  EXPECT_EQ(sums.rows(), 30);
}

TEST(TallSkinnyQrPieces, GiveTheTriangleOfAll) {
  const MadeData made = made_data(700, 5, 1, 18);
  TallSkinnyQr all(5, true), pieces(5, true);
  all.add(made.x, made.y);
  for (Eigen::Index row = 0; row < 700; row += 70) pieces.add(made.x.middleRows(row, 70), made.y.segment(row, 70));
  const MatrixD r = all.r();
  EXPECT_LT(largest_difference(pieces.r().cwiseAbs(), r.cwiseAbs()), 1e-11);
  EXPECT_NEAR(pieces.residual_squares(), all.residual_squares(), 1e-10);
  MatrixD design(700, 6);
  design << VectorD::Ones(700), made.x;
  EXPECT_LT(largest_difference(r.transpose() * r, design.transpose() * design), 1e-11);
}

TEST(MinimumNorm, IsTheShortestOfAllPerfectFits) {
  const MadeData made = made_data(20, 50, 1, 19);
  const LinearFit shortest = fit_minimum_norm(made.x, made.y);
  EXPECT_LT(largest_difference(shortest.predict(made.x), made.y), 1e-11);
  // Ridge tends to it from below.
  const LinearFit ridge = fit_least_squares(made.x, made.y, {.ridge = 1e-7});
  EXPECT_LT(largest_difference(ridge.coefficients, shortest.coefficients), 1e-6);
  EXPECT_LE(ridge.coefficients.norm(), shortest.coefficients.norm());
}

TEST(MinimumNorm, IsLeastSquaresWhereThereIsButOneFit) {
  const MadeData made = made_data(50, 6, 1, 20);
  const LinearFit plain = fit_least_squares(made.x, made.y), shortest = fit_minimum_norm(made.x, made.y);
  EXPECT_LT(largest_difference(plain.coefficients, shortest.coefficients), 1e-12);
  EXPECT_NEAR(plain.intercept, shortest.intercept, 1e-12);
}

// 95 % intervals hold the truth in 95 % of 400 samples, to within four standard errors of that share.
TEST(LinearFitIntervals, HoldTheTruthAsOftenAsTheySay) {
  int coefficient_held = 0, mean_held = 0, next_held = 0;
  constexpr int kSamples = 400;
  for (int sample = 0; sample < kSamples; ++sample) {
    const MadeData made = made_data(13, 2, 2, static_cast<std::uint64_t>(1000 + sample));
    const LinearFit fit = fit_least_squares(made.x.topRows(12), made.y.head(12));
    const VectorD row = made.x.row(12).transpose();
    const Interval interval = fit.coefficient_intervals()[1];
    coefficient_held += interval.low <= made.b[0] && made.b[0] <= interval.high;
    const double mean = 1 + row.dot(made.b);
    const PredictionInterval of_mean = fit.confidence_interval(row), of_next = fit.prediction_interval(row);
    mean_held += of_mean.low <= mean && mean <= of_mean.high;
    next_held += of_next.low <= made.y[12] && made.y[12] <= of_next.high;
  }
  const double slack = 4 * std::sqrt(0.95 * 0.05 * kSamples);
  EXPECT_NEAR(coefficient_held, 0.95 * kSamples, slack);
  EXPECT_NEAR(mean_held, 0.95 * kSamples, slack);
  EXPECT_NEAR(next_held, 0.95 * kSamples, slack);
}

TEST(LinearFit, LeveragesOfTheTrainingRowsAddUpToTheParameters) {
  const MadeData made = made_data(40, 5, 1, 21);
  const LinearFit fit = fit_least_squares(made.x, made.y);
  double sum = 0;
  for (Eigen::Index i = 0; i < 40; ++i) sum += fit.leverage(made.x.row(i).transpose());
  EXPECT_NEAR(sum, 6, 1e-11);
}

TEST(LinearFit, SummaryNamesWhatItShows) {
  const MadeData made = made_data(40, 2, 1, 22);
  const std::string summary = fit_least_squares(made.x, made.y, {.names = {"weight", "year"}}).summary();
  for (const char* part :
       {"40 rows on 2 columns and an intercept", "weight", "year", "std. error", "R^2", "37 degrees"})
    EXPECT_THAT(summary, HasSubstr(part));
}

}  // namespace
}  // namespace handbuilt::regression
