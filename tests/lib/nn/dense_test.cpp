#include "nn/dense.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  try {
    dense.forward(Tensor({5, 4}), Pass::inference);
    FAIL() << "expected a ShapeError";
  } catch (const ShapeError& error) {
    EXPECT_STREQ(error.what(), "dense 3 -> 2: expected input [batch, 3], got [5, 4]");
  }
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
