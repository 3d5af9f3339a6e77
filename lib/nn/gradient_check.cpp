#include "nn/gradient_check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

namespace handbuilt::nn {

namespace {

GradientError compare(const std::string& of, const TensorD& analytic, const TensorD& numeric) {
  GradientError error{of, 0, 0, 0, 0};
  double difference = 0, analytic_norm = 0, numeric_norm = 0, largest = -1;
  for (std::ptrdiff_t i = 0; i < analytic.size(); ++i) {
    const double off = std::abs(analytic[i] - numeric[i]);
    difference += off * off;
    analytic_norm += analytic[i] * analytic[i];
    numeric_norm += numeric[i] * numeric[i];
    if (!(off <= largest)) {  // also when it is not a number
      largest = off;
      error.worst = i;
      error.worst_analytic = analytic[i];
      error.worst_numeric = numeric[i];
    }
  }
  const double norms = std::sqrt(analytic_norm) + std::sqrt(numeric_norm);
  error.relative = norms == 0 ? 0 : std::sqrt(difference) / norms;
  if (std::isnan(error.relative)) error.relative = std::numeric_limits<double>::infinity();
  return error;
}

/// A weight between 1 and 2 for each output, different from its neighbours'.
double uneven_weight(std::ptrdiff_t position) {
  return 1.5 + 0.5 * std::sin(1.7 * static_cast<double>(position) + 0.3);
}

double uneven_sum(const TensorD& output, TensorD& d_output) {
  d_output.resize(output.shape());
  double sum = 0;
  for (std::ptrdiff_t i = 0; i < output.size(); ++i) {
    d_output[i] = uneven_weight(i);
    sum += output[i] * d_output[i];
  }
  return sum;
}

}  // namespace

double GradientCheck::worst() const {
  double worst = 0;
  for (const GradientError& error : errors) worst = std::max(worst, error.relative);
  return worst;
}

std::string GradientCheck::to_string() const {
  std::string text;
  for (const GradientError& error : errors) {
    char line[240];
    std::snprintf(line, sizeof line, "%-24s %.1e   worst entry %td: analytic %.8g, numeric %.8g\n", error.of.c_str(),
                  error.relative, error.worst, error.worst_analytic, error.worst_numeric);
    text += line;
  }
  return text;
}

// #region gradient_check
GradientCheck gradient_check(Layer<double>& layer, const TensorD& input, const OutputLoss& loss,
                             GradientCheckOptions options) {
  TensorD moved = input, d_output;
  const auto loss_now = [&] {
    TensorD ignored;
    return loss(layer.forward(moved, Pass::training), ignored);
  };
  /// Moves every value in turn and measures the slope of the loss.
  const auto measured_gradient = [&](TensorD& values) {
    TensorD gradient(values.shape());
    for (std::ptrdiff_t i = 0; i < values.size(); ++i) {
      const double value = values[i];
      values[i] = value + options.step;
      const double above = loss_now();
      values[i] = value - options.step;
      const double below = loss_now();
      values[i] = value;
      gradient[i] = (above - below) / (2 * options.step);
    }
    return gradient;
  };

  // What backward says. It adds to the gradients, so they start from something other than zero: a layer that
  // overwrites them instead is found out.
  const std::vector<Parameter<double>*> parameters = layer.parameters();
  std::vector<TensorD> before;
  for (Parameter<double>* parameter : parameters) {
    before.push_back(parameter->gradient);
    parameter->gradient.fill(1.0);
  }
  layer.wants_d_input(true);
  loss(layer.forward(moved, Pass::training), d_output);
  const TensorD d_input = layer.backward(d_output);

  // What the loss does.
  GradientCheck check;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    for (double& value : parameters[p]->gradient) value -= 1.0;
    const TensorD analytic = std::exchange(parameters[p]->gradient, before[p]);
    check.errors.push_back(compare(parameters[p]->name + " " + analytic.shape().to_string(), analytic,
                                   measured_gradient(parameters[p]->value)));
  }
  check.errors.push_back(compare("input " + input.shape().to_string(), d_input, measured_gradient(moved)));
  return check;
}
// #endregion gradient_check

GradientCheck gradient_check(Layer<double>& layer, const TensorD& input, GradientCheckOptions options) {
  return gradient_check(layer, input, uneven_sum, options);
}

}  // namespace handbuilt::nn
