#pragma once

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// Square windows of `kernel` cells a side, `stride` apart. Rows and columns after the last whole window are left out.
struct PoolOptions {
  int kernel = 2;
  int stride = 2;
};

/// Every window of an image becomes one value.
///
/// input   [batch, channels, height, width]
/// output  [batch, channels, window_count(height), window_count(width)]
///
/// Throws ValueError for options below 1, ShapeError when the input is not of rank 4 or smaller than one window.
template <class Scalar, class Kind>
class Pool2d final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;
  using Options = PoolOptions;

  explicit Pool2d(Options options = {});

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Shape output_shape(const Shape& input) const override;
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override { return std::make_unique<Pool2d>(*this); }

 private:
  Options options_;
  Borrowed<Scalar> input_;
  T output_, d_input_;
};

/// The largest value of each window. On the way back it gets the window's whole gradient; where several values are
/// equally large, the first in reading order does.
///
/// Source: Ranzato et al. (2007), "Unsupervised learning of invariant feature hierarchies".
template <class Scalar>
using MaxPool2d = Pool2d<Scalar, struct MaxOfWindow>;

/// The mean of each window. On the way back its values share the window's gradient equally.
///
/// Source: LeCun et al. (1998), "Gradient-based learning applied to document recognition".
template <class Scalar>
using AvgPool2d = Pool2d<Scalar, struct MeanOfWindow>;

}  // namespace handbuilt::nn
