#include "nn/gradient_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "nn/activation.hpp"
#include "nn/dense.hpp"
#include "nn/loss.hpp"
#include "nn/sequential.hpp"
#include "tensors.hpp"

namespace handbuilt::nn {
namespace {

enum class Mistake { none, sign, transposed, overwrites, forgets_bias, forgets_a_column, not_a_number };

/// A square dense layer in plain loops, with one mistake in its gradient.
class MistakenDense final : public Layer<double> {
 public:
  MistakenDense(int size, Mistake mistake) : size_(size), mistake_(mistake) {
    weights_ = {"weights", random_tensor({size, size}, 3), TensorD({size, size})};
    bias_ = {"bias", random_tensor({size}, 4), TensorD(Shape{size})};
  }

  std::string name() const override { return "mistaken dense"; }
  Shape output_shape(const Shape& input) const override { return input; }
  std::vector<Parameter<double>*> parameters() override { return {&weights_, &bias_}; }
  std::unique_ptr<Layer<double>> clone() const override { return std::make_unique<MistakenDense>(*this); }

  const TensorD& forward(const TensorD& input, Pass) override {
    input_ = input;
    output_ = TensorD(input.shape());
    for (const auto [n, o, y, x] : input.indices()) {
      output_(n, o) = bias_.value(o);
      for (int i = 0; i < size_; ++i) output_(n, o) += input(n, i) * weights_.value(o, i);
    }
    return output_;
  }

  const TensorD& backward(const TensorD& d_output) override {
    d_input_ = TensorD(input_.shape());
    if (mistake_ == Mistake::overwrites) weights_.gradient.fill(0);
    const double sign = mistake_ == Mistake::sign ? -1 : mistake_ == Mistake::not_a_number ? NAN : 1;
    for (const auto [n, o, y, x] : d_output.indices()) {
      if (mistake_ != Mistake::forgets_bias) bias_.gradient(o) += d_output(n, o);
      for (int i = 0; i < size_; ++i) {
        double& gradient = mistake_ == Mistake::transposed ? weights_.gradient(i, o) : weights_.gradient(o, i);
        gradient += sign * d_output(n, o) * input_(n, i);
        if (mistake_ != Mistake::forgets_a_column || i > 0) d_input_(n, i) += d_output(n, o) * weights_.value(o, i);
      }
    }
    return d_input_;
  }

 private:
  int size_;
  Mistake mistake_;
  Parameter<double> weights_, bias_;
  TensorD input_, output_, d_input_;
};

TEST(GradientCheck, PassesALayerWithoutMistake) {
  MistakenDense layer(3, Mistake::none);
  EXPECT_LT(gradient_check(layer, random_tensor({4, 3})).worst(), 1e-9);
}

class GradientCheckFlags : public testing::TestWithParam<std::pair<Mistake, std::size_t>> {};

TEST_P(GradientCheckFlags, TheGradientThatIsWrongAndNoOther) {
  const auto [mistake, wrong] = GetParam();
  MistakenDense layer(3, mistake);
  const GradientCheck check = gradient_check(layer, random_tensor({4, 3}));
  ASSERT_EQ(check.errors.size(), 3u);
  for (std::size_t g = 0; g < 3; ++g) {
    if (g == wrong)
      EXPECT_GT(check.errors[g].relative, 1e-2) << check.to_string();
    else
      EXPECT_LT(check.errors[g].relative, 1e-6) << check.to_string();
  }
  EXPECT_GT(check.worst(), 1e-2);
}

// The gradients are those of weights, bias and input.
INSTANTIATE_TEST_SUITE_P(, GradientCheckFlags,
                         testing::Values(std::pair{Mistake::sign, 0}, std::pair{Mistake::transposed, 0},
                                         std::pair{Mistake::overwrites, 0}, std::pair{Mistake::not_a_number, 0},
                                         std::pair{Mistake::forgets_bias, 1}, std::pair{Mistake::forgets_a_column, 2}));

TEST(GradientCheck, PointsAtTheWorstEntry) {
  MistakenDense layer(3, Mistake::forgets_a_column);
  const GradientError input = gradient_check(layer, random_tensor({1, 3})).errors.back();
  EXPECT_EQ(input.worst, 0);
  EXPECT_EQ(input.worst_analytic, 0);
  EXPECT_NE(input.worst_numeric, 0);
}

TEST(GradientCheck, LeavesParametersAndGradientsAsTheyWere) {
  Random random(1);
  Dense<double> dense({.inputs = 3, .outputs = 2}, random);
  dense.parameters()[0]->gradient = random_tensor({2, 3}, 9);
  const TensorD value = dense.parameters()[0]->value;
  gradient_check(dense, random_tensor({2, 3}));
  EXPECT_EQ(dense.parameters()[0]->value, value);
  EXPECT_EQ(dense.parameters()[0]->gradient, random_tensor({2, 3}, 9));
}

TEST(GradientCheck, ChecksANetworkTogetherWithItsLoss) {
  Random random(1);
  Sequential<double> network;
  network.add<Dense>(DenseOptions{.inputs = 4, .outputs = 5}, random);
  network.add<Tanh>();
  network.add<Dense>(DenseOptions{.inputs = 5, .outputs = 3}, random);
  const std::array<int, 2> labels{2, 0};
  const GradientCheck check = gradient_check(
      network, random_tensor({2, 4}),
      [&](const TensorD& logits, TensorD& d_logits) { return softmax_cross_entropy(logits, labels, d_logits); });
  EXPECT_EQ(check.errors.size(), 5u);
  EXPECT_LT(check.worst(), 1e-6) << check.to_string();
  EXPECT_THAT(check.to_string(), testing::HasSubstr("weights [3, 5]"));
}

}  // namespace
}  // namespace handbuilt::nn
