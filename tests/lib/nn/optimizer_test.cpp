#include "nn/optimizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>

#include "core/error.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// A parameter vector on the bowl loss = sum of curvature[i] * weights[i]^2 / 2, whose bottom is the origin.
class Bowl {
 public:
  Bowl(std::vector<double> curvature, std::vector<double> start)
      : curvature_(std::move(curvature)),
        parameter_{"weights", TensorD({static_cast<int>(start.size())}, start),
                   TensorD({static_cast<int>(start.size())}), true} {}

  void descend(Optimizer<double>& optimizer, double learning_rate, int steps) {
    for (int step = 0; step < steps; ++step) {
      for (int i = 0; i < parameter_.value.shape()[0]; ++i)
        parameter_.gradient(i) = curvature_[static_cast<std::size_t>(i)] * parameter_.value(i);
      optimizer.step({&parameter_}, learning_rate);
    }
  }
  [[nodiscard]] double weight(int i) const { return parameter_.value(i); }
  [[nodiscard]] double distance() const {
    double sum = 0;
    for (const double weight : parameter_.value) sum += weight * weight;
    return std::sqrt(sum);
  }

 private:
  std::vector<double> curvature_;
  Parameter<double> parameter_;
};

Bowl narrow_valley() { return Bowl({1, 100}, {1, 1}); }

TEST(Sgd, WithoutMomentumShrinksAQuadraticByOneMinusRateTimesCurvatureEachStep) {
  Bowl bowl({3}, {2});
  const auto sgd = make_optimizer<double>(SgdOptions{.momentum = 0});
  bowl.descend(*sgd, 0.1, 7);
  EXPECT_NEAR(bowl.weight(0), 2 * std::pow(1 - 0.1 * 3, 7), 1e-14);
}

// On a quadratic, w[t+1] = (1 + m - a h) w[t] - m w[t-1]: a linear recurrence, solved by its two roots.
TEST(Sgd, WithMomentumFollowsTheClosedFormOfTheHeavyBall) {
  const double momentum = 0.9, rate = 0.05, curvature = 2, start = 1.5;
  const double trace = 1 + momentum - rate * curvature;
  const std::complex<double> root = std::sqrt(std::complex<double>(trace * trace - 4 * momentum));
  const std::complex<double> r1 = (trace + root) / 2.0, r2 = (trace - root) / 2.0;
  const double first = start - rate * curvature * start;
  const std::complex<double> c1 = (first - start * r2) / (r1 - r2), c2 = start - c1;

  Bowl bowl({curvature}, {start});
  const auto sgd = make_optimizer<double>(SgdOptions{.momentum = momentum});
  bowl.descend(*sgd, rate, 40);
  EXPECT_NEAR(bowl.weight(0), (c1 * std::pow(r1, 40) + c2 * std::pow(r2, 40)).real(), 1e-12);
}

TEST(Sgd, MomentumReachesTheBottomOfANarrowValleyWherePlainDescentAtTheSameRateDoesNot) {
  const double rate = 0.015;  // plain descent diverges beyond 2 / 100
  Bowl plain = narrow_valley(), heavy = narrow_valley();
  plain.descend(*make_optimizer<double>(SgdOptions{.momentum = 0}), rate, 200);
  heavy.descend(*make_optimizer<double>(SgdOptions{.momentum = 0.8}), rate, 200);
  EXPECT_GT(plain.distance(), 0.04);
  EXPECT_LT(heavy.distance(), 1e-5);
}

TEST(Sgd, NesterovRingsLessThanPlainMomentumAlongTheSteepDirection) {
  Bowl plain({100}, {1}), nesterov({100}, {1});
  plain.descend(*make_optimizer<double>(SgdOptions{.momentum = 0.95}), 0.005, 60);
  nesterov.descend(*make_optimizer<double>(SgdOptions{.momentum = 0.95, .nesterov = true}), 0.005, 60);
  EXPECT_LT(nesterov.distance(), plain.distance() / 100);
}

TEST(Sgd, NesterovsFirstStepIsOnePlusMomentumGradients) {
  Bowl bowl({1}, {1});
  bowl.descend(*make_optimizer<double>(SgdOptions{.momentum = 0.5, .nesterov = true}), 0.1, 1);
  EXPECT_DOUBLE_EQ(bowl.weight(0), 1 - 0.1 * 1.5);
}

TEST(Sgd, FollowsAChangeOfTheLearningRateAtOnce) {
  Bowl bowl({1}, {1});
  const auto sgd = make_optimizer<double>(SgdOptions{});
  bowl.descend(*sgd, 0.1, 3);
  const double before = bowl.weight(0);
  bowl.descend(*sgd, 0, 3);
  EXPECT_EQ(bowl.weight(0), before);
}

TEST(Adam, TheFirstStepIsTheLearningRateWhateverTheSizeOfTheGradient) {
  Bowl bowl({1e-3, 1, 1e6}, {1, -1, 1});
  bowl.descend(*make_optimizer<double>(AdamOptions{.epsilon = 1e-30}), 0.01, 1);
  EXPECT_NEAR(bowl.weight(0), 1 - 0.01, 1e-15);
  EXPECT_NEAR(bowl.weight(1), -1 + 0.01, 1e-15);
  EXPECT_NEAR(bowl.weight(2), 1 - 0.01, 1e-15);
}

