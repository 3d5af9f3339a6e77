#include "regression/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "regression/baseline.hpp"
#include "regression/bootstrap.hpp"
#include "regression/classification_metrics.hpp"
#include "support/message_of.hpp"

namespace handbuilt::regression {
namespace {

using test::message_of;
using ::testing::HasSubstr;

TEST(Metrics, OfFourRowsByHand) {
  const VectorD predicted{{1, 2, 3, 4}}, actual{{1, 4, 3, 0}};
  EXPECT_EQ(mean_absolute_error(predicted, actual), 1.5);
  EXPECT_EQ(root_mean_squared_error(predicted, actual), std::sqrt(5.0));
  EXPECT_EQ(mean_error(predicted, actual), 0.5);
  EXPECT_EQ(r_squared(predicted, actual), 1 - 20.0 / 10);
  EXPECT_EQ(absolute_error_quantile(predicted, actual, 0.5), 1);
  EXPECT_EQ(absolute_error_quantile(predicted, actual, 1), 4);
  EXPECT_TRUE(std::isnan(r_squared(predicted, VectorD::Ones(4))));
}

TEST(Metrics, RefuseOtherSizesAndNumbersThatAreNotFinite) {
  EXPECT_THROW((void)mean_absolute_error(VectorD(3), VectorD(4)), ShapeError);
  EXPECT_THROW((void)mean_absolute_error(VectorD(0), VectorD(0)), ShapeError);
  EXPECT_THAT(message_of<ValueError>([] {
                (void)root_mean_squared_error(VectorD{{1, std::nan("")}}, VectorD{{1, 2}});
              }),
              HasSubstr("row 1"));
}

TEST(Baselines, AreTheBestConstantsForTheirErrors) {
  const VectorD y{{1, 2, 3, 10, 0}};
  EXPECT_EQ(flat_mean(y), 3.2);
  EXPECT_EQ(flat_median(y), 2);
  EXPECT_EQ(flat_median(VectorD{{4, 1, 3, 2}}), 2.5);
  for (const double other : {-0.1, 0.1}) {
    const auto constant = [](double value) { return VectorD(VectorD::Constant(5, value)); };
    EXPECT_GT(root_mean_squared_error(constant(3.2 + other), y), root_mean_squared_error(constant(3.2), y));
    EXPECT_GT(mean_absolute_error(constant(2 + other), y), mean_absolute_error(constant(2), y));
  }
  EXPECT_THROW((void)flat_mean(VectorD(0)), ShapeError);
}

TEST(Baselines, GroupMeanFallsBackOnTheMeanOfAll) {
  const GroupMean means({"a", "b", "a"}, VectorD{{1, 6, 2}});
  EXPECT_EQ(means.predict("a"), 1.5);
  EXPECT_EQ(means.predict("c"), 3);
  EXPECT_EQ(GroupMean({"a", "b", "a"}, VectorD{{1, 6, 2}}, 1).predict("b"), (6 + 3) / 2.0);
}

TEST(ClassificationMetrics, OfFourRowsByHand) {
  const VectorD probability{{0.9, 0.6, 0.4, 0.1}};
  const std::vector<int> labels{1, 0, 1, 0};
  EXPECT_NEAR(log_loss(probability, labels), -(2 * std::log(0.9) + 2 * std::log(0.4)) / 4, 1e-15);
  EXPECT_NEAR(brier_score(probability, labels), (2 * 0.01 + 2 * 0.36) / 4, 1e-15);
  EXPECT_EQ(area_under_roc(probability, labels), 0.75);
  const Decisions decisions = decide(probability, labels, 0.6);
  EXPECT_EQ(decisions.true_positives, 1);
  EXPECT_EQ(decisions.false_positives, 1);
  EXPECT_EQ(decisions.false_negatives, 1);
  EXPECT_EQ(decisions.true_negatives, 1);
}

TEST(ClassificationMetrics, LogLossOfTwoColumnsIsThatOfOne) {
  const VectorD probability{{0.9, 0.6, 0.4, 0.1}};
  MatrixD both(4, 2);
  both << VectorD::Ones(4) - probability, probability;
  EXPECT_NEAR(log_loss(both, {1, 0, 1, 0}), log_loss(probability, {1, 0, 1, 0}), 1e-15);
}

TEST(ClassificationMetrics, WhatWasCalledImpossibleCostsInfinitelyMuch) {
  EXPECT_TRUE(std::isinf(log_loss(VectorD{{0.0, 1.0}}, {1, 1})));
  EXPECT_NEAR(log_loss(VectorD{{0.0, 1.0}}, {1, 1}, 1e-6), -std::log(1e-6) / 2, 1e-12);
  EXPECT_EQ(log_loss(VectorD{{0.0, 1.0}}, {0, 1}), 0);
}

TEST(ClassificationMetrics, AreaIsHalfForTiesAndOneMinusItselfUpsideDown) {
  Random random(1);
  VectorD probability(200);
  std::vector<int> labels;
  for (double& p : probability) {
    p = std::round(random.uniform() * 10) / 10;  // many ties
    labels.push_back(random.chance(0.3 + 0.4 * p) ? 1 : 0);
  }
  EXPECT_EQ(area_under_roc(VectorD::Constant(200, 0.3), labels), 0.5);
  EXPECT_NEAR(area_under_roc(probability, labels) + area_under_roc(VectorD::Ones(200) - probability, labels), 1, 1e-12);
  // By its meaning: pairs of a positive and a negative.
  double wins = 0, pairs = 0;
  for (std::size_t i = 0; i < 200; ++i)
    for (std::size_t j = 0; j < 200; ++j) {
      if (labels[i] != 1 || labels[j] != 0) continue;
      const double a = probability[static_cast<Eigen::Index>(i)], b = probability[static_cast<Eigen::Index>(j)];
      wins += a > b ? 1 : a == b ? 0.5 : 0;
      pairs += 1;
    }
  EXPECT_NEAR(area_under_roc(probability, labels), wins / pairs, 1e-12);
}

TEST(ClassificationMetrics, CheapestThresholdIsTheCheapestOfAll) {
  Random random(2);
  VectorD probability(100);
  std::vector<int> labels;
  for (double& p : probability) labels.push_back(random.chance(p = random.uniform()) ? 1 : 0);
  const CostedThreshold best = cheapest_threshold(probability, labels, 1, 5);
  const auto cost = [&](double threshold) {
    const Decisions decisions = decide(probability, labels, threshold);
    return (decisions.false_positives + 5.0 * decisions.false_negatives) / 100;
  };
  EXPECT_NEAR(cost(best.threshold), best.cost, 1e-12);
  for (double threshold = 0; threshold <= 1.001; threshold += 0.001) EXPECT_GE(cost(threshold), best.cost - 1e-12);
  EXPECT_GT(cheapest_threshold(probability, labels, 1, 0).threshold, 1);  // misses are free: never
}

TEST(ClassificationMetrics, ConfusionMatrixCountsAndShares) {
  const ConfusionMatrix matrix({0, 1, 1, 2, 2, 2}, {0, 1, 2, 2, 2, 0});
  EXPECT_EQ(matrix.count(2, 1), 1);
  EXPECT_NEAR(matrix.accuracy(), 4.0 / 6, 1e-15);
  EXPECT_NEAR(matrix.precision(2), 2.0 / 3, 1e-15);
  EXPECT_NEAR(matrix.recall(0), 0.5, 1e-15);
  EXPECT_NEAR(matrix.f1(1), 2.0 / 3, 1e-15);
  EXPECT_NEAR(matrix.balanced_accuracy(), (0.5 + 1 + 2.0 / 3) / 3, 1e-15);
  EXPECT_TRUE(std::isnan(ConfusionMatrix({0}, {0}, 2).precision(1)));
  EXPECT_THAT(matrix.summary({"dry", "rain", "snow"}), HasSubstr("snow"));
  EXPECT_THROW((void)ConfusionMatrix({0, 3}, {0, 1}, 2), ValueError);
  EXPECT_THROW((void)ConfusionMatrix({0, -1}, {0, 1}), ValueError);
}

TEST(ClassificationMetrics, CalibratedForecastsHaveASmallErrorAndOthersALargeOne) {
  Random random(3);
  VectorD probability(20'000);
  std::vector<int> labels;
  for (double& p : probability) labels.push_back(random.chance(p = random.uniform()) ? 1 : 0);
  for (const CalibrationBins form : {CalibrationBins::kEqualWidth, CalibrationBins::kEqualCount}) {
    const auto bins = calibration_curve(probability, labels, 10, form);
    EXPECT_EQ(bins.size(), 10u);
    int rows = 0, held = 0;
    for (const CalibrationBin& bin : bins) {
      rows += bin.count;
      held += bin.interval.low <= bin.predicted && bin.predicted <= bin.interval.high;
    }
    EXPECT_EQ(rows, 20'000);
    EXPECT_GE(held, 8);
    EXPECT_LT(expected_calibration_error(bins), 0.015);
  }
  const VectorD timid = probability.unaryExpr([](double p) { return 0.25 + p / 2; });
  EXPECT_NEAR(expected_calibration_error(calibration_curve(timid, labels)), 0.125, 0.02);
}

TEST(ClassificationMetrics, RefuseWhatIsNoProbabilityOrLabel) {
  EXPECT_THAT(message_of<ValueError>([] {
                (void)brier_score(VectorD{{0.5, 1.5}}, {0, 1});
              }),
              HasSubstr("row 1: expected a probability in [0, 1], got 1.5"));
  EXPECT_THAT(message_of<ValueError>([] { (void)log_loss(VectorD{{0.5, 0.5}}, {0, 3}); }), HasSubstr("row 1"));
  EXPECT_THROW((void)roc_curve(VectorD{{0.5, 0.2}}, {1, 1}), ValueError);
  EXPECT_THROW((void)log_loss(MatrixD{{0.5, 0.6}}, {0}), ValueError);
}

TEST(Bootstrap, IntervalOfAMeanIsThatOfTheTextbook) {
  Random random(4);
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(random.normal(10, 2));
  const auto mean = [&](const std::vector<int>& rows) {
    double sum = 0;
    for (const int row : rows) sum += values[static_cast<std::size_t>(row)];
    return sum / static_cast<double>(rows.size());
  };
  const Interval bootstrapped = bootstrap_interval(400, mean, random, 2000);
  const MeanInterval textbook = mean_interval(values);
  EXPECT_NEAR(bootstrapped.low, textbook.low, 0.03);
  EXPECT_NEAR(bootstrapped.high, textbook.high, 0.03);
  EXPECT_THROW((void)bootstrap_interval(0, mean, random), ValueError);
}

}  // namespace
}  // namespace handbuilt::regression
