#include "nn/initialisation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace handbuilt::nn {
namespace {

struct Case {
  Initialisation how;
  double variance;
  bool uniform;
};

class Weights : public testing::TestWithParam<Case> {};

constexpr int kFanIn = 50, kFanOut = 400;
INSTANTIATE_TEST_SUITE_P(, Weights,
                         testing::Values(Case{Initialisation::he_normal, 2.0 / 50, false},
                                         Case{Initialisation::he_uniform, 2.0 / 50, true},
                                         Case{Initialisation::glorot_normal, 2.0 / 450, false},
                                         Case{Initialisation::glorot_uniform, 2.0 / 450, true},
                                         Case{Initialisation::torch_default, 1.0 / 150, true}));

TEST_P(Weights, HaveTheMeanAndVarianceOfTheirRule) {
  Random random(1);
  TensorD weights({kFanOut, kFanIn}), bias(Shape{kFanOut});
  initialise(weights, bias, kFanIn, kFanOut, GetParam().how, random);
  double sum = 0, squares = 0, largest = 0;
  for (const double w : weights) {
    sum += w;
    squares += w * w;
    largest = std::max(largest, std::abs(w));
  }
  // Of 20,000 draws the mean strays by 0.7 % of the standard deviation, the variance by at most 1 %: allow 5 sigma.
  const double size = static_cast<double>(weights.size()), deviation = std::sqrt(GetParam().variance);
  EXPECT_NEAR(sum / size, 0, 5 * deviation / std::sqrt(size));
  EXPECT_NEAR(squares / size / GetParam().variance, 1, 5 * std::sqrt(2 / size));
  if (GetParam().uniform) {
    EXPECT_LE(largest, std::sqrt(3.0) * deviation);
    EXPECT_GT(largest, 0.99 * std::sqrt(3.0) * deviation);
  } else {
    EXPECT_GT(largest, 3 * deviation);
  }
}

TEST_P(Weights, BiasesStartAtZeroExceptAsInPyTorch) {
  Random random(1);
  TensorD weights({2, kFanIn}), bias(Shape{kFanOut});
  initialise(weights, bias, kFanIn, kFanOut, GetParam().how, random);
  const bool all_zero = std::all_of(bias.begin(), bias.end(), [](double b) { return b == 0; });
  EXPECT_EQ(all_zero, GetParam().how != Initialisation::torch_default);
}

TEST(Initialise, RefusesFansBelowOne) {
  Random random(1);
  TensorD weights({2, 2}), bias(Shape{2});
  EXPECT_THROW(initialise(weights, bias, 0, 2, Initialisation::he_normal, random), ValueError);
}

}  // namespace
}  // namespace handbuilt::nn
