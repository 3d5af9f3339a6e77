#include "nn/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(ConstantSchedule, NeverMoves) {
  const Schedule schedule = ConstantSchedule{.learning_rate = 0.02};
  for (const double epoch : {0.0, 3.7, 10.0, 99.0}) EXPECT_EQ(learning_rate_at(schedule, epoch, 10), 0.02);
}

TEST(StepSchedule, MultipliesByTheFactorAtTheEndOfEachStair) {
  const Schedule schedule = StepSchedule{.learning_rate = 0.8, .factor = 0.5, .every_epochs = 3};
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 0, 10), 0.8);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 2.999, 10), 0.8);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 3, 10), 0.4);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 9.5, 10), 0.1);
}

TEST(CosineSchedule, ClimbsInAStraightLineDuringTheWarmUp) {
  const Schedule schedule = CosineSchedule{.peak = 0.5, .last = 0.1, .warm_up_epochs = 2};
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 0, 12), 0);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 0.5, 12), 0.125);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 1.5, 12), 0.375);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 2, 12), 0.5);
}

TEST(CosineSchedule, IsHalfWayDownHalfWayThroughAndAtTheLastRateAtTheEnd) {
  const Schedule schedule = CosineSchedule{.peak = 0.5, .last = 0.1, .warm_up_epochs = 2};
  EXPECT_NEAR(learning_rate_at(schedule, 7, 12), 0.3, 1e-15);
  EXPECT_NEAR(learning_rate_at(schedule, 2 + 10.0 / 3, 12), 0.1 + 0.4 * 0.75, 1e-15);  // cos(60 degrees) = 1/2
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 12, 12), 0.1);
  EXPECT_DOUBLE_EQ(learning_rate_at(schedule, 50, 12), 0.1);
}

TEST(CosineSchedule, WithoutWarmUpStartsAtThePeak) {
  EXPECT_DOUBLE_EQ(learning_rate_at(CosineSchedule{.peak = 0.3, .warm_up_epochs = 0}, 0, 5), 0.3);
}

TEST(CosineSchedule, NeverRisesAfterTheWarmUp) {
  const Schedule schedule = CosineSchedule{.peak = 0.5, .last = 0.01, .warm_up_epochs = 1};
  for (double epoch = 1; epoch < 9; epoch += 0.1)
    EXPECT_GE(learning_rate_at(schedule, epoch, 9), learning_rate_at(schedule, epoch + 0.1, 9));
}

TEST(Schedule, IsRefusedOutsideItsRangeByName) {
  const auto refuses = [](const Schedule& schedule, const std::string& message) {
    EXPECT_THAT([&] { validate(schedule, 10); }, ThrowsMessage<ValueError>(HasSubstr(message)));
  };
  refuses(ConstantSchedule{.learning_rate = -0.01},
          "ConstantSchedule::learning_rate: expected a finite number above 0, got -0.01");
  refuses(ConstantSchedule{.learning_rate = std::nan("")}, "ConstantSchedule::learning_rate");
  refuses(StepSchedule{.factor = 0}, "StepSchedule::factor");
  refuses(StepSchedule{.every_epochs = 0}, "StepSchedule::every_epochs");
  refuses(CosineSchedule{.peak = 0}, "CosineSchedule::peak");
  refuses(CosineSchedule{.peak = 0.1, .last = 0.2}, "CosineSchedule::last");
  refuses(CosineSchedule{.warm_up_epochs = 10}, "CosineSchedule::warm_up_epochs");
}

}  // namespace
}  // namespace handbuilt::nn
