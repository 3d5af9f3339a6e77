#pragma once

#include "core/random.hpp"
#include "nn/initialisation.hpp"
#include "nn/layer.hpp"

namespace handbuilt::nn {

struct DenseOptions {
  int inputs = 0;
  int outputs = 0;
};

/// Every output is a weighted sum of all inputs plus a bias: output = input weights^T + bias.
///
/// input    [batch, inputs]
/// output   [batch, outputs]
/// weights  [outputs, inputs]
/// bias     [outputs]
///
/// Throws ValueError for options below 1, ShapeError for an input of another shape (put a Flatten before it).
template <class Scalar>
class Dense final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;
  using Options = DenseOptions;

  Dense(Options options, Random& random, Initialisation how = Initialisation::he_normal);

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Shape output_shape(const Shape& input) const override;
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::vector<Parameter<Scalar>*> parameters() override { return {&weights_, &bias_}; }
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override { return std::make_unique<Dense>(*this); }

 private:
  Options options_;
  Parameter<Scalar> weights_, bias_;
  Borrowed<Scalar> input_;
  T output_, d_input_;
};

}  // namespace handbuilt::nn
