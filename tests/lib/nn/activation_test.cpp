#include "nn/activation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "nn/flatten.hpp"
#include "nn/gradient_check.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

template <class Kind>
class ElementwiseLayer : public testing::Test {};
using Kinds = testing::Types<ReLU<double>, Tanh<double>, Sigmoid<double>>;
TYPED_TEST_SUITE(ElementwiseLayer, Kinds);

TYPED_TEST(ElementwiseLayer, GradientMatchesFiniteDifferencesAwayFromKinks) {
  for (const Shape& shape : {Shape{1}, Shape{3, 5}, Shape{1, 1, 1, 1}, Shape{2, 3, 4, 5}}) {
    TypeParam layer;
    const GradientCheck check = gradient_check(layer, spread_tensor(shape));
    EXPECT_LT(check.worst(), 1e-6) << check.to_string();
  }
}

TEST(ReLU, CutsOffWhatIsNegative) {
  ReLU<float> relu;
  const Tensor input({4}, {-2, 0, 0.5, 3});
  EXPECT_EQ(relu.forward(input, Pass::training), Tensor({4}, {0, 0, 0.5, 3}));
  EXPECT_EQ(relu.backward(Tensor({4}, {1, 2, 3, 4})), Tensor({4}, {0, 0, 3, 4}));
}

TEST(ReLU, DoesNotHideWhatIsNotANumber) {
  ReLU<float> relu;
  const Tensor input({1}, {std::numeric_limits<float>::quiet_NaN()});
  EXPECT_TRUE(std::isnan(relu.forward(input, Pass::inference)(0)));
}

TEST(Tanh, IsTheHyperbolicTangent) {
  Tanh<double> tanh;
  const TensorD input({2}, {-30, 0.5});
  EXPECT_NEAR(tanh.forward(input, Pass::inference)(1), (std::exp(1.0) - 1) / (std::exp(1.0) + 1), 1e-15);
  EXPECT_EQ(tanh.forward(input, Pass::inference)(0), -1);
}

TEST(Sigmoid, StaysBetweenZeroAndOneHoweverLargeTheInput) {
  Sigmoid<float> sigmoid;
  const Tensor input({3}, {-1000, 0, 1000});
  EXPECT_EQ(sigmoid.forward(input, Pass::inference), Tensor({3}, {0, 0.5, 1}));
}

TEST(Flatten, KeepsTheNumbersInOrder) {
  Flatten<float> flatten;
  const Tensor input = random_tensor<float>({2, 3, 4, 5});
  EXPECT_EQ(flatten.forward(input, Pass::training), input.reshaped({2, 60}));
  EXPECT_EQ(flatten.backward(input.reshaped({2, 60})), input);
}

TEST(Flatten, RefusesAnEmptyBatch) { EXPECT_THROW((void)Flatten<float>().output_shape({0, 3, 4, 5}), ShapeError); }

TEST(Flatten, GradientMatchesFiniteDifferences) {
  Flatten<double> flatten;
  EXPECT_LT(gradient_check(flatten, random_tensor({2, 1, 3, 2})).worst(), 1e-6);
}

}  // namespace
}  // namespace handbuilt::nn
