// What stands above the blanks of lesson 10 as a model has to be right itself.

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "core/random.hpp"
#include "nn/plain.hpp"
#include "reference.hpp"

namespace {

Tensor gaussian(const Shape& shape, handbuilt::Random& random) {
  Tensor tensor(shape);
  for (float& value : tensor) value = static_cast<float>(random.normal());
  return tensor;
}

void expect_near(const Tensor& actual, const Tensor& expected, double tolerance = 1e-5) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::ptrdiff_t k = 0; k < actual.size(); ++k) EXPECT_NEAR(actual[k], expected[k], tolerance) << "at " << k;
}

class Worked : public testing::Test {
 protected:
  handbuilt::Random random_{10};
};

TEST_F(Worked, CorrelationIsAConvolutionOfOneRow) {
  const Tensor signal = gaussian({9}, random_), kernel = gaussian({9}, random_);
  // A square kernel over a square image that hold the row's numbers once: a kernel as large as the image.
  expect_near(
      worked::correlate(signal, kernel, 0.5F),
      reference::conv2d_forward(signal.reshaped({1, 1, 3, 3}), kernel.reshaped({1, 1, 3, 3}), Tensor({1}, {0.5F})));
}

TEST_F(Worked, CorrelationSlides) {
  EXPECT_EQ(worked::correlate(Tensor({4}, {1, 2, 3, 4}), Tensor({2}, {10, 1}), 0), Tensor({3}, {12, 23, 34}));
}

TEST_F(Worked, TheKernelsGradientIsTheSlopeAlongEachWeight) {
  const Tensor signal = gaussian({7}, random_), kernel = gaussian({3}, random_), d_output = gaussian({5}, random_);
  const Tensor gradient = worked::correlate_gradient_kernel(signal, d_output);
  // The correlation is linear in the kernel: the loss is gradient . kernel exactly.
  const Tensor output = worked::correlate(signal, kernel, 0);
  double loss = 0, predicted = 0;
  for (int t = 0; t < 5; ++t) loss += output(t) * d_output(t);
  for (int i = 0; i < 3; ++i) predicted += gradient(i) * kernel(i);
  EXPECT_NEAR(loss, predicted, 1e-5);
}

TEST_F(Worked, DenseGradientIsTheLibrarys) {
  const Tensor input = gaussian({3, 4}, random_), weights = gaussian({5, 4}, random_),
               d_output = gaussian({3, 5}, random_);
  expect_near(worked::dense_gradient_input(weights, d_output),
              handbuilt::nn::plain::dense_backward(input, weights, d_output).d_input);
}

TEST_F(Worked, PoolingARowFindsWindowMaximaAndTheirPlaces) {
  const convnet::Pooled pooled = worked::max_pool_row(Tensor({7}, {-3, -1, -2, 5, 4, 6, 9}), 3);
  EXPECT_EQ(pooled.values, Tensor({2}, {-1, 6}));
  EXPECT_EQ(pooled.winners, (std::vector<int>{1, 5}));
}

TEST_F(Worked, WhatWasNotKeptGetsNoGradient) {
  EXPECT_EQ(worked::keep_every_backward(Tensor({5}), 2, Tensor({3}, {7, 8, 9})), Tensor({5}, {7, 0, 8, 0, 9}));
}

TEST_F(Worked, TheLogisticLossIsSoftmaxOverZeroAndTheLogit) {
  const Tensor logits({4}, {0.5F, -2, 900, -900});
  const std::vector<int> answers{1, 1, 0, 0};
  Tensor pairs({4, 2});
  for (int n = 0; n < 4; ++n) pairs(n, 1) = logits(n);
  const convnet::Loss loss = worked::logistic_loss(logits, answers),
                      expected = reference::softmax_cross_entropy(pairs, answers);
  EXPECT_NEAR(loss.value, expected.value, 1e-4);
  for (int n = 0; n < 4; ++n) EXPECT_NEAR(loss.d_logits(n), expected.d_logits(n, 1), 1e-6);
}

TEST_F(Worked, AGradientStepGoesDownhill) {
  EXPECT_EQ(worked::gradient_step(Tensor({2}, {1, 2}), Tensor({2}, {4, -4}), 0.25F), Tensor({2}, {0, 3}));
}

TEST_F(Worked, ReluPassesGradientWhereItPassedTheInput) {
  const Tensor input({3}, {-1, 0, 2});
  EXPECT_EQ(worked::relu(input), Tensor({3}, {0, 0, 2}));
  EXPECT_EQ(worked::relu_backward(input, Tensor({3}, {5, 6, 7})), Tensor({3}, {0, 0, 7}));
}

TEST_F(Worked, ALineFindsThePointsItCameFrom) {
  const Tensor x({4}, {-1, 0, 1, 2}), y({4}, {-5, -2, 1, 4});  // y = 3 x - 2
  worked::Line line;
  float loss = 0;
  for (int step = 0; step < 500; ++step) {
    const worked::LineStep after = worked::line_step(line, x, y, 0.2F);
    line = after.line;
    loss = after.loss;
  }
  EXPECT_NEAR(line.slope, 3, 1e-4);
  EXPECT_NEAR(line.offset, -2, 1e-4);
  EXPECT_NEAR(loss, 0, 1e-6);
}

}  // namespace
