#include "nn/conv2d.hpp"

#include <gtest/gtest.h>

#include "nn/gradient_check.hpp"
#include "nn/plain.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

struct Case {
  Conv2dOptions options;
  Shape input;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << "kernel " << test.options.kernel << ", stride " << test.options.stride << ", padding " << test.options.padding
       << ", input " << test.input.to_string();
}

class Conv2dOnOddShapes : public testing::TestWithParam<Case> {
 protected:
  Conv2d<double> layer() const {
    Random random(7);
    return Conv2d<double>(GetParam().options, random, Initialisation::torch_default);  // with biases other than zero
  }
};

INSTANTIATE_TEST_SUITE_P(, Conv2dOnOddShapes,
                         testing::Values(Case{{1, 1, 1, 1, 0}, {1, 1, 1, 1}},  // one pixel
                                         Case{{1, 2, 3, 1, 1}, {1, 1, 1, 1}},  // one pixel in the middle of padding
                                         Case{{2, 3, 3, 1, 0}, {2, 2, 7, 5}},  // not square
                                         Case{{2, 3, 3, 1, 0}, {2, 2, 3, 3}},  // a kernel as large as the image
                                         Case{{1, 2, 5, 1, 1}, {2, 1, 3, 3}},  // a kernel as large as the padded image
                                         Case{{3, 2, 2, 3, 0}, {2, 3, 8, 9}},  // a stride larger than the kernel
                                         Case{{2, 2, 1, 2, 0}, {1, 2, 5, 4}},  // every other pixel
                                         Case{{2, 4, 3, 2, 2}, {3, 2, 6, 7}},  // stride and padding, rows left over
                                         Case{{1, 1, 3, 1, 4}, {1, 1, 2, 2}},  // windows that see nothing but padding
                                         Case{{1, 8, 5, 1, 2}, {2, 1, 12, 14}},  // as LeNet begins
                                         Case{{2, 3, 11, 1, 0}, {1, 2, 12, 14}}  // a kernel wider than a chunk
                                         ));

TEST_P(Conv2dOnOddShapes, ForwardEqualsThePlainLoops) {
  Conv2d<double> conv = layer();
  const TensorD input = random_tensor(GetParam().input);
  const TensorD expected = plain::conv2d_forward(input, conv.parameters()[0]->value, conv.parameters()[1]->value,
                                                 GetParam().options.stride, GetParam().options.padding);
  EXPECT_LT(relative_difference(conv.forward(input, Pass::inference), expected), 1e-14);
}

TEST_P(Conv2dOnOddShapes, BackwardEqualsThePlainLoops) {
  Conv2d<double> conv = layer();
  const TensorD input = random_tensor(GetParam().input);
  const TensorD d_output = random_tensor(conv.forward(input, Pass::training).shape(), 2);
  const auto expected = plain::conv2d_backward(input, conv.parameters()[0]->value, d_output, GetParam().options.stride,
                                               GetParam().options.padding);
  EXPECT_LT(relative_difference(conv.backward(d_output), expected.d_input), 1e-14);
  EXPECT_LT(relative_difference(conv.parameters()[0]->gradient, expected.d_weights), 1e-14);
  EXPECT_LT(relative_difference(conv.parameters()[1]->gradient, expected.d_bias), 1e-14);
}

TEST_P(Conv2dOnOddShapes, GradientsMatchFiniteDifferences) {
  Conv2d<double> conv = layer();
  const GradientCheck check = gradient_check(conv, random_tensor(GetParam().input));
  EXPECT_LT(check.worst(), 1e-6) << check.to_string();
}

TEST_P(Conv2dOnOddShapes, FloatIsCloseToDouble) {
  Random random(7);
  Conv2d<float> in_float(GetParam().options, random, Initialisation::torch_default);
  Conv2d<double> in_double = layer();
  const TensorD input = random_tensor(GetParam().input);
  const Tensor float_input = converted<float>(input);
  const TensorD d_output = random_tensor(in_double.forward(input, Pass::training).shape(), 2);
  EXPECT_LT(
      relative_difference(in_float.forward(float_input, Pass::training), in_double.forward(input, Pass::training)),
      1e-4);
  EXPECT_LT(relative_difference(in_float.backward(converted<float>(d_output)), in_double.backward(d_output)), 1e-4);
  for (std::size_t p = 0; p < 2; ++p)
    EXPECT_LT(relative_difference(in_float.parameters()[p]->gradient, in_double.parameters()[p]->gradient), 1e-4);
}

