#include "nn/conv2d.hpp"

#include <algorithm>

#include "core/matmul.hpp"
#include "nn/im2col.hpp"
#include "nn/window_count.hpp"

namespace handbuilt::nn {

namespace {

Conv2dOptions checked(const Conv2dOptions& options) {
  if (options.in_channels < 1 || options.out_channels < 1 || options.kernel < 1 || options.stride < 1 ||
      options.padding < 0)
    throw ValueError("conv: expected channels, kernel and stride >= 1 and padding >= 0, got channels " +
                     std::to_string(options.in_channels) + " -> " + std::to_string(options.out_channels) + ", kernel " +
                     std::to_string(options.kernel) + ", stride " + std::to_string(options.stride) + ", padding " +
                     std::to_string(options.padding));
  return options;
}

/// The matrix of windows is made for as many rows of windows at a time as fit into this many values, so that it stays
/// in a core's second-level cache however large the image.
constexpr int kWindowValues = 1 << 16;

/// The images of a batch, each with its padding, and their windows, rows of windows taken in blocks.
class ImageBlocks {
 public:
  ImageBlocks(const Conv2dOptions& options, const Shape& input, const Shape& output)
      : height_(input[2]), width_(input[3]), padding_(options.padding), rows_(output[2]) {
    all_.channels = options.in_channels;
    all_.height = height_ + 2 * padding_;
    all_.width = width_ + 2 * padding_;
    all_.kernel = options.kernel;
    all_.stride = options.stride;
    all_.columns = output[3];
    rows_in_block_ = std::clamp(kWindowValues / std::max(all_.values() * all_.columns, 1), 1, rows_);
  }

  /// Sizes the scratch for one padded image, which becomes all zeros, and the matrix of one block of windows, each with
  /// room for the last chunk of a run.
  template <class Scalar>
  void make_room(BasicTensor<Scalar>& padded, BasicTensor<Scalar>& windows) const {
    padded.resize(Shape{all_.channels * all_.height * all_.width + kChunk});
    padded.fill(Scalar{0});
    windows.resize(Shape{all_.values() * rows_in_block_ * all_.columns + kChunk});
  }

  /// Copies image `n` of the batch into the middle of the padded one; the padding stays as it is.
  template <class Scalar>
  void pad(const BasicTensor<Scalar>& batch, int n, BasicTensor<Scalar>& padded) const {
    const Scalar* from = batch.data() + image(n);
    for (int row = 0; row < all_.channels * height_; ++row, from += width_)
      std::copy_n(from, width_, padded.data() + middle(row));
  }

  /// The other way: the middle of the padded image becomes image `n` of the batch.
  template <class Scalar>
  void unpad(const BasicTensor<Scalar>& padded, int n, BasicTensor<Scalar>& batch) const {
    Scalar* to = batch.data() + image(n);
    for (int row = 0; row < all_.channels * height_; ++row, to += width_)
      std::copy_n(padded.data() + middle(row), width_, to);
  }

  template <class Body>
  void for_each_block(Body&& body) const {
    for (int row = 0; row < rows_; row += rows_in_block_) {
      Windows block = all_;
      block.first_row = row;
      block.last_row = std::min(row + rows_in_block_, rows_);
      body(block);
    }
  }

 private:
  /// Where image `n` starts in its batch.
  [[nodiscard]] std::ptrdiff_t image(int n) const { return std::ptrdiff_t{n} * all_.channels * height_ * width_; }
  /// Where a row of the image, channels taken one below the other, starts in the padded image.
  [[nodiscard]] std::ptrdiff_t middle(int row) const {
    const int channel = row / height_, y = row % height_;
    return (std::ptrdiff_t{channel} * all_.height + y + padding_) * all_.width + padding_;
  }

