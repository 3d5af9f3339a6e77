#include "nn/dense.hpp"

#include <gtest/gtest.h>

#include <array>

#include "nn/gradient_check.hpp"
#include "nn/plain.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

TEST(Dense, WeighsEveryInputAndAddsTheBias) {
  Random random(1);
  Dense<double> dense({.inputs = 3, .outputs = 2}, random);
  dense.parameters()[0]->value = TensorD({2, 3}, {1, 2, 3, 10, 20, 30});
  dense.parameters()[1]->value = TensorD({2}, {0.5, -0.5});
  const TensorD input({2, 3}, {1, 1, 1, 0, 2, 0});
  EXPECT_EQ(dense.forward(input, Pass::inference), TensorD({2, 2}, {6.5, 59.5, 4.5, 39.5}));
}

TEST(Dense, NamesBothShapesWhenTheInputDoesNotFit) {
  Random random(1);
  Dense<float> dense({.inputs = 3, .outputs = 2}, random);
  EXPECT_EQ(message_of<ShapeError>([&] {
              dense.forward(Tensor({5, 4}), Pass::inference);
            }),
            "dense 3 -> 2: expected input [batch, 3], got [5, 4]");
}

class DenseOnOddShapes : public testing::TestWithParam<std::array<int, 3>> {
 protected:
  const int batch = GetParam()[0];
  const DenseOptions options{.inputs = GetParam()[1], .outputs = GetParam()[2]};
};

INSTANTIATE_TEST_SUITE_P(, DenseOnOddShapes,
                         testing::Values(std::array{1, 1, 1}, std::array{1, 5, 3}, std::array{7, 1, 4},
                                         std::array{3, 4, 1}, std::array{17, 9, 33}));

TEST_P(DenseOnOddShapes, EqualsThePlainLoops) {
  Random random(1);
  Dense<double> dense(options, random, Initialisation::torch_default);
  const TensorD &weights = dense.parameters()[0]->value, &bias = dense.parameters()[1]->value;
  const TensorD input = random_tensor({batch, options.inputs}), d_output = random_tensor({batch, options.outputs}, 2);
  EXPECT_LT(relative_difference(dense.forward(input, Pass::training), plain::dense_forward(input, weights, bias)),
            1e-14);
  const auto expected = plain::dense_backward(input, weights, d_output);
  EXPECT_LT(relative_difference(dense.backward(d_output), expected.d_input), 1e-14);
  EXPECT_LT(relative_difference(dense.parameters()[0]->gradient, expected.d_weights), 1e-14);
  EXPECT_LT(relative_difference(dense.parameters()[1]->gradient, expected.d_bias), 1e-14);
}

TEST_P(DenseOnOddShapes, GradientsMatchFiniteDifferences) {
  Random random(1);
  Dense<double> dense(options, random, Initialisation::torch_default);
  const GradientCheck check = gradient_check(dense, random_tensor({batch, options.inputs}));
  EXPECT_LT(check.worst(), 1e-6) << check.to_string();
}

TEST_P(DenseOnOddShapes, FloatIsCloseToDouble) {
  Random one(1), two(1);
  Dense<double> in_double(options, one);
  Dense<float> in_float(options, two);
  const TensorD input = random_tensor({batch, options.inputs}), d_output = random_tensor({batch, options.outputs}, 2);
  const Tensor float_input = converted<float>(input);
  EXPECT_LT(
      relative_difference(in_float.forward(float_input, Pass::training), in_double.forward(input, Pass::training)),
      1e-4);
  EXPECT_LT(relative_difference(in_float.backward(converted<float>(d_output)), in_double.backward(d_output)), 1e-4);
  EXPECT_LT(relative_difference(in_float.parameters()[0]->gradient, in_double.parameters()[0]->gradient), 1e-4);
}

TEST(Dense, RefusesBackwardAfterInference) {
  Random random(1);
  Dense<float> dense({.inputs = 3, .outputs = 2}, random);
  const Tensor input({5, 3});
  dense.forward(input, Pass::inference);
  EXPECT_THROW(dense.backward(Tensor({5, 2})), ValueError);
}

TEST(Dense, RefusesOptionsWithoutInputsOrOutputs) {
  Random random(1);
  EXPECT_THROW(Dense<float>({.inputs = 0, .outputs = 2}, random), ValueError);
  EXPECT_THROW(Dense<float>({.inputs = 2, .outputs = -1}, random), ValueError);
}

}  // namespace
}  // namespace handbuilt::nn
