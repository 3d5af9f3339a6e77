#pragma once

#include <functional>
#include <string>
#include <vector>

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// How far one gradient is from the slope that was measured.
struct GradientError {
  std::string of;  ///< "weights [8, 1, 5, 5]", "bias [8]", "input [2, 1, 28, 28]"
  double relative =
      0;  ///< ||analytic - numeric|| / (||analytic|| + ||numeric||), 0 when both are 0, infinite when not a number
  std::ptrdiff_t worst = 0;                      ///< position, in memory order, of the entry that is furthest off
  double worst_analytic = 0, worst_numeric = 0;  ///< that entry, as `backward` says and as measured
};

struct GradientCheck {
  std::vector<GradientError> errors;  ///< one for each parameter, and one for the input, which comes last

  /// The largest relative error.
  [[nodiscard]] double worst() const;

  /// A line for each: "weights [3, 4]  2.1e-10   worst entry 7: analytic 0.25, numeric 0.25".
  [[nodiscard]] std::string to_string() const;
};

struct GradientCheckOptions {
  double step = 1e-5;  ///< each value is moved by +-step: far above rounding, far below the loss's curvature
};

/// Compares `backward` with central differences: every parameter and every input value is moved a little up and a
/// little down, and the slope of the loss between the two must be the gradient. What it costs: two forward passes a
/// value.
///
/// The loss is a fixed, uneven weighted sum of the outputs, so that no output's gradient can hide behind another's.
/// Central differences are wrong at a kink; give inputs where no ReLU is within `step` of 0 and no two values of a
/// max-pooling window within 2 `step` of each other.
///
/// Parameters and gradients are left as they were found; the layer is left wanting d_input.
GradientCheck gradient_check(Layer<double>& layer, const TensorD& input, GradientCheckOptions options = {});

/// A loss of the outputs that also says its gradient: `loss(output, d_output)`, as softmax_cross_entropy has it.
using OutputLoss = std::function<double(const TensorD& output, TensorD& d_output)>;

/// The same with a loss of your own.
GradientCheck gradient_check(Layer<double>& layer, const TensorD& input, const OutputLoss& loss,
                             GradientCheckOptions options = {});

}  // namespace handbuilt::nn
