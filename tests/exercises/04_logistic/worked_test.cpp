// What stands above the blanks of lesson 04 as a model has to be right itself.

#include <gtest/gtest.h>

#include <cmath>

#include "tasks.hpp"

namespace {

TEST(Worked, TheLengthOfAnArrowIsPythagoras) {
  EXPECT_DOUBLE_EQ(worked::length(3, -4), 5);
  EXPECT_DOUBLE_EQ(worked::length(0, 0), 0);
  EXPECT_DOUBLE_EQ(worked::length(3e200, 4e200), 5e200);
  EXPECT_DOUBLE_EQ(worked::length(-3e-200, 4e-200), 5e-200);
}

TEST(Worked, LogAddIsTheLogOfTheSum) {
  EXPECT_NEAR(worked::log_add(std::log(2.0), std::log(3.0)), std::log(5.0), 1e-15);
  EXPECT_DOUBLE_EQ(worked::log_add(1000, 0), 1000);
  EXPECT_DOUBLE_EQ(worked::log_add(-1000, -1000), -1000 + std::log(2.0));
  EXPECT_DOUBLE_EQ(worked::log_add(0, -40), std::exp(-40.0));
}

TEST(Worked, TheSquaredErrorsGradientIsItsSlope) {
  const TensorD x({3, 2}, {1, 2, 1, -1, 1, 0.5});
  const std::vector<double> y{1, 0, 2};
  const auto loss = [&](const TensorD& b) {
    double sum = 0;
    for (int n = 0; n < 3; ++n)
      sum += std::pow(x(n, 0) * b(0) + x(n, 1) * b(1) - y[static_cast<std::size_t>(n)], 2) / 6;
    return sum;
  };
  const TensorD at({2}, {0.3, -0.7}), gradient = worked::squared_error_gradient(x, y, at);
  for (int i = 0; i < 2; ++i) {
    TensorD above = at, below = at;
    above(i) += 1e-5;
    below(i) -= 1e-5;
    EXPECT_NEAR(gradient(i), (loss(above) - loss(below)) / 2e-5, 1e-9);
  }
}

TEST(Worked, SharesOfARowAddUpToOne) {
  EXPECT_EQ(worked::shares(TensorD({2, 2}, {1, 3, 2, 2})), TensorD({2, 2}, {0.25, 0.75, 0.5, 0.5}));
}

TEST(Worked, AThresholdCostsItsMistakes) {
  const std::vector<double> probabilities{0.2, 0.4, 0.8, 0.9};
  const std::vector<int> labels{0, 1, 0, 1};
  EXPECT_DOUBLE_EQ(worked::cost_of(0.5, probabilities, labels, 1, 10), 11.0 / 4);
  EXPECT_DOUBLE_EQ(worked::cost_of(0.4, probabilities, labels, 1, 10), 1.0 / 4);
  EXPECT_DOUBLE_EQ(worked::cost_of(0.95, probabilities, labels, 1, 10), 20.0 / 4);
}

TEST(Worked, TheHistogramCountsBothEnds) {
  EXPECT_EQ(worked::histogram({-1, -0.5, 0, 0.9, 1}, -1, 1, 2), (std::vector<int>{2, 3}));
}

}  // namespace
