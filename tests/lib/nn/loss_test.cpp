#include "nn/loss.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "core/error.hpp"
#include "nn/activation.hpp"
#include "nn/gradient_check.hpp"
#include "nn/sequential.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

TEST(Softmax, RowsAreProbabilitiesInTheRatioOfTheExponentials) {
  const TensorD p = softmax(TensorD({2, 3}, {0, std::log(2.0), std::log(5.0), 1, 1, 1}));
  EXPECT_NEAR(p(0, 0), 1.0 / 8, 1e-15);
  EXPECT_NEAR(p(0, 1), 2.0 / 8, 1e-15);
  EXPECT_NEAR(p(0, 2), 5.0 / 8, 1e-15);
  EXPECT_NEAR(p(1, 2), 1.0 / 3, 1e-15);
}

TEST(SoftmaxCrossEntropy, IsMinusTheMeanLogProbabilityOfTheRightClass) {
  const TensorD logits = random_tensor({5, 4});
  const std::vector<int> labels{3, 0, 1, 1, 2};
  const TensorD p = softmax(logits);
  double expected = 0;
  for (int n = 0; n < 5; ++n) expected -= std::log(p(n, labels[static_cast<std::size_t>(n)])) / 5;
  EXPECT_NEAR(softmax_cross_entropy(logits, labels), expected, 1e-14);
}

TEST(SoftmaxCrossEntropy, IsTheLogarithmOfTheClassesWhenAllAreAlike) {
  EXPECT_NEAR(softmax_cross_entropy(TensorD({3, 10}), std::array{1, 2, 3}), std::log(10.0), 1e-15);
}

TEST(SoftmaxCrossEntropy, StaysFiniteForHugeLogits) {
  const Tensor logits({2, 2}, {3e38f, -3e38f, -1e4f, 1e4f});
  Tensor d_logits;
  EXPECT_EQ(softmax_cross_entropy(logits, std::array{0, 1}, d_logits), 0);
  EXPECT_EQ(d_logits, Tensor({2, 2}));
  EXPECT_EQ(softmax_cross_entropy(logits, std::array{0, 0}), 1e4);
}

TEST(SoftmaxCrossEntropy, GradientMatchesFiniteDifferences) {
  Sequential<double> nothing;
  const std::array labels{0, 2, 1};
  const GradientCheck check = gradient_check(nothing, random_tensor({3, 4}), [&](const TensorD& z, TensorD& d) {
    return softmax_cross_entropy(z, labels, d);
  });
  EXPECT_LT(check.worst(), 1e-6) << check.to_string();
}

TEST(SoftmaxCrossEntropy, InFloatIsCloseToDouble) {
  const TensorD logits = random_tensor({6, 5});
  const std::vector<int> labels{0, 1, 2, 3, 4, 0};
  TensorD d_double;
  Tensor d_float;
  EXPECT_NEAR(softmax_cross_entropy(logits, labels, d_double),
              softmax_cross_entropy(converted<float>(logits), labels, d_float), 1e-5);
  EXPECT_LT(relative_difference(d_double, d_float), 1e-4);
}

TEST(SoftmaxCrossEntropy, RefusesALabelThatNamesNoClass) {
  EXPECT_EQ(message_of<ValueError>([] {
              softmax_cross_entropy(Tensor({2, 3}), std::array{0, 3});
            }),
            "softmax_cross_entropy: expected labels 0 ... 2, got 3 at position 1");
  EXPECT_THROW(softmax_cross_entropy(Tensor({1, 3}), std::array{-1}), ValueError);
}

TEST(SoftmaxCrossEntropy, RefusesSizesThatDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              softmax_cross_entropy(Tensor({2, 3}), std::array{0});
            }),
            "softmax_cross_entropy: expected 2 labels for logits [2, 3], got 1");
  EXPECT_THROW(softmax_cross_entropy(Tensor({0, 3}), std::vector<int>{}), ShapeError);
  EXPECT_THROW(softmax_cross_entropy(Tensor({2, 3, 1}), std::array{0, 1}), ShapeError);
}

TEST(SquaredLoss, IsTheMeanOverTheBatchOfHalfTheSquaredDistance) {
  TensorD d;
  const TensorD prediction({2, 2}, {1, 2, 3, 4}), target({2, 2}, {1, 0, 0, 4});
  EXPECT_EQ(squared_loss(prediction, target, d), (0.5 * 4 + 0.5 * 9) / 2);
  EXPECT_EQ(d, TensorD({2, 2}, {0, 1, 1.5, 0}));
}

TEST(SquaredLoss, GradientMatchesFiniteDifferences) {
  Sequential<double> nothing;
  const TensorD target = random_tensor({3, 4}, 2);
  const GradientCheck check = gradient_check(nothing, random_tensor({3, 4}),
                                             [&](const TensorD& p, TensorD& d) { return squared_loss(p, target, d); });
  EXPECT_LT(check.worst(), 1e-6) << check.to_string();
}

TEST(SquaredLoss, RefusesShapesThatDiffer) {
  Tensor d;
  EXPECT_THROW(squared_loss(Tensor({2, 3}), Tensor({3, 2}), d), ShapeError);
}

}  // namespace
}  // namespace handbuilt::nn
