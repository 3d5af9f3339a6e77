#include <algorithm>

#include "tasks.hpp"

// #region relu
Tensor worked::relu(const Tensor& input) {
  Tensor output = input;
  for (float& value : output) value = std::max(value, 0.0F);
  return output;
}

Tensor worked::relu_backward(const Tensor& input, const Tensor& d_output) {
  Tensor d_input = d_output;
  for (std::ptrdiff_t k = 0; k < input.size(); ++k)
    if (input[k] <= 0) d_input[k] = 0;  // what was cut off had no say
  return d_input;
}
// #endregion relu

// A worked neighbour: the same four movements for a straight line, y = slope x + offset.

// #region line_step
worked::LineStep worked::line_step(const Line& line, const Tensor& x, const Tensor& y, float learning_rate) {
  const int points = x.shape()[0];
  const float share = 1 / static_cast<float>(points);
  LineStep step{line, 0};
  for (int k = 0; k < points; ++k) {
    // Forward
    const float error = line.slope * x(k) + line.offset - y(k);
    // Loss
    step.loss += share * error * error / 2;
    // Backward: d_loss / d_slope = mean(error x), d_loss / d_offset = mean(error). Step: against it.
    step.line.slope -= learning_rate * share * error * x(k);
    step.line.offset -= learning_rate * share * error;
  }
  return step;
}
// #endregion line_step

// Your turn: the functions you wrote are the pieces (`conv2d_forward` and so on, and `worked::relu`).
// `logits.reshaped({rows, columns})` gives the same numbers another shape.
convnet::TrainingStep convnet::training_step(const SmallNetwork& network, const SmallNetwork& velocity,
                                             const Tensor& images, const std::vector<int>& labels, float learning_rate,
                                             float momentum) {
  // BEGIN SOLUTION training-step
  not_started();
  // END SOLUTION
}
