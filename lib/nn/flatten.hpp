#pragma once

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// [batch, ...] in, [batch, everything else] out, the numbers untouched: what stands between images and a Dense layer.
/// Throws ShapeError for an empty batch.
template <class Scalar>
class Flatten final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;

  [[nodiscard]] std::string name() const override { return "flatten"; }
  [[nodiscard]] Shape output_shape(const Shape& input) const override;
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override { return std::make_unique<Flatten>(*this); }

 private:
  Borrowed<Scalar> input_;
  T output_, d_input_;
};

}  // namespace handbuilt::nn