TEST(Conv2d, TakesALargeImageInBlocksAndGetsTheSame) {
  Random random(7);
  Conv2d<double> conv({.in_channels = 2, .out_channels = 3, .kernel = 3, .padding = 1}, random);
  const TensorD input = random_tensor({1, 2, 90, 130});  // 18 x 11,700 window values: more than one block
  const TensorD expected = plain::conv2d_forward(input, conv.parameters()[0]->value, conv.parameters()[1]->value, 1, 1);
  EXPECT_LT(relative_difference(conv.forward(input, Pass::training), expected), 1e-14);
  const TensorD d_output = random_tensor(expected.shape(), 2);
  const auto gradients = plain::conv2d_backward(input, conv.parameters()[0]->value, d_output, 1, 1);
  EXPECT_LT(relative_difference(conv.backward(d_output), gradients.d_input), 1e-13);
  EXPECT_LT(relative_difference(conv.parameters()[0]->gradient, gradients.d_weights), 1e-13);
}

TEST(Conv2d, AddsToTheGradientsThatAreThere) {
  Random random(7);
  Conv2d<double> conv({.in_channels = 1, .out_channels = 2, .kernel = 2}, random);
  const TensorD input = random_tensor({2, 1, 4, 4});
  const TensorD d_output = random_tensor(conv.forward(input, Pass::training).shape());
  conv.backward(d_output);
  TensorD twice = conv.parameters()[0]->gradient;
  for (double& value : twice) value *= 2;
  conv.backward(d_output);
  EXPECT_LT(relative_difference(conv.parameters()[0]->gradient, twice), 1e-14);
}

TEST(Conv2d, KeepsItsBuffersFromStepToStep) {
  Random random(7);
  Conv2d<float> conv({.in_channels = 1, .out_channels = 2, .kernel = 3}, random);
  const Tensor large = random_tensor<float>({4, 1, 9, 9}), small = random_tensor<float>({2, 1, 9, 9});
  const float* before = conv.forward(large, Pass::training).data();
  conv.forward(small, Pass::training);
  EXPECT_EQ(conv.forward(large, Pass::training).data(), before);
}

TEST(Conv2d, SaysWhichShapeItExpected) {
  Random random(7);
  const Conv2d<float> conv({.in_channels = 3, .out_channels = 2, .kernel = 5, .padding = 1}, random);
  EXPECT_EQ(message_of<ShapeError>([&] {
              (void)conv.output_shape({4, 1, 9, 9});
            }),
            "conv 5x5, 3 -> 2, padding 1: expected input [batch, 3, height >= 3, width >= 3], got [4, 1, 9, 9]");
  EXPECT_THROW((void)conv.output_shape({4, 3, 9, 2}), ShapeError);
  EXPECT_THROW((void)conv.output_shape({3, 9, 9}), ShapeError);
}

TEST(Conv2d, RefusesAGradientOfAnotherShapeThanItsOutput) {
  Random random(7);
  Conv2d<float> conv({.in_channels = 1, .out_channels = 2, .kernel = 3}, random);
  const Tensor input({1, 1, 5, 5});
  conv.forward(input, Pass::training);
  EXPECT_EQ(message_of<ShapeError>([&] {
              conv.backward(Tensor({1, 2, 4, 4}));
            }),
            "conv 3x3, 1 -> 2: expected d_output [1, 2, 3, 3], got [1, 2, 4, 4]");
}

TEST(Conv2d, RefusesOptionsOutOfRange) {
  Random random(7);
  EXPECT_THROW(Conv2d<float>({.kernel = 0}, random), ValueError);
  EXPECT_THROW(Conv2d<float>({.stride = 0}, random), ValueError);
  EXPECT_THROW(Conv2d<float>({.padding = -1}, random), ValueError);
  EXPECT_THROW(Conv2d<float>({.in_channels = 0}, random), ValueError);
}

TEST(Conv2d, ForTheFirstLayerLeavesOutTheGradientOfTheInput) {
  Random random(7);
  Conv2d<float> conv({.kernel = 3}, random);
  conv.wants_d_input(false);
  const Tensor input = random_tensor<float>({1, 1, 5, 5});
  conv.forward(input, Pass::training);
  EXPECT_TRUE(conv.backward(random_tensor<float>({1, 1, 3, 3})).empty());
  EXPECT_NE(conv.parameters()[0]->gradient(0, 0, 0, 0), 0.0f);
}

}  // namespace
}  // namespace handbuilt::nn
