#include <gtest/gtest.h>

#include <Eigen/SVD>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "core/file.hpp"
#include "lessons/02_least_squares/cars_experiment.hpp"
#include "lessons/02_least_squares/conditioning.hpp"
#include "lessons/02_least_squares/line.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

nlohmann::json recorded() {
  return nlohmann::json::parse(read_file(HANDBUILT_SOURCE_DIR "/lessons/02_least_squares/results.json"))["numbers"];
}

double recorded(const std::string& name, const char* field = "value") { return recorded()[name][field].get<double>(); }

Cars cars() { return load_cars(datasets_folder() / "cars/cars.csv"); }
std::vector<Points> anscombe() { return load_anscombe(datasets_folder() / "anscombe/anscombe.csv"); }

TEST(Anscombe, HasFourSetsOfElevenWithOneLine) {
  const std::vector<Points> sets = anscombe();
  ASSERT_EQ(sets.size(), 4U);
  for (const Points& set : sets) {
    ASSERT_EQ(set.x.size(), 11U) << set.name;
    const LineFit fit = fit_line(set);
    EXPECT_NEAR(fit.slope, 0.5, 0.001) << set.name;
    EXPECT_NEAR(fit.intercept, 3, 0.01) << set.name;
    EXPECT_NEAR(fit.r_squared, 0.667, 0.001) << set.name;
    EXPECT_NEAR(fit.r_squared, recorded("anscombe_" + set.name + "_r_squared"), 1e-9) << set.name;
  }
}

TEST(LineFit, HasNoSlopeWhereAllXAreEqual) {
  const LineFit fit = fit_line({"", {8, 8, 8}, {1, 2, 6}});
  EXPECT_TRUE(std::isnan(fit.slope));
  EXPECT_DOUBLE_EQ(fit.mean_y, 3);
}

TEST(LineFit, HasNoRSquaredWhereYDoesNotVary) {
  const LineFit fit = fit_line({"", {1, 2, 3}, {4, 4, 4}});
  EXPECT_NEAR(fit.slope, 0, 1e-12);
  EXPECT_TRUE(std::isnan(fit.r_squared));
}

TEST(Cars, AreTheOnesOfWhichAllIsKnown) {
  EXPECT_EQ(cars().x.rows(), 392);
  EXPECT_EQ(cars().x.cols(), 3);
}

TEST(ThreeWays, AgreeOnTheCarsToEightDigits) {
  const ThreeWays ways = fit_three_ways(cars());
  EXPECT_LT(largest_disagreement(ways), 1e-8);
  EXPECT_LT(ways.qr(1), 0) << "heavier cars go less far";
}

TEST(ThreeWays, DisagreementIsTheLargestRelativeDifference) {
  VectorD a(2), b(2), c(2);
  a << 100, 1;
  b << 100, 1.5;
  c << 101, 1;
  EXPECT_NEAR(largest_disagreement({a, b, a, 0}), 0.5, 1e-12);
  EXPECT_NEAR(largest_disagreement({a, a, c, 0}), 0.01, 1e-12);
}

// A single dealing differs from the mean of 200 by what chance does to a fifth of the cars.
TEST(RecordedNumbers, OfOneDealingAreNearTheMeanOfAll) {
  const std::map<std::string, double> run = run_cars(cars(), 1);
  for (const auto& [name, value] : run) EXPECT_NEAR(value / recorded(name), 1, 0.25) << name;
  EXPECT_LT(run.at("rmse_three"), run.at("rmse_weight"));
  EXPECT_LT(run.at("rmse_weight"), run.at("rmse_flat"));
}

TEST(RecordedNumbers, WithoutChanceAreThoseOfToday) {
  for (const auto& [name, number] : whole_table_numbers(cars())) {
    if (name == "agreement_digits" || name == "descent_epochs") continue;  // these depend on the last bits
    EXPECT_NEAR(number.value, recorded(name), 1e-5 * std::abs(recorded(name))) << name;
  }
  EXPECT_GT(recorded("agreement_digits"), 8);
}

TEST(RecordedNumbers, BearOutWhatTheLessonSays) {
  EXPECT_GE(recorded("decade_qr", "n"), 20);
  EXPECT_GT(recorded("decade_normal_equations", "low"), 1.8);
  EXPECT_LT(recorded("decade_normal_equations", "high"), 2.2);
  EXPECT_GT(recorded("decade_qr", "low"), 0.8);
  EXPECT_LT(recorded("decade_qr", "high"), 1.2);
  EXPECT_LT(std::abs(recorded("decade_badly_scaled")), 0.05);
  EXPECT_LT(recorded("ratio_three", "high"), 0.5);
}

TEST(Conditioning, OfOneSeedIsNearTheRecordedMean) {
  const DigitsLost lost = run_conditioning(1);
  EXPECT_NEAR(digits_a_decade(lost.conditions, lost.qr, 1, 1e12), recorded("decade_qr"), 0.25);
  EXPECT_NEAR(digits_a_decade(lost.conditions, lost.normal_equations, 1, 1e7), recorded("decade_normal_equations"),
              0.3);
  for (const double digits : lost.normal_equations_badly_scaled) EXPECT_LT(digits, 1.5);
}

TEST(Conditioning, ProblemsHaveTheConditionNumberThatWasAskedFor) {
  Random random(3);
  for (const double condition : {1.0, 1e3, 1e6}) {
    for (const Problem& problem : {nearly_dependent(condition, 0, random), badly_scaled(condition, random)}) {
      const Eigen::JacobiSVD<MatrixD> svd(problem.x);
      const VectorD values = svd.singularValues();
      EXPECT_NEAR(values(0) / values(values.size() - 1) / condition, 1, 1e-6);
    }
  }
}

TEST(Conditioning, TheBestCoefficientsLeaveResidualsAtRightAnglesToEveryColumn) {
  Random random(4);
  const Problem problem = nearly_dependent(10, 0.1, random);
  const VectorD residuals = problem.y - problem.x * problem.best;
  EXPECT_GT(residuals.norm(), 0.05 * problem.y.norm());
  EXPECT_LT((problem.x.transpose() * residuals).norm(), 1e-12);
}

TEST(DigitsLost, CountsFromTheSixteenth) {
  VectorD best(2), off(2);
  best << 1, 10;
  off << 1 + 1e-10, 10;
  EXPECT_NEAR(digits_lost(off, best), 6, 1e-3);
  EXPECT_EQ(digits_lost(best, best), 0);
  off(1) = std::nan("");
  EXPECT_EQ(digits_lost(off, best), 16);
}

TEST(Descent, NeedsAHundredTimesTheStepsForTenTimesTheCondition) {
  Random random(5);
  const double few = descent_steps(badly_scaled(10, random), 1e7), many = descent_steps(badly_scaled(100, random), 1e7);
  EXPECT_NEAR(many / few, 100, 20);
}

}  // namespace
}  // namespace handbuilt::lessons::least_squares
