// What stands above the blanks of lesson 06 as a model has to be right itself.

#include <gtest/gtest.h>

#include <cmath>

#include "tasks.hpp"

namespace {

TEST(Worked, TheLengthOfAnArrowIsPythagoras) {
  EXPECT_DOUBLE_EQ(worked::length({3, -4, 12}), 13);
  EXPECT_DOUBLE_EQ(worked::length({0, 0}), 0);
  EXPECT_DOUBLE_EQ(worked::length({3e200, 4e200}), 5e200);
  EXPECT_DOUBLE_EQ(worked::length({-3e-200, 4e-200}), 5e-200);
}

TEST(Worked, TheLogOfAWaitingDensityIsThatOfTheProduct) {
  EXPECT_NEAR(worked::log_waiting_density({1, 0.5}, {2, 3}), std::log(2 * std::exp(-2.0) * 3 * std::exp(-1.5)), 1e-14);
  EXPECT_DOUBLE_EQ(worked::log_waiting_density({1000, 1000}, {1, 1}), -2000);
}

TEST(Worked, SharesOfARowSumToOne) {
  const worked::Shares found = worked::shares(TensorD({2, 2}, {1, 3, 2, 2}));
  EXPECT_EQ(found.shares, TensorD({2, 2}, {0.25, 0.75, 0.5, 0.5}));
  EXPECT_NEAR(found.log_sums, 2 * std::log(4.0), 1e-15);
}

TEST(Worked, MomentsCountByWeightAndKeepTheirDigits) {
  const worked::Moments found = worked::weighted_moments({1e8 + 1, 1e8 + 5}, {3, 1});
  EXPECT_DOUBLE_EQ(found.mean, 1e8 + 2);
  EXPECT_DOUBLE_EQ(found.variance, 3);
}

TEST(Worked, TheDegreeWithTheSmallestAicIsTaken) {
  EXPECT_EQ(worked::degree_by_aic({3, 1, 2}, {-99.5, -120, -100}), 2);
  EXPECT_EQ(worked::degree_by_aic({3, 1, 2}, {-98.5, -120, -100}), 3);
}

TEST(Worked, AChainHangsTogetherInShortSteps) {
  EXPECT_EQ(worked::chained(TensorD({5, 1}, {0, 10, 1, 11, 2}), 1), (std::vector<int>{0, 1, 0, 1, 0}));
  EXPECT_EQ(worked::squared_distance(TensorD({2, 2}, {0, 0, 3, 4}), 0, 1), 25);
}

}  // namespace
