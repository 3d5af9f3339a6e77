#include "plot/scale.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.hpp"

namespace {

using handbuilt::Random;
using handbuilt::plot::Scale;

constexpr double kPixel = 1e-6;

TEST(Scale, SendsTheEndsOfTheRangeToTheEndsOfTheAxis) {
  Random random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const double low = random.uniform(-1e6, 1e6), high = low + random.uniform(1e-3, 1e6);
    const Scale scale({low, high}, 380, 40);
    EXPECT_NEAR(scale(low), 380, kPixel);
    EXPECT_NEAR(scale(high), 40, kPixel);
  }
}

TEST(Scale, KeepsProportionsOnALinearAxis) {
  Random random(2);
  const Scale scale({-3, 9}, 50, 600);
  for (int trial = 0; trial < 200; ++trial) {
    const double a = random.uniform(-3, 9), b = random.uniform(-3, 9), share = random.uniform();
    EXPECT_NEAR(scale(a + share * (b - a)), scale(a) + share * (scale(b) - scale(a)), kPixel);
  }
}

TEST(Scale, MakesEqualRatiosEqualDistancesOnALogarithmicAxis) {
  Random random(3);
  const Scale scale({1e-4, 1e5}, 50, 600, true);
  for (int trial = 0; trial < 200; ++trial) {
    const double a = std::pow(10, random.uniform(-4, 4)), b = std::pow(10, random.uniform(-4, 4));
    EXPECT_NEAR(scale(7 * a) - scale(a), scale(7 * b) - scale(b), kPixel);
  }
}

TEST(Scale, HasNoPlaceForANumberWithoutLogarithm) {
  const Scale scale({1, 10}, 0, 100, true);
  EXPECT_TRUE(std::isnan(scale(0)));
  EXPECT_TRUE(std::isnan(scale(-1)));
  EXPECT_TRUE(std::isnan(scale(std::nan(""))));
}

}  // namespace
