#include "core/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"

namespace handbuilt {
namespace {

TEST(WilsonInterval, HasTheCoverageItClaims) {
  // Summed exactly over the binomial distribution of 100 draws.
  for (const double share : {0.1, 0.5, 0.9, 0.97}) {
    double covered = 0, probability = std::pow(1 - share, 100);
    for (int hits = 0; hits <= 100; ++hits) {
      const Interval interval = wilson_interval(hits, 100);
      if (interval.low <= share && share <= interval.high) covered += probability;
      probability *= share / (1 - share) * (100 - hits) / (hits + 1);
    }
    EXPECT_NEAR(covered, 0.95, 0.025) << share;
  }
}

TEST(WilsonInterval, StaysWithinZeroAndOne) {
  EXPECT_NEAR(wilson_interval(10, 10).high, 1, 1e-12);
  EXPECT_NEAR(wilson_interval(0, 10).low, 0, 1e-12);
  EXPECT_LT(wilson_interval(10, 10).low, 0.8);
}

TEST(MeanInterval, HasTheCoverageItClaimsForFewValuesAndMany) {
  Random random(1, "coverage");
  for (const int count : {2, 5, 20, 40}) {
    constexpr int kTrials = 4000;
    int covered = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<double> values;
      for (int i = 0; i < count; ++i) values.push_back(random.normal(3, 2));
      const MeanInterval interval = mean_interval(values);
      if (interval.low <= 3 && 3 <= interval.high) ++covered;
    }
    // Four standard deviations of a share of 0.95 in 4,000 trials.
    EXPECT_NEAR(static_cast<double>(covered) / kTrials, 0.95, 4 * std::sqrt(0.95 * 0.05 / kTrials)) << count;
  }
}

TEST(MeanInterval, OfOneValueIsThatValue) {
  const MeanInterval interval = mean_interval({2.5});
  EXPECT_EQ(interval.mean, 2.5);
  EXPECT_EQ(interval.low, 2.5);
  EXPECT_EQ(interval.high, 2.5);
}

TEST(MeanInterval, RefusesToAverageNothing) { EXPECT_THROW(mean_interval({}), ValueError); }

}  // namespace
}  // namespace handbuilt
