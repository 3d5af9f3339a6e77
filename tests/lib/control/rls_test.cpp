#include "control/rls.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.hpp"

namespace handbuilt::control {
namespace {

TEST(Rls, LearnsTheCoefficientsOfALine) {
  Random random(1);
  Rls<2> line;
  for (int i = 0; i < 500; ++i) {
    const double x = random.uniform(-1, 1);
    line.update({x, 1}, 3 * x - 2 + 0.01 * random.normal());
  }
  EXPECT_NEAR(line.coefficient(0), 3, 0.005);
  EXPECT_NEAR(line.coefficient(1), -2, 0.005);
  EXPECT_NEAR(line.predict({2, 1}), 4, 0.01);
}

TEST(Rls, FollowsAChangeOnlyWhenItForgets) {
  for (const double forgetting : {1.0, 0.95}) {
    Random random(2);
    Rls<1> gain({.forgetting = forgetting});
    for (int i = 0; i < 400; ++i) {
      const double x = random.normal();
      gain.update({x}, (i < 300 ? 1 : -1) * x);
    }
    if (forgetting < 1)
      EXPECT_NEAR(gain.coefficient(0), -1, 0.02);
    else
      EXPECT_GT(gain.coefficient(0), 0.2);
  }
}

TEST(Rls, ReturnsTheErrorBeforeTheUpdate) {
  Rls<1> gain;
  gain.set_coefficient(0, 2);
  EXPECT_EQ(gain.update({3}, 10), 4);
}

// A million steps in single precision, most of them without news: the textbook's P - gain x' P goes negative here.
TEST(Rls, StaysSymmetricPositiveAndBoundedInSinglePrecision) {
  Random random(3);
  Rls<3, float> wheel({.forgetting = 0.98f, .initial_variance = 1e4f, .largest_variance = 1e4f});
  for (int i = 0; i < 1'000'000; ++i) {
    const bool news = i % 1000 < 20;
    const float a = static_cast<float>(news ? random.normal() : 1e-3 * random.normal());
    const float x[3] = {a, 1, a + 1e-3f};
    wheel.update(x, 2 * a + 1 + 0.01f * static_cast<float>(random.normal()));
    if (i % 997 != 0) continue;
    for (int j = 0; j < 3; ++j) {
      ASSERT_GT(wheel.covariance(j, j), 0) << i;
      ASSERT_LE(wheel.covariance(j, j), 1e4f) << i;
      for (int k = 0; k < j; ++k) {
        ASSERT_EQ(wheel.covariance(j, k), wheel.covariance(k, j)) << i;
        ASSERT_LE(std::abs(wheel.covariance(j, k)),
                  1.001f * std::sqrt(wheel.covariance(j, j)) * std::sqrt(wheel.covariance(k, k)))
            << i;
      }
    }
  }
  EXPECT_NEAR(wheel.predict({0.5f, 1, 0.501f}), 2, 0.1);
}

TEST(Rls, GoesOnAdaptingWhereOneDirectionHasNoNews) {
  Random random(4);
  Rls<2> model({.forgetting = 0.95, .initial_variance = 100, .largest_variance = 100});
  double gain = 1;
  for (int i = 0; i < 3000; ++i) {
    if (i == 2000) gain = -1;
    const double x = random.normal();
    model.update({x, 0}, gain * x);  // the second input never moves
  }
  EXPECT_NEAR(model.coefficient(0), -1, 1e-6);
  EXPECT_EQ(model.coefficient(1), 0);
  EXPECT_LE(model.covariance(1, 1), 100);
}

TEST(Rls, LeavesOutWhatIsNotFinite) {
  Rls<1> gain;
  gain.update({1}, 2);
  const double before = gain.coefficient(0);
  EXPECT_EQ(gain.update({std::nan("")}, 1), 0);
  EXPECT_EQ(gain.update({1}, INFINITY), 0);
  EXPECT_EQ(gain.coefficient(0), before);
}

TEST(Rls, StartsAnewAfterAReset) {
  Rls<1> gain;
  gain.update({1}, 2);
  gain.reset();
  EXPECT_EQ(gain.coefficient(0), 0);
  EXPECT_EQ(gain.covariance(0, 0), 1e6);
}

}  // namespace
}  // namespace handbuilt::control
