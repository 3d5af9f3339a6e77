#include "nn/sequential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nn/activation.hpp"
#include "nn/dense.hpp"
#include "nn/lenet.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

Sequential<double> small_network() {
  Random random(5);
  Sequential<double> network;
  network.add<Dense>(DenseOptions{.inputs = 4, .outputs = 3}, random, Initialisation::torch_default);
  network.add<Tanh>();
  network.add<Dense>(DenseOptions{.inputs = 3, .outputs = 2}, random, Initialisation::torch_default);
  return network;
}

TEST(Sequential, FeedsEveryLayerTheOutputOfTheOneBefore) {
  Sequential<double> network = small_network();
  const TensorD input = random_tensor({2, 4});
  const TensorD output = network.forward(input, Pass::inference);
  const TensorD step0 = network.layer(0).forward(input, Pass::inference);
  const TensorD step1 = network.layer(1).forward(step0, Pass::inference);
  EXPECT_EQ(network.layer(2).forward(step1, Pass::inference), output);
}

TEST(Sequential, ShowsWhatEachLayerPutOut) {
  Sequential<double> network = small_network();
  EXPECT_THROW((void)network.output_of(0), ValueError);
  const TensorD input = random_tensor({2, 4});
  const TensorD& output = network.forward(input, Pass::inference);
  EXPECT_EQ(network.output_of(0).shape(), (Shape{2, 3}));
  EXPECT_EQ(&network.output_of(2), &output);
  EXPECT_THROW((void)network.output_of(3), IndexError);
}

TEST(Sequential, ACopySharesNothing) {
  Sequential<double> network = small_network();
  Sequential<double> copy = network;
  const TensorD input = random_tensor({2, 4});
  const TensorD before = network.forward(input, Pass::inference);
  EXPECT_EQ(copy.forward(input, Pass::inference), before);
  for (Parameter<double>* parameter : copy.parameters()) parameter->value.fill(0);
  EXPECT_EQ(network.forward(input, Pass::inference), before);
}

TEST(Sequential, ACopyNeedsAForwardOfItsOwnBeforeBackward) {
  Sequential<double> network = small_network();
  const TensorD input = random_tensor({2, 4});
  network.forward(input, Pass::training);
  const std::unique_ptr<Layer<double>> copy = network.clone();
  EXPECT_THROW(copy->backward(TensorD({2, 2})), ValueError);
}

TEST(Sequential, NamesTheLayerAndBothShapesWhenTheInputDoesNotFit) {
  Sequential<double> network = small_network();
  Random random(1);
  network.add<Dense>(DenseOptions{.inputs = 7, .outputs = 2}, random);
  EXPECT_EQ(message_of<ShapeError>([&] {
              network.forward(TensorD({5, 4}), Pass::inference);
            }),
            "layer 3, dense 7 -> 2: expected input [batch, 7], got [5, 2]");
  EXPECT_EQ(message_of<ShapeError>([&] {
              (void)network.summary({5, 9});
            }),
            "layer 0, dense 4 -> 3: expected input [batch, 4], got [5, 9]");
}

TEST(Sequential, ZeroesEveryGradient) {
  Sequential<double> network = small_network();
  const TensorD input = random_tensor({2, 4});
  const TensorD& output = network.forward(input, Pass::training);
  network.backward(random_tensor(output.shape()));
  EXPECT_NE(network.parameters()[0]->gradient(0, 0), 0);
  network.zero_gradients();
  for (const Parameter<double>* parameter : network.parameters())
    EXPECT_EQ(parameter->gradient, TensorD(parameter->value.shape()));
}

TEST(Sequential, CanLeaveOutTheGradientOfItsInput) {
  Sequential<double> network = small_network();
  network.wants_d_input(false);
  const TensorD input = random_tensor({2, 4});
  network.forward(input, Pass::training);
  EXPECT_TRUE(network.backward(random_tensor({2, 2})).empty());
}

TEST(Sequential, WithoutLayersIsTheIdentity) {
  Sequential<float> network;
  const Tensor input = random_tensor<float>({2, 4});
  EXPECT_EQ(network.forward(input, Pass::training), input);
  EXPECT_EQ(network.backward(input), input);
}

TEST(Sequential, SummaryListsEveryLayerWithItsOutputAndParameters) {
  EXPECT_EQ(small_network().summary({10, 4}),
            "layer         output   parameters\n"
            "dense 4 -> 3  [10, 3]          15\n"
            "tanh          [10, 3]           0\n"
            "dense 3 -> 2  [10, 2]           8\n"
            "total                          23\n");
}

TEST(LeNet, Has62558Parameters) {
  Random random(1);
  EXPECT_EQ(lenet<float>(random).parameter_count(), 62558);
}

TEST(LeNet, TurnsDigitsIntoTenLogits) {
  Random random(1);
  EXPECT_EQ(lenet<float>(random).output_shape({64, 1, 28, 28}), (Shape{64, 10}));
  EXPECT_THAT(lenet<float>(random).summary({1, 1, 28, 28}), testing::HasSubstr("conv 5x5, 8 -> 16"));
}

TEST(LeNet, InFloatAndDoubleStartsFromTheSameDraws) {
  Random one(1), two(1);
  Sequential<float> in_float = lenet<float>(one);
  Sequential<double> in_double = lenet<double>(two);
  for (std::size_t p = 0; p < in_double.parameters().size(); ++p)
    EXPECT_EQ(converted<float>(in_double.parameters()[p]->value), in_float.parameters()[p]->value);
}

}  // namespace
}  // namespace handbuilt::nn