  int height_, width_, padding_, rows_, rows_in_block_ = 1;
  Windows all_;
};

/// A row-major matrix without gaps.
template <class Scalar>
MatrixView<Scalar> rows_of(const Scalar* data, int rows, int columns) {
  return {data, rows, columns, columns, 1};
}

/// The sum of `count` values, in eight strands that a compiler can keep in one register.
template <class Scalar>
Scalar sum(const Scalar* values, std::ptrdiff_t count) {
  Scalar strands[8] = {};
  std::ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (int s = 0; s < 8; ++s) strands[s] += values[i + s];
  for (; i < count; ++i) strands[0] += values[i];
  return ((strands[0] + strands[4]) + (strands[1] + strands[5])) +
         ((strands[2] + strands[6]) + (strands[3] + strands[7]));
}

}  // namespace

template <class Scalar>
Conv2d<Scalar>::Conv2d(Options options, Random& random, Initialisation how) : options_(checked(options)) {
  const int kernel = options.kernel, area = kernel * kernel;
  const Shape weights{options.out_channels, options.in_channels, kernel, kernel}, bias{options.out_channels};
  weights_ = {"weights", T(weights), T(weights), true};
  bias_ = {"bias", T(bias), T(bias), false};
  initialise(weights_.value, bias_.value, options.in_channels * area, options.out_channels * area, how, random);
}

template <class Scalar>
std::string Conv2d<Scalar>::name() const {
  const std::string kernel = std::to_string(options_.kernel);
  std::string text = "conv " + kernel + "x" + kernel + ", " + std::to_string(options_.in_channels) + " -> " +
                     std::to_string(options_.out_channels);
  if (options_.stride != 1) text += ", stride " + std::to_string(options_.stride);
  if (options_.padding != 0) text += ", padding " + std::to_string(options_.padding);
  return text;
}

template <class Scalar>
Shape Conv2d<Scalar>::output_shape(const Shape& input) const {
  const int height = window_count(input[2], options_.kernel, options_.stride, options_.padding);
  const int width = window_count(input[3], options_.kernel, options_.stride, options_.padding);
  if (input.rank() != 4 || input[1] != options_.in_channels || height == 0 || width == 0) {
    const std::string least = std::to_string(std::max(options_.kernel - 2 * options_.padding, 1));
    this->refuse_input(
        "[batch, " + std::to_string(options_.in_channels) + ", height >= " + least + ", width >= " + least + "]",
        input);
  }
  return {input[0], options_.out_channels, height, width};
}

// #region conv2d
template <class Scalar>
const BasicTensor<Scalar>& Conv2d<Scalar>::forward(const T& input, Pass pass) {
  output_.resize(output_shape(input.shape()));
  input_.borrow(input, pass);
  const ImageBlocks images(options_, input.shape(), output_.shape());
  images.make_room(padded_, windows_);
  const int positions = output_.shape()[2] * output_.shape()[3];
  for (int n = 0; n < input.shape()[0]; ++n) {
    // Start every channel from its bias, then add weights [out_channels, values] windows [values, positions].
    Scalar* output = output_.data() + std::ptrdiff_t{n} * options_.out_channels * positions;
    for (int o = 0; o < options_.out_channels; ++o)
      std::fill_n(output + std::ptrdiff_t{o} * positions, positions, bias_.value(o));
    images.pad(input, n, padded_);
    images.for_each_block([&](const Windows& windows) {
      windows_to_columns(windows, padded_.data(), windows_.data());
      gemm(rows_of(weights_.value.data(), options_.out_channels, windows.values()),
           rows_of(windows_.data(), windows.values(), windows.count()), output + windows.first(), positions, true);
    });
  }
  return output_;
}

template <class Scalar>
const BasicTensor<Scalar>& Conv2d<Scalar>::backward(const T& d_output) {
  this->check_backward(static_cast<bool>(input_), output_.shape(), d_output.shape());
  backward_parameters(d_output);
  d_input_.resize(this->wants_d_input_ ? input_->shape() : Shape());
  if (this->wants_d_input_) backward_input(d_output);
  return d_input_;
}

template <class Scalar>
void Conv2d<Scalar>::backward_parameters(const T& d_output) {
  const ImageBlocks images(options_, input_->shape(), output_.shape());
  images.make_room(padded_, windows_);
  const int positions = output_.shape()[2] * output_.shape()[3];
  for (int n = 0; n < input_->shape()[0]; ++n) {
    const Scalar* d = d_output.data() + std::ptrdiff_t{n} * options_.out_channels * positions;
    // d_bias += the sum of d_output over all positions
    for (int o = 0; o < options_.out_channels; ++o)
      bias_.gradient(o) += sum(d + std::ptrdiff_t{o} * positions, positions);
    // d_weights += d_output [out_channels, positions] windows [positions, values]
    images.pad(*input_, n, padded_);
    images.for_each_block([&](const Windows& windows) {
      windows_to_rows(windows, padded_.data(), windows_.data());
      gemm({d + windows.first(), options_.out_channels, windows.count(), positions, 1},
           rows_of(windows_.data(), windows.count(), windows.values()), weights_.gradient.data(), windows.values(),
           true);
    });
  }
}

template <class Scalar>
void Conv2d<Scalar>::backward_input(const T& d_output) {
  const ImageBlocks images(options_, input_->shape(), output_.shape());
  images.make_room(padded_, windows_);
  const int positions = output_.shape()[2] * output_.shape()[3];
  for (int n = 0; n < input_->shape()[0]; ++n) {
    const Scalar* d = d_output.data() + std::ptrdiff_t{n} * options_.out_channels * positions;
    // d_windows [values, positions] = weights^T d_output, each value added onto the cell that it was copied from
    padded_.fill(Scalar{0});
    images.for_each_block([&](const Windows& windows) {
      gemm(rows_of(weights_.value.data(), options_.out_channels, windows.values()).transposed(),
           {d + windows.first(), options_.out_channels, windows.count(), positions, 1}, windows_.data(),
           windows.count(), false);
      add_columns_to_image(windows, windows_.data(), padded_.data());
    });
    images.unpad(padded_, n, d_input_);
  }
}
// #endregion conv2d

template class Conv2d<float>;
template class Conv2d<double>;

}  // namespace handbuilt::nn
