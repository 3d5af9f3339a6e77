// What stands above the blanks of lesson 01 as a model has to be right itself.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tasks.hpp"

namespace {

TEST(Worked01, MidrangeLiesHalfway) {
  EXPECT_DOUBLE_EQ(worked::midrange({3, -1, 9, 2}), 4);
  EXPECT_TRUE(std::isnan(worked::midrange({})));
}

TEST(Worked01, MeanErrorCancels) {
  EXPECT_DOUBLE_EQ(worked::mean_error({10, 10}, {0, 20}), 0);
  EXPECT_DOUBLE_EQ(worked::mean_error({10, 11}, {9, 9}), 1.5);
  EXPECT_TRUE(std::isnan(worked::mean_error({}, {})));
}

TEST(Worked01, DrawingWithReplacementStaysInRangeAndRepeatsWithItsSeed) {
  const std::vector<int> drawn = worked::draw_with_replacement(10, 200, 3);
  EXPECT_EQ(std::set<int>(drawn.begin(), drawn.end()).size(), 10U);
  EXPECT_EQ(*std::max_element(drawn.begin(), drawn.end()), 9);
  EXPECT_EQ(drawn, worked::draw_with_replacement(10, 200, 3));
}

TEST(Worked01, GroupSizesCountEmptyGroupsToo) {
  EXPECT_EQ(worked::group_sizes({0, 2, 2}, 4), (std::vector<int>{1, 0, 2, 0}));
}

TEST(Worked01, MeanOfAllOthersLeavesOneOut) {
  EXPECT_EQ(worked::mean_of_all_others({1, 2, 6}), (std::vector<double>{4, 3.5, 1.5}));
}

TEST(Worked01, ColumnEffectsAddUpToNothing) {
  EXPECT_EQ(worked::column_effects(TensorD({2, 3}, {1, 2, 3, 3, 4, 5})), (std::vector<double>{-1, 0, 1}));
}

}  // namespace
