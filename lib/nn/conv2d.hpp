#pragma once

#include "core/random.hpp"
#include "nn/initialisation.hpp"
#include "nn/layer.hpp"

namespace handbuilt::nn {

/// Square kernels of `kernel` cells a side, `stride` apart, on images with `padding` zeros added on all four sides.
struct Conv2dOptions {
  int in_channels = 1;
  int out_channels = 1;
  int kernel = 3;
  int stride = 1;
  int padding = 0;
};

/// Two-dimensional cross-correlation over a batch of images (what deep learning calls convolution): the kernel is not
/// flipped.
///
/// input    [batch, in_channels, height, width]
/// output   [batch, out_channels, out_height, out_width],  out_height = (height + 2 padding - kernel) / stride + 1
/// weights  [out_channels, in_channels, kernel, kernel]
/// bias     [out_channels]
///
/// Rows and columns after the last whole window are left out; a stride larger than the kernel skips cells between
/// windows. Throws ValueError for options out of range, ShapeError when the input's channels differ from `in_channels`
/// or the kernel does not fit into the padded image.
///
/// Every image becomes a matrix with a column for each window ("im2col"), and the convolution one matrix product; see
/// plain.hpp for the seven loops that this computes.
///
/// Sources: LeCun et al. (1998), "Gradient-based learning applied to document recognition"; Chellapilla et al. (2006),
/// "High performance convolutional neural networks for document processing", for the matrix product.
template <class Scalar>
class Conv2d final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;
  using Options = Conv2dOptions;

  Conv2d(Options options, Random& random, Initialisation how = Initialisation::he_normal);

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Shape output_shape(const Shape& input) const override;
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::vector<Parameter<Scalar>*> parameters() override { return {&weights_, &bias_}; }
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override { return std::make_unique<Conv2d>(*this); }

 private:
  void backward_parameters(const T& d_output);
  void backward_input(const T& d_output);

  Options options_;
  Parameter<Scalar> weights_, bias_;
  Borrowed<Scalar> input_;
  T output_, d_input_;
  T padded_, windows_;  // scratch for one image: with its padding, and as a matrix of windows
};

}  // namespace handbuilt::nn
