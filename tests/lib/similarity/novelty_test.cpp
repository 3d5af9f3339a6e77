#include "similarity/novelty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/interval.hpp"
#include "core/random.hpp"
#include "similarity/conformal.hpp"
#include "support/normal_rows.hpp"

namespace handbuilt::similarity {
namespace {

using test::normal_rows;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr NoveltyScore kScores[] = {NoveltyScore::kNeighbour, NoveltyScore::kCentre, NoveltyScore::kMahalanobis};

TEST(Conformal, ThresholdIsTheRankThatThePromiseNeeds) {
  const VectorD scores = VectorD::LinSpaced(99, 1, 99).reverse();
  EXPECT_EQ(conformal_threshold(scores, 0.1), 90);   // ceil(100 x 0.9)
  EXPECT_EQ(conformal_threshold(scores, 0.01), 99);  // the largest
  EXPECT_EQ(conformal_threshold(scores.tail(9), 0.1), 9);
  EXPECT_DOUBLE_EQ(conformal_p_value(scores, 90), 0.11);
  EXPECT_DOUBLE_EQ(conformal_p_value(scores, 1000), 0.01);
}

TEST(Conformal, FalseAlarmsLieWhereTheGuaranteeSaysWhateverTheDistribution) {
  // 30 scores, rate 0.1: between 0.1 - 1/31 and 0.1, exactly 3/31 without ties. 40,000 draws: +-0.005.
  Random random(11);
  for (const int form : {0, 1, 2}) {
    int alarms = 0;
    constexpr int kTrials = 40'000, kScores = 30;
    for (int trial = 0; trial < kTrials; ++trial) {
      VectorD scores(kScores + 1);
      for (double& score : scores)
        score = form == 0 ? random.normal() : form == 1 ? 1 / (random.uniform() + 1e-9) : random.below(5);
      alarms += scores[kScores] > conformal_threshold(scores.head(kScores), 0.1) ? 1 : 0;
    }
    const double rate = static_cast<double>(alarms) / kTrials;
    EXPECT_LT(rate, 0.1 + 0.005) << form;
    if (form < 2) {
      EXPECT_NEAR(rate, 3.0 / 31, 0.005) << form;
    }
  }
}

TEST(Conformal, RefusesARateThatSoFewScoresCannotPromise) {
  EXPECT_THAT([] { conformal_threshold(VectorD::Zero(18), 0.05); },
              ThrowsMessage<ValueError>(HasSubstr("expected at least 19 scores")));
  EXPECT_EQ(conformal_threshold(VectorD::Zero(19), 0.05), 0);
  EXPECT_THAT([] { conformal_threshold(VectorD::Zero(9), 1); },
              ThrowsMessage<ValueError>(HasSubstr("between 0 and 1")));
  const VectorD bad = VectorD::Constant(50, std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT([&] { conformal_threshold(bad, 0.1); }, ThrowsMessage<ValueError>(HasSubstr("finite")));
}

TEST(Whitener, MakesUncorrelatedRowsOfEqualSpread) {
  Random random(1);
  MatrixD x = normal_rows(2000, 4, random);
  x.col(1) = 1000 * x.col(0) + 10 * x.col(1);  // other units, and nearly a copy
  const MatrixD white = Whitener(x, 1e-9)(x);
  const MatrixD covariance = white.transpose() * white / 1999.0;
  EXPECT_LT((covariance - MatrixD::Identity(4, 4)).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(Novelty, CalibratedFalseAlarmsAreTrueForFreshRows) {
  // Mean over detectors, each calibrated on 99 rows: at most 5 %, and 5 % exactly (5 of 100 ranks).
  for (const NoveltyScore score : kScores) {
    std::vector<double> rates;
    for (int trial = 0; trial < 60; ++trial) {
      Random random(static_cast<std::uint64_t>(trial), "novelty");
      NoveltyDetector detector(normal_rows(150, 3, random), {.score = score});
      EXPECT_EQ(detector.threshold(), std::numeric_limits<double>::infinity());
      detector.calibrate(normal_rows(99, 3, random), 0.05);
      int alarms = 0;
      for (const int is_new : detector.is_new(normal_rows(200, 3, random))) alarms += is_new;
      rates.push_back(alarms / 200.0);
    }
    const MeanInterval mean = mean_interval(rates);
    EXPECT_LE(mean.low, 0.05) << static_cast<int>(score);
    EXPECT_GE(mean.high, 0.05) << static_cast<int>(score);
  }
}

TEST(Novelty, SeesWhatLiesBetweenClustersAndAlongAColumnThatNeverVaried) {
  Random random(2);
  MatrixD x = normal_rows(600, 3, random) * 0.1;
  x.topRows(300).col(0).array() += 5;
  x.col(2).setConstant(0.2);
  MatrixD fresh = normal_rows(200, 3, random) * 0.1;
  fresh.col(2).setConstant(0.2);
  const MatrixD between = (MatrixD(1, 3) << 2.5, 0, 0.2).finished(), beside = (MatrixD(1, 3) << 5, 0, 1.2).finished();
  for (const NoveltyScore score : kScores) {
    NoveltyDetector detector(x, {.score = score});
    detector.calibrate(fresh, 0.02);
    EXPECT_EQ(detector.is_new(beside)[0], 1) << static_cast<int>(score);
    // The distance from the mean alone takes the middle of nowhere for the most ordinary place.
    EXPECT_EQ(detector.is_new(between)[0], score == NoveltyScore::kMahalanobis ? 0 : 1) << static_cast<int>(score);
  }
}

TEST(Novelty, CentresCoverWithinTwiceTheBest) {
  Random random(3);
  MatrixD x = normal_rows(90, 2, random) * 0.01;
  for (Eigen::Index i = 0; i < 90; ++i) x(i, 0) += static_cast<double>(i % 3);
  const MatrixD centres = covering_centres(x, 3);
  const double radius = nearest_plain(centres, x, 1).distance.maxCoeff();
  EXPECT_LT(radius, 0.1);  // one in each of the three
  EXPECT_EQ(covering_centres(MatrixD::Constant(10, 2, 1), 4).rows(), 1);
}

TEST(Novelty, EqualRowsAndBadOnesHaveDefinedAnswers) {
  const MatrixD same = MatrixD::Constant(20, 2, 1);
  for (const NoveltyScore score : kScores) {
    NoveltyDetector detector(same, {.score = score});
    detector.calibrate(same, 0.05);
    EXPECT_EQ(detector.threshold(), 0);
    EXPECT_EQ(detector.is_new(same.topRows(1))[0], 0);
    EXPECT_EQ(detector.is_new(MatrixD::Constant(1, 2, 1.001))[0], 1);
    EXPECT_THAT([&] { (void)detector.score(MatrixD::Constant(1, 2, std::nan(""))); },
                ThrowsMessage<ValueError>(HasSubstr("row 0 is nan")));
    EXPECT_THAT([&] { (void)detector.score(MatrixD::Zero(1, 3)); }, ThrowsMessage<ShapeError>(HasSubstr("[1, 3]")));
  }
  EXPECT_THAT([&] { NoveltyDetector(same.topRows(1)); }, ThrowsMessage<ShapeError>(HasSubstr("at least two rows")));
  EXPECT_THAT([&] { NoveltyDetector(same.topRows(5)); },
              ThrowsMessage<ShapeError>(HasSubstr("more than 5 rows for as many neighbours, got [5, 2]")));
}

}  // namespace
}  // namespace handbuilt::similarity
