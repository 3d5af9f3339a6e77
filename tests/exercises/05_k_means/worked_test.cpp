// What stands above the blanks of lesson 05 as a model has to be right itself.

#include <gtest/gtest.h>

#include <cmath>

#include "clustering/adjusted_rand.hpp"
#include "core/random.hpp"
#include "tasks.hpp"

namespace {

TEST(Worked05, TheNearestNumberIsTheFirstOfEquals) {
  EXPECT_EQ(worked::nearest_number({5, 1, 3, 2}, 2.1), 3);
  EXPECT_EQ(worked::nearest_number({4, 2, 2}, 3), 0);
}

TEST(Worked05, AGroupWithoutNumbersKeepsWhatItHad) {
  EXPECT_EQ(worked::group_means({1, 3, 10}, {0, 0, 2}, {7, 8, 9}), (std::vector<double>{2, 8, 10}));
}

TEST(Worked05, SharesAreDrawnInProportionAndNothingWithoutAShare) {
  Random random(4);
  std::vector<int> counts(4, 0);
  for (int n = 0; n < 10000; ++n) ++counts[static_cast<std::size_t>(worked::draw_by_share({0, 1, 3, 0}, random))];
  EXPECT_EQ(counts[0] + counts[3], 0);
  EXPECT_NEAR(counts[2], 7500, 5 * std::sqrt(10000 * 0.25 * 0.75));
}

TEST(Worked05, SmoothingEndsWhereNothingChanges) {
  EXPECT_EQ(worked::smoothed({0, 5, 0, 0, 3, 3}, 100), (std::vector<double>{0, 0, 0, 0, 3, 3}));
  EXPECT_EQ(worked::smoothed({0, 5, 0}, 0), (std::vector<double>{0, 5, 0}));
}

TEST(Worked05, ARowIsNoOtherOfItself) {
  EXPECT_DOUBLE_EQ(worked::mean_distance_to_others(TensorD({3, 2}, {0, 0, 3, 4, 0, 1}), 0), 3);
}

TEST(Worked05, SquaredDistancesAddUpOverTheColumns) {
  EXPECT_DOUBLE_EQ(worked::squared_distance(TensorD({1, 2}, {1, 1}), 0, TensorD({2, 2}, {0, 0, 4, 5}), 1), 25);
}

TEST(Worked05, AgreementIsTheLibrarys) {
  Random random(7);
  for (int round = 0; round < 20; ++round) {
    std::vector<int> one, other;
    for (int n = 0; n < 15; ++n) {
      one.push_back(random.below(3));
      other.push_back(random.chance(0.6) ? one.back() : random.below(4));
    }
    EXPECT_NEAR(worked::adjusted_rand(one, other), handbuilt::clustering::adjusted_rand(one, other), 1e-12);
  }
  EXPECT_DOUBLE_EQ(worked::adjusted_rand({0, 0, 1, 1}, {5, 5, 2, 2}), 1);
  EXPECT_DOUBLE_EQ(worked::adjusted_rand({0}, {0}), 1);
}

}  // namespace
