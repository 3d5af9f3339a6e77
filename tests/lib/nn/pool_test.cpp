#include "nn/pool.hpp"

#include <gtest/gtest.h>

#include "nn/gradient_check.hpp"
#include "nn/plain.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

struct Case {
  PoolOptions options;
  Shape input;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << "kernel " << test.options.kernel << ", stride " << test.options.stride << ", input "
       << test.input.to_string();
}

class PoolOnOddShapes : public testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(, PoolOnOddShapes,
                         testing::Values(Case{{1, 1}, {1, 1, 1, 1}},    // one pixel
                                         Case{{2, 2}, {2, 3, 4, 6}},    // the common case
                                         Case{{2, 2}, {1, 1, 5, 7}},    // a row and a column left over
                                         Case{{3, 3}, {2, 1, 3, 3}},    // a window as large as the image
                                         Case{{3, 1}, {1, 2, 5, 4}},    // windows that overlap
                                         Case{{2, 3}, {2, 2, 8, 9}},    // a stride larger than the window
                                         Case{{2, 5}, {1, 1, 4, 3}}));  // a stride larger than the image

TEST_P(PoolOnOddShapes, MaxEqualsThePlainLoops) {
  const auto [kernel, stride] = GetParam().options;
  MaxPool2d<double> pool(GetParam().options);
  const TensorD input = random_tensor(GetParam().input);
  EXPECT_EQ(pool.forward(input, Pass::training), plain::max_pool_forward(input, kernel, stride));
  const TensorD d_output = random_tensor(pool.output_shape(input.shape()), 2);
  EXPECT_LT(relative_difference(pool.backward(d_output), plain::max_pool_backward(input, d_output, kernel, stride)),
            1e-15);
}

TEST_P(PoolOnOddShapes, MeanEqualsThePlainLoops) {
  const auto [kernel, stride] = GetParam().options;
  AvgPool2d<double> pool(GetParam().options);
  const TensorD input = random_tensor(GetParam().input);
  EXPECT_LT(
      relative_difference(pool.forward(input, Pass::training), plain::average_pool_forward(input, kernel, stride)),
      1e-15);
  const TensorD d_output = random_tensor(pool.output_shape(input.shape()), 2);
  EXPECT_LT(relative_difference(pool.backward(d_output),
                                plain::average_pool_backward(input.shape(), d_output, kernel, stride)),
            1e-15);
}

TEST_P(PoolOnOddShapes, GradientsMatchFiniteDifferences) {
  const TensorD input = spread_tensor(GetParam().input);
  MaxPool2d<double> max_pool(GetParam().options);
  const GradientCheck max_check = gradient_check(max_pool, input);
  EXPECT_LT(max_check.worst(), 1e-6) << max_check.to_string();
  AvgPool2d<double> average_pool(GetParam().options);
  const GradientCheck average_check = gradient_check(average_pool, input);
  EXPECT_LT(average_check.worst(), 1e-6) << average_check.to_string();
}

TEST_P(PoolOnOddShapes, FloatIsCloseToDouble) {
  const TensorD input = spread_tensor(GetParam().input);
  const Tensor float_input = converted<float>(input);
  AvgPool2d<double> in_double(GetParam().options);
  AvgPool2d<float> in_float(GetParam().options);
  const TensorD d_output = random_tensor(in_double.output_shape(input.shape()), 2);
  EXPECT_LT(
      relative_difference(in_float.forward(float_input, Pass::training), in_double.forward(input, Pass::training)),
      1e-4);
  EXPECT_LT(relative_difference(in_float.backward(converted<float>(d_output)), in_double.backward(d_output)), 1e-4);
}

TEST(MaxPool2d, GivesTheGradientOfATieToTheFirst) {
  for (const PoolOptions options : {PoolOptions{2, 2}, PoolOptions{3, 3}}) {
    MaxPool2d<float> pool(options);
    Tensor input({1, 1, options.kernel, options.kernel});
    input.fill(4);
    pool.forward(input, Pass::training);
    const Tensor d_input = pool.backward(Tensor({1, 1, 1, 1}, {3.0f}));
    EXPECT_EQ(d_input[0], 3.0f);
    for (std::ptrdiff_t i = 1; i < d_input.size(); ++i) EXPECT_EQ(d_input[i], 0.0f) << i;
  }
}

TEST(MaxPool2d, AmongSomeTiesAgreesWithThePlainLoops) {
  Random random(3);
  Tensor input({3, 2, 12, 38});
  for (float& value : input) value = static_cast<float>(random.below(3));
  MaxPool2d<float> pool;
  pool.forward(input, Pass::training);
  const Tensor d_output = random_tensor<float>(pool.output_shape(input.shape()));
  EXPECT_EQ(pool.backward(d_output), plain::max_pool_backward(input, d_output, 2, 2));
}

TEST(MaxPool2d, SaysWhichShapeItExpected) {
  const MaxPool2d<float> pool({.kernel = 3, .stride = 2});
  EXPECT_EQ(message_of<ShapeError>([&] {
              (void)pool.output_shape({1, 1, 2, 5});
            }),
            "max-pool 3x3, stride 2: expected input [batch, channels, height >= 3, width >= 3], got [1, 1, 2, 5]");
}

TEST(MaxPool2d, RefusesOptionsOutOfRange) {
  EXPECT_THROW(MaxPool2d<float>({.kernel = 0, .stride = 1}), ValueError);
  EXPECT_THROW(AvgPool2d<float>({.kernel = 1, .stride = 0}), ValueError);
}

}  // namespace
}  // namespace handbuilt::nn