TEST(Adam, KeepsTheStrideOfTheLearningRateUnderASteadyGradient) {
  Parameter<double> parameter{"weights", TensorD({1}, {5}), TensorD({1}, {0.3}), true};
  const auto adam = make_optimizer<double>(AdamOptions{});
  for (int step = 0; step < 50; ++step) adam->step({&parameter}, 0.01);
  EXPECT_NEAR(parameter.value(0), 5 - 50 * 0.01, 1e-6);
}

TEST(Adam, WalksAnIllScaledValleyAsFastAsARoundOne) {
  Bowl round({1, 1}, {1, 1}), ill_scaled({1, 1e4}, {1, 1});
  round.descend(*make_optimizer<double>(AdamOptions{}), 0.01, 150);
  ill_scaled.descend(*make_optimizer<double>(AdamOptions{}), 0.01, 150);
  EXPECT_NEAR(ill_scaled.weight(0), round.weight(0), 1e-6);
  EXPECT_NEAR(ill_scaled.weight(1), round.weight(1), 1e-6);
}

TEST(Adam, AZeroGradientMovesNothing) {
  Parameter<float> parameter{"weights", Tensor({2}, {1, 2}), Tensor({2}), true};
  const auto adam = make_optimizer<float>(AdamOptions{});
  for (int step = 0; step < 3; ++step) adam->step({&parameter}, 0.1);
  EXPECT_EQ(parameter.value, Tensor({2}, {1, 2}));
}

class AnyOptimizer : public ::testing::TestWithParam<OptimizerOptions> {};
INSTANTIATE_TEST_SUITE_P(Kinds, AnyOptimizer,
                         ::testing::Values(OptimizerOptions{SgdOptions{.weight_decay = 0.5}},
                                           OptimizerOptions{AdamOptions{.weight_decay = 0.5}}),
                         [](const auto& info) { return info.param.index() == 0 ? "Sgd" : "Adam"; });

TEST_P(AnyOptimizer, DecaysWeightsApartFromTheGradientAndSparesWhatDoesNotDecay) {
  Parameter<double> weights{"weights", TensorD({1}, {2}), TensorD({1}), true};
  Parameter<double> bias{"bias", TensorD({1}, {2}), TensorD({1}), false};
  const auto optimizer = make_optimizer<double>(GetParam());
  for (int step = 0; step < 3; ++step) optimizer->step({&weights, &bias}, 0.1);
  EXPECT_NEAR(weights.value(0), 2 * std::pow(1 - 0.1 * 0.5, 3), 1e-14);
  EXPECT_EQ(bias.value(0), 2);
}

TEST_P(AnyOptimizer, LeavesTheGradientsAsTheyAre) {
  Parameter<double> weights{"weights", TensorD({2}, {2, 3}), TensorD({2}, {0.25, -0.5}), true};
  make_optimizer<double>(GetParam())->step({&weights}, 0.1);
  EXPECT_EQ(weights.gradient, TensorD({2}, {0.25, -0.5}));
}

TEST_P(AnyOptimizer, RefusesOtherParametersThanInTheFirstStepAndMovesNone) {
  Parameter<double> first{"weights", TensorD({2}, {2, 3}), TensorD({2}, {1, 1}), true};
  Parameter<double> other{"weights", TensorD({3}, {2, 3, 4}), TensorD({3}, {1, 1, 1}), true};
  const auto optimizer = make_optimizer<double>(GetParam());
  optimizer->step({&first}, 0.1);
  EXPECT_THAT([&] { optimizer->step({&other}, 0.1); },
              ThrowsMessage<ShapeError>(HasSubstr("expected weights [2], got [3]")));
  EXPECT_THAT(
      [&] {
        optimizer->step({&first, &other}, 0.1);
      },
      ThrowsMessage<ShapeError>(HasSubstr("expected 1 parameters as in the first step, got 2")));
  EXPECT_EQ(other.value, TensorD({3}, {2, 3, 4}));
}

TEST(OptimizerOptions, AreRefusedOutsideTheirRangeByName) {
  const auto refuses = [](const OptimizerOptions& options, const std::string& message) {
    EXPECT_THAT([&] { validate(options); }, ThrowsMessage<ValueError>(HasSubstr(message)));
  };
  refuses(SgdOptions{.momentum = 1}, "SgdOptions::momentum: expected a number in [0, 1), got 1");
  refuses(SgdOptions{.momentum = -0.1}, "SgdOptions::momentum");
  refuses(SgdOptions{.momentum = std::numeric_limits<double>::quiet_NaN()}, "SgdOptions::momentum");
  refuses(SgdOptions{.momentum = 0, .nesterov = true}, "more than 0 for Nesterov's step");
  refuses(SgdOptions{.weight_decay = -1}, "SgdOptions::weight_decay");
  refuses(AdamOptions{.beta1 = 1}, "AdamOptions::beta1");
  refuses(AdamOptions{.beta2 = 1.5}, "AdamOptions::beta2");
  refuses(AdamOptions{.epsilon = 0}, "AdamOptions::epsilon: expected a finite number above 0, got 0");
  refuses(AdamOptions{.weight_decay = std::numeric_limits<double>::infinity()}, "AdamOptions::weight_decay");
}

}  // namespace
}  // namespace handbuilt::nn
