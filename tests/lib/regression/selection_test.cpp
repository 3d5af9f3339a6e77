#include "regression/forward_selection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "data/design.hpp"
#include "data/standardizer.hpp"
#include "made_data.hpp"
#include "regression/gradient_descent.hpp"
#include "regression/guarded.hpp"
#include "regression/recursive_least_squares.hpp"
#include "support/message_of.hpp"

namespace handbuilt::regression {
namespace {

using test::largest_difference;
using test::made_data;
using test::MadeData;
using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

/// 30 columns of which 4, 11 and 20 matter.
MadeData three_matter(std::uint64_t seed) {
  MadeData made = made_data(60, 30, 0, seed);
  Random random(seed + 1);
  made.y = 5 * made.x.col(4) - 4 * made.x.col(11) + 3 * made.x.col(20);
  for (double& value : made.y) value += random.normal(50, 1);
  return made;
}

TEST(ForwardSelection, TakesTheColumnsThatMatterFirstAndInThatOrder) {
  const MadeData made = three_matter(1);
  const SelectionPath path = forward_selection(made.x, made.y, 5);
  EXPECT_THAT(std::vector<int>(path.columns.begin(), path.columns.begin() + 3), ElementsAre(4, 11, 20));
  for (std::size_t size = 0; size <= 5; ++size) {
    const std::vector<int> chosen(path.columns.begin(), path.columns.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NEAR(path.residual_squares[size], fit_selected(made.x, made.y, chosen).fit.residual_squares, 1e-8);
  }
}

TEST(ForwardSelection, TakesAtEachStepTheColumnThatHelpsMost) {
  const MadeData made = made_data(30, 8, 5, 2);
  const SelectionPath path = forward_selection(made.x, made.y, 3);
  std::vector<int> chosen;
  for (const int column : path.columns) {
    double best = std::numeric_limits<double>::infinity();
    int best_column = -1;
    for (int other = 0; other < 8; ++other) {
      if (std::find(chosen.begin(), chosen.end(), other) != chosen.end()) continue;
      std::vector<int> with = chosen;
      with.push_back(other);
      const double squares = fit_selected(made.x, made.y, with).fit.residual_squares;
      if (squares < best) {
        best = squares;
        best_column = other;
      }
    }
    EXPECT_EQ(column, best_column);
    chosen.push_back(column);
  }
}

TEST(ForwardSelection, EndsWhereNothingIsLeftOfAnyColumn) {
  MadeData made = made_data(20, 2, 1, 3);
  MatrixD x(20, 4);
  x << made.x, made.x.col(0) + made.x.col(1), VectorD::Ones(20);
  EXPECT_EQ(forward_selection(x, made.y, 4).columns.size(), 2u);
  EXPECT_EQ(forward_selection(made_data(5, 9, 1, 4).x, made_data(5, 9, 1, 4).y, 9).columns.size(), 4u);
  EXPECT_THROW((void)forward_selection(x, made.y, -1), ValueError);
}

TEST(ForwardSelection, CrossValidationFindsHowManyMatter) {
  const MadeData made = three_matter(5);
  Random random(6);
  const SizeChoice choice = choose_size(made.x, made.y, 8, data::k_fold(60, 10, random), true);
  EXPECT_EQ(choice.size, 3);
  EXPECT_EQ(choice.rmse.size(), 9u);
  EXPECT_GT(choice.rmse[0], 4 * choice.rmse[3]);
}

TEST(CrossValidation, PredictsEveryRowByAModelThatHasNotSeenIt) {
  const MadeData made = made_data(40, 3, 1, 7);
  Random random(8);
  const std::vector<data::Fold> folds = data::k_fold(40, 5, random);
  const CrossValidation result = cross_validate(least_squares_learner(), made.x, made.y, folds);
  for (const data::Fold& fold : folds) {
    const LinearFit fit = fit_least_squares(data::take(made.x, fold.train), data::take(made.y, fold.train));
    for (const int row : fold.validation)
      EXPECT_NEAR(result.predictions[row], fit.predict_one(made.x.row(row).transpose()), 1e-12);
  }
  EXPECT_NEAR(result.rmse, (result.predictions - made.y).norm() / std::sqrt(40), 1e-12);
}

// With noise alone, the best of many candidates looks better than the flat rate when judged where it was chosen; nested
// cross-validation does not fall for it.
TEST(CrossValidation, NestedIsHonestAboutAChoiceAmongNoise) {
  double chosen_gain = 0, honest_gain = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    MadeData made = made_data(40, 40, 0, 100 + seed);
    Random random(seed);
    for (double& value : made.y) value = random.normal();
    std::vector<Candidate> candidates;
    for (int column = 0; column < 40; ++column)
      candidates.push_back({std::to_string(column), [column](const MatrixD& x, const VectorD& y) -> Predictor {
                              return [fit = fit_selected(x, y, {column})](const MatrixD& rows) {
                                return fit.predict(rows);
                              };
                            }});
    const std::vector<data::Fold> folds = data::k_fold(40, 4, random);
    const double flat = cross_validate(flat_rate_learner(), made.x, made.y, folds).rmse;
    const Choice choice = choose_by_cross_validation(candidates, made.x, made.y, folds);
    const NestedCrossValidation nested = nested_cross_validate(candidates, made.x, made.y, folds, 4, random);
    EXPECT_EQ(nested.chosen.size(), 4u);
    chosen_gain += flat - choice.rmse[static_cast<std::size_t>(choice.best)];
    honest_gain += flat - nested.outer.rmse;
  }
  EXPECT_GT(chosen_gain / 20, 0.02);
  EXPECT_LT(honest_gain / 20, 0);
}

TEST(CrossValidation, OneStandardErrorPrefersTheSimplerCandidate) {
  const MadeData made = three_matter(9);
  std::vector<Candidate> candidates;
  for (int size = 0; size <= 8; ++size) candidates.push_back({"", forward_selection_learner(size)});
  Random random(10);
  const std::vector<data::Fold> folds = data::k_fold(60, 10, random);
  const Choice best = choose_by_cross_validation(candidates, made.x, made.y, folds);
  const Choice simple = choose_by_cross_validation(candidates, made.x, made.y, folds, true);
  EXPECT_LE(simple.best, best.best);
  EXPECT_EQ(simple.best, 3);
}

TEST(GradientDescent, ArrivesAtLeastSquaresAndAtRidge) {
  const MadeData made = made_data(100, 4, 1, 11);
  Random random(12);
  for (const double ridge : {0.0, 20.0}) {
    const LinearFit exact = fit_least_squares(made.x, made.y, {.ridge = ridge});
    for (const double momentum : {0.0, 0.5}) {
      const GradientDescentFit walked =
          fit_by_gradient_descent(made.x, made.y, {.momentum = momentum, .tolerance = 1e-12, .ridge = ridge}, random);
      EXPECT_TRUE(walked.converged);
      EXPECT_LT(largest_difference(walked.coefficients, exact.coefficients), 1e-9);
      EXPECT_NEAR(walked.intercept, exact.intercept, 1e-9);
    }
  }
}

TEST(GradientDescent, NeverClimbsAtItsOwnRateAndDivergesAboveTwiceIt) {
  const MadeData made = made_data(60, 3, 1, 13);
  Random random(14);
  const GradientDescentFit walked = fit_by_gradient_descent(made.x, made.y, {.keep_path = true}, random);
  for (std::size_t i = 1; i < walked.loss.size(); ++i) EXPECT_LE(walked.loss[i], walked.loss[i - 1] * (1 + 1e-14));
  EXPECT_EQ(walked.path.size(), walked.loss.size());
  EXPECT_THAT(message_of<ValueError>([&] {
                (void)fit_by_gradient_descent(made.x, made.y,
                                              {.learning_rate = 2.1 * walked.learning_rate, .epochs = 100'000}, random);
              }),
              HasSubstr("diverged with learning_rate"));
}

TEST(GradientDescent, MiniBatchesComeNearAndNearerWithDecay) {
  const MadeData made = made_data(500, 3, 1, 15);
  const LinearFit exact = fit_least_squares(made.x, made.y);
  Random random(16);
  const GradientDescentFit walked = fit_by_gradient_descent(
      made.x, made.y, {.learning_rate = 0.05, .batch_rows = 10, .epochs = 100, .decay = 1}, random);
  EXPECT_LT(largest_difference(walked.coefficients, exact.coefficients), 0.02);
}

TEST(RecursiveLeastSquares, EndsAtTheFitOfAllRows) {
  const MadeData made = made_data(200, 4, 1, 17);
  RecursiveLeastSquares recursive(4);
  recursive.update(made.x, made.y);
  const LinearFit batch = fit_least_squares(made.x, made.y);
  // What is left is the hold of the first values, one part in a million of a row.
  EXPECT_LT(largest_difference(recursive.coefficients(), batch.coefficients), 1e-7);
  EXPECT_NEAR(recursive.intercept(), batch.intercept, 1e-7);
  EXPECT_LT(largest_difference(recursive.covariance(), batch.unscaled_covariance), 1e-7);
  EXPECT_NEAR(recursive.predict(made.x.row(0).transpose()), batch.predict_one(made.x.row(0).transpose()), 1e-6);
}

TEST(RecursiveLeastSquares, RefusesWhatIsNotFiniteAndStaysAsItWas) {
  RecursiveLeastSquares recursive(1);
  recursive.update(VectorD{{1.0}}, 2);
  const VectorD before = recursive.coefficients();
  EXPECT_THROW(recursive.update(VectorD{{std::nan("")}}, 1), ValueError);
  EXPECT_THROW(recursive.update(VectorD(2), 1), ShapeError);
  EXPECT_THROW(RecursiveLeastSquares(1, true, {.forgetting = 0}), ValueError);
  EXPECT_EQ(recursive.coefficients(), before);
}

TEST(GuardedModel, IsTheModelAmongTheTrainingRows) {
  const MadeData made = made_data(100, 3, 1, 18);
  const GuardedModel guarded(made.x, made.y, {.value_slack = 1});
  ASSERT_TRUE(guarded.has_model()) << guarded.why_no_model();
  const LinearFit fit = fit_least_squares(made.x, made.y);
  EXPECT_LT(largest_difference(guarded.predict(made.x), fit.predict(made.x)), 1e-12);
  for (Eigen::Index i = 0; i < 100; ++i) EXPECT_EQ(guarded.answer(made.x.row(i).transpose()).guard, Guard::kNone);
}

TEST(GuardedModel, GivesTheFlatRateOutsideAndForWhatIsNotFinite) {
  // Two columns that rise together: a row within both ranges may still be like none that was seen.
  MadeData made = made_data(100, 2, 0.1, 19);
  made.x.col(1) = made.x.col(0) + 0.05 * made.x.col(1);
  const GuardedModel guarded(made.x, made.y);
  const auto answer = [&](double a, double b) { return guarded.answer(VectorD{{a, b}}); };
  EXPECT_EQ(answer(100, 100).guard, Guard::kOutside);
  EXPECT_EQ(answer(1.5, -1.5).guard, Guard::kOutside);
  EXPECT_EQ(answer(1.5, -1.5).value, guarded.flat_rate());
  EXPECT_EQ(answer(std::nan(""), 0).guard, Guard::kNotFinite);
  EXPECT_EQ(answer(0, std::numeric_limits<double>::infinity()).value, guarded.flat_rate());
  EXPECT_EQ(answer(0.1, 0.1).guard, Guard::kNone);
  EXPECT_THROW((void)guarded.answer(VectorD(3)), ShapeError);
}

TEST(GuardedModel, HoldsPredictionsWithinWhatYWas) {
  const MadeData made = made_data(100, 1, 0.1, 20);
  const GuardedModel guarded(made.x, made.y, {.leverage_slack = 1e15, .range_slack = 1e15});
  const GuardedModel::Answer far = guarded.answer(VectorD{{1e6}});
  EXPECT_EQ(far.guard, Guard::kHeldInRange);
  const double slack = 0.1 * (made.y.maxCoeff() - made.y.minCoeff());
  EXPECT_TRUE(std::abs(far.value - (made.y.maxCoeff() + slack)) < 1e-9 ||
              std::abs(far.value - (made.y.minCoeff() - slack)) < 1e-9);
}

TEST(GuardedModel, HasNoModelForTooFewRowsOrColumnsThatDependOnEachOther) {
  const MadeData made = made_data(20, 10, 1, 21);
  const GuardedModel few(made.x, made.y);
  EXPECT_FALSE(few.has_model());
  EXPECT_THAT(few.why_no_model(), HasSubstr("20 rows are fewer than 5 for each of 11 coefficients"));
  EXPECT_EQ(few.answer(made.x.row(0).transpose()).value, made.y.mean());
  MatrixD twice(20, 2);
  twice << made.x.col(0), made.x.col(0);
  EXPECT_THAT(GuardedModel(twice, made.y).why_no_model(), HasSubstr("depend on each other"));
  twice.col(1) += 1e-6 * made.x.col(1);
  EXPECT_THAT(GuardedModel(twice, made.y).why_no_model(), HasSubstr("condition number"));
}

}  // namespace
}  // namespace handbuilt::regression
