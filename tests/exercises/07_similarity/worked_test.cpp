// What stands above the blanks of lesson 07 as a model has to be right itself.

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tasks.hpp"

namespace {

TEST(Worked, TheFarthestIsTheFirstOfEquals) {
  EXPECT_EQ(worked::farthest(TensorD({4, 2}, {1, 1, 3, 4, -3, -4, 0, 2}), {0, 0}), 1);
}

TEST(Worked, TheVarianceAlongADirectionIsThatOfWhatLiesAlongIt) {
  EXPECT_DOUBLE_EQ(worked::variance_along(TensorD({3, 2}, {1, 9, 2, 0, 3, 9}), {1, 0}), 1);
  EXPECT_NEAR(worked::variance_along(TensorD({2, 2}, {3, 4, -3, -4}), {0.6, 0.8}), 50, 1e-12);
}

TEST(Worked, HowFarAlongIsMeasuredFromTheOrigin) {
  EXPECT_DOUBLE_EQ(worked::how_far_along({5, 10}, {2, 6}, {0.6, 0.8}), 5);
}

TEST(Worked, AScoreAtTheThresholdIsNotAboveIt) { EXPECT_DOUBLE_EQ(worked::share_above({1, 2, 3, 4}, 3), 0.25); }

TEST(Worked, ANeverTriedActionHasNoMeanGain) {
  const std::vector<double> gains = worked::mean_gains({0, 2, 0}, {1, 5, 3}, 3);
  EXPECT_DOUBLE_EQ(gains[0], 2);
  EXPECT_TRUE(std::isnan(gains[1]));
  EXPECT_DOUBLE_EQ(gains[2], 5);
}

}  // namespace
