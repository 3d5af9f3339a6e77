#include "nn/pool.hpp"

#include <algorithm>

#include "nn/window_count.hpp"

namespace handbuilt::nn {

namespace {

/// One channel of one image and its windows. Loops run along rows of windows, without branches, so that the compiler
/// can work on many windows at once.
struct Plane {
  int width, out_height, out_width, kernel, stride;

  /// The cell (i, j) of the first window in row `y` of windows; those of its neighbours follow `stride` apart.
  [[nodiscard]] std::ptrdiff_t cell(int y, int i, int j) const { return std::ptrdiff_t{y * stride + i} * width + j; }
};

}  // namespace

// #region max_pool
struct MaxOfWindow {
  static constexpr const char* kName = "max-pool";

  template <class Scalar>
  static void forward(const Plane& plane, const Scalar* input, Scalar* output) {
    for (int y = 0; y < plane.out_height; ++y, output += plane.out_width) {
      const Scalar* corner = input + plane.cell(y, 0, 0);
      for (int x = 0; x < plane.out_width; ++x) output[x] = corner[x * plane.stride];
      for (int i = 0; i < plane.kernel; ++i)
        for (int j = 0; j < plane.kernel; ++j) {
          const Scalar* cell = input + plane.cell(y, i, j);
          for (int x = 0; x < plane.out_width; ++x) output[x] = std::max(output[x], cell[x * plane.stride]);
        }
    }
  }

  template <class Scalar>
  static void backward(const Plane& plane, const Scalar* input, const Scalar* d_output, Scalar* d_input) {
    if (plane.kernel == 2 && plane.stride == 2) return backward_2x2(plane, input, d_output, d_input);
    for (int y = 0; y < plane.out_height; ++y, d_output += plane.out_width)
      for (int x = 0; x < plane.out_width; ++x) {
        // Find the first of the largest values.
        std::ptrdiff_t best = plane.cell(y, 0, x * plane.stride);
        for (int i = 0; i < plane.kernel; ++i)
          for (int j = 0; j < plane.kernel; ++j) {
            const std::ptrdiff_t cell = plane.cell(y, i, x * plane.stride + j);
            best = input[cell] > input[best] ? cell : best;
          }
        d_input[best] += d_output[x];
      }
  }

 private:
  /// The same for the usual windows, which do not overlap: without branches, many windows at once.
  template <class Scalar>
  static void backward_2x2(const Plane& plane, const Scalar* input, const Scalar* d_output, Scalar* d_input) {
    for (int y = 0; y < plane.out_height; ++y, d_output += plane.out_width) {
      const Scalar *top = input + plane.cell(y, 0, 0), *bottom = input + plane.cell(y, 1, 0);
      Scalar *d_top = d_input + plane.cell(y, 0, 0), *d_bottom = d_input + plane.cell(y, 1, 0);
      for (int x = 0; x < plane.out_width; ++x) {
        const Scalar a = top[2 * x], b = top[2 * x + 1], c = bottom[2 * x], d = bottom[2 * x + 1];
        const Scalar upper = b > a ? b : a, lower = d > c ? d : c;
        const Scalar d_upper = lower > upper ? 0 : d_output[x], d_lower = lower > upper ? d_output[x] : 0;
        d_top[2 * x] = b > a ? 0 : d_upper;
        d_top[2 * x + 1] = b > a ? d_upper : 0;
        d_bottom[2 * x] = d > c ? 0 : d_lower;
        d_bottom[2 * x + 1] = d > c ? d_lower : 0;
      }
    }
  }
};
// #endregion max_pool

// #region average_pool
struct MeanOfWindow {
  static constexpr const char* kName = "average-pool";

  template <class Scalar>
  static void forward(const Plane& plane, const Scalar* input, Scalar* output) {
    const Scalar share = 1 / static_cast<Scalar>(plane.kernel * plane.kernel);
    for (int y = 0; y < plane.out_height; ++y, output += plane.out_width) {
      std::fill_n(output, plane.out_width, Scalar{0});
      for (int i = 0; i < plane.kernel; ++i)
        for (int j = 0; j < plane.kernel; ++j) {
          const Scalar* cell = input + plane.cell(y, i, j);
          for (int x = 0; x < plane.out_width; ++x) output[x] += cell[x * plane.stride] * share;
        }
    }
  }

