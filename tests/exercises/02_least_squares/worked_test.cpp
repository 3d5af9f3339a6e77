// What stands above the blanks of lesson 02 as a model has to be right itself.

#include <gtest/gtest.h>

#include <vector>

#include "tasks.hpp"

namespace {

TEST(Worked, TheSlopeThroughTheOriginIsThatOfPointsOnSuchALine) {
  EXPECT_DOUBLE_EQ(worked::slope_through_origin({1, 2, -3}, {2.5, 5, -7.5}), 2.5);
  EXPECT_DOUBLE_EQ(worked::slope_through_origin({1, 2}, {1, 0}), 0.2);
}

TEST(Worked, TheMeanAbsoluteErrorForgetsSigns) {
  EXPECT_DOUBLE_EQ(worked::mean_absolute_error({1, 2, 3}, {2, 0, 3}), 1);
}

TEST(Worked, PredictionsAreTheTableTimesTheCoefficients) {
  EXPECT_EQ(worked::predict(TensorD({2, 2}, {1, 2, 3, 4}), TensorD({2}, {10, 1})), TensorD({2}, {12, 34}));
}

TEST(Worked, TheStaircaseSolvesWhatItWasMadeOf) {
  const TensorD upper({3, 3}, {2, 1, -1, 0, 4, 3, 0, 0, 5}), solution({3}, {1, -2, 3});
  EXPECT_EQ(worked::solve_upper(upper, worked::predict(upper, solution)), solution);
}

TEST(Worked, EliminationLeavesZerosBelowAndTheRestAsItWas) {
  EXPECT_EQ(worked::elimination_step(TensorD({3, 2}, {2, 1, 4, 5, 6, 7}), 0), TensorD({3, 2}, {2, 1, 0, 3, 0, 4}));
  EXPECT_EQ(worked::elimination_step(TensorD({3, 2}, {2, 1, 4, 5, 6, 10}), 1), TensorD({3, 2}, {2, 1, 4, 5, 6, 0}));
}

TEST(Worked, TheWalkEndsAtTheSlopeThroughTheOrigin) {
  const std::vector<double> x{1, 2, -1}, y{2, 3, 1};
  const worked::Walk walk = worked::walk_down(x, y, 0.3, 100);
  EXPECT_NEAR(walk.slope, worked::slope_through_origin(x, y), 1e-12);
  ASSERT_EQ(walk.losses.size(), 101U);
  EXPECT_DOUBLE_EQ(walk.losses.front(), 14.0 / 6);
  EXPECT_LT(walk.losses.back(), walk.losses.front());
}

}  // namespace
