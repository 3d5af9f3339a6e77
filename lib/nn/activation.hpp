#pragma once

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// A function of one number, applied to every element; any shape in, the same shape out.
template <class Scalar, class Function>
class Activation final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Shape output_shape(const Shape& input) const override { return input; }
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override { return std::make_unique<Activation>(*this); }

 private:
  Borrowed<Scalar> input_;
  T output_, d_input_;
};

/// max(x, 0), with slope 0 at 0. Source: Nair and Hinton (2010), "Rectified linear units improve restricted Boltzmann
/// machines".
template <class Scalar>
using ReLU = Activation<Scalar, struct ReLUFunction>;

/// The hyperbolic tangent.
template <class Scalar>
using Tanh = Activation<Scalar, struct TanhFunction>;

/// 1 / (1 + exp(-x)).
template <class Scalar>
using Sigmoid = Activation<Scalar, struct SigmoidFunction>;

}  // namespace handbuilt::nn