  template <class Scalar>
  static void backward(const Plane& plane, const Scalar*, const Scalar* d_output, Scalar* d_input) {
    const Scalar share = 1 / static_cast<Scalar>(plane.kernel * plane.kernel);
    for (int y = 0; y < plane.out_height; ++y, d_output += plane.out_width)
      for (int i = 0; i < plane.kernel; ++i)
        for (int j = 0; j < plane.kernel; ++j) {
          Scalar* cell = d_input + plane.cell(y, i, j);
          for (int x = 0; x < plane.out_width; ++x) cell[x * plane.stride] += d_output[x] * share;
        }
  }
};
// #endregion average_pool

template <class Scalar, class Kind>
Pool2d<Scalar, Kind>::Pool2d(Options options) : options_(options) {
  if (options.kernel < 1 || options.stride < 1)
    throw ValueError(std::string(Kind::kName) + ": expected kernel >= 1 and stride >= 1, got " +
                     std::to_string(options.kernel) + " and " + std::to_string(options.stride));
}

template <class Scalar, class Kind>
std::string Pool2d<Scalar, Kind>::name() const {
  const std::string kernel = std::to_string(options_.kernel);
  const std::string stride = options_.stride == options_.kernel ? "" : ", stride " + std::to_string(options_.stride);
  return Kind::kName + (" " + kernel) + "x" + kernel + stride;
}

template <class Scalar, class Kind>
Shape Pool2d<Scalar, Kind>::output_shape(const Shape& input) const {
  const int height = window_count(input[2], options_.kernel, options_.stride);
  const int width = window_count(input[3], options_.kernel, options_.stride);
  if (input.rank() != 4 || height == 0 || width == 0)
    this->refuse_input("[batch, channels, height >= " + std::to_string(options_.kernel) +
                           ", width >= " + std::to_string(options_.kernel) + "]",
                       input);
  return {input[0], input[1], height, width};
}

template <class Scalar, class Kind>
const BasicTensor<Scalar>& Pool2d<Scalar, Kind>::forward(const T& input, Pass pass) {
  const Shape shape = output_shape(input.shape());
  output_.resize(shape);
  input_.borrow(input, pass);
  const auto [batch, channels, height, width] = input.shape();
  const Plane plane{width, shape[2], shape[3], options_.kernel, options_.stride};
  const std::ptrdiff_t in_size = std::ptrdiff_t{height} * width;
  const std::ptrdiff_t out_size = std::ptrdiff_t{shape[2]} * shape[3];
  for (std::ptrdiff_t p = 0; p < std::ptrdiff_t{batch} * channels; ++p)
    Kind::forward(plane, input.data() + p * in_size, output_.data() + p * out_size);
  return output_;
}

template <class Scalar, class Kind>
const BasicTensor<Scalar>& Pool2d<Scalar, Kind>::backward(const T& d_output) {
  this->check_backward(static_cast<bool>(input_), output_.shape(), d_output.shape());
  d_input_.resize(this->wants_d_input_ ? input_->shape() : Shape());
  if (!this->wants_d_input_) return d_input_;
  // Values that no window saw, or that lost, get no gradient.
  d_input_.fill(Scalar{0});
  const auto [batch, channels, height, width] = input_->shape();
  const Plane plane{width, output_.shape()[2], output_.shape()[3], options_.kernel, options_.stride};
  const std::ptrdiff_t in_size = std::ptrdiff_t{height} * width;
  const std::ptrdiff_t out_size = std::ptrdiff_t{plane.out_height} * plane.out_width;
  for (std::ptrdiff_t p = 0; p < std::ptrdiff_t{batch} * channels; ++p)
    Kind::backward(plane, input_->data() + p * in_size, d_output.data() + p * out_size, d_input_.data() + p * in_size);
  return d_input_;
}

template class Pool2d<float, MaxOfWindow>;
template class Pool2d<double, MaxOfWindow>;
template class Pool2d<float, MeanOfWindow>;
template class Pool2d<double, MeanOfWindow>;

}  // namespace handbuilt::nn
