#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: the parts of a convolutional network, each forward step with its derivative.
///
/// Images are tensors [batch, channels, height, width], the last index fastest. A name `d_x` means "how the loss
/// changes with x" and has the shape of `x`. Functions take what they read and return what they make; none has a
/// memory.
namespace convnet {

/// Slides every kernel over every image, without padding, one pixel at a time (cross-correlation: no flip).
///
/// input    [batch, in_channels, height, width]
/// weights  [out_channels, in_channels, kernel, kernel]
/// bias     [out_channels]
/// returns  [batch, out_channels, height - kernel + 1, width - kernel + 1]
Tensor conv2d_forward(const Tensor& input, const Tensor& weights, const Tensor& bias);

struct Conv2dGradient {
  Tensor d_weights;  ///< [out_channels, in_channels, kernel, kernel]
  Tensor d_bias;     ///< [out_channels]
};
HANDBUILT_FIELDS(Conv2dGradient, d_weights, d_bias)

/// How the loss changes with the weights and the bias of `conv2d_forward`, summed over the batch and all positions.
///
/// input    [batch, in_channels, height, width]: what the forward step saw
/// d_output [batch, out_channels, out_height, out_width]: how the loss changes with what it returned
/// The kernel's size follows from the two: kernel = height - out_height + 1.
Conv2dGradient conv2d_gradient_parameters(const Tensor& input, const Tensor& d_output);

/// How the loss changes with the input of `conv2d_forward`.
///
/// weights  [out_channels, in_channels, kernel, kernel]
/// d_output [batch, out_channels, out_height, out_width]
/// returns  [batch, in_channels, out_height + kernel - 1, out_width + kernel - 1]
Tensor conv2d_gradient_input(const Tensor& weights, const Tensor& d_output);

struct Pooled {
  Tensor values;             ///< [batch, channels, height / size, width / size]
  std::vector<int> winners;  ///< for each value, in memory order: the position in `input` (memory order) it came from
};
HANDBUILT_FIELDS(Pooled, values, winners)

/// The largest value of every size x size window; windows do not overlap. Rows and columns that do not fill a window
/// are left out (integer division). Where several values of a window are equal and largest, any of them may win.
///
/// input    [batch, channels, height, width]
Pooled max_pool_forward(const Tensor& input, int size);

/// How the loss changes with the input of `max_pool_forward`.
///
/// input    [batch, channels, height, width]: what the forward step saw
/// winners  what it returned; should a position win twice, both its gradients count
/// d_output the shape of `Pooled::values`
/// returns  the shape of `input`
Tensor max_pool_backward(const Tensor& input, const std::vector<int>& winners, const Tensor& d_output);

struct Loss {
  float value = 0;  ///< the mean over the batch, in nats
  Tensor d_logits;  ///< [batch, classes]: how that mean changes with each logit
};
HANDBUILT_FIELDS(Loss, value, d_logits)

/// Softmax turns a row of logits into probabilities; cross-entropy is minus the log of the one at the label.
/// Right for logits of any size: 1000 and -1000 must not overflow.
///
/// logits   [batch, classes]
/// labels   batch numbers from 0 to classes - 1
Loss softmax_cross_entropy(const Tensor& logits, const std::vector<int>& labels);

struct MomentumStep {
  Tensor weights;
  Tensor velocity;
};
HANDBUILT_FIELDS(MomentumStep, weights, velocity)

/// One step of gradient descent with momentum, after which
///   velocity = momentum * old velocity + gradient,
///   weights  = old weights - learning_rate * velocity (the new one).
/// All three tensors have one shape, whatever it is.
MomentumStep momentum_step(const Tensor& weights, const Tensor& velocity, const Tensor& gradient, float learning_rate,
                           float momentum);

/// A network small enough to see through: convolution, ReLU, max-pooling by 2, and a last convolution whose kernel is
/// as large as the picture it gets, so that one number a class is left: a dense layer by another name.
struct SmallNetwork {
  Tensor filters;       ///< [filters, 1, kernel, kernel]
  Tensor filters_bias;  ///< [filters]
  Tensor readout;       ///< [classes, filters, pooled, pooled], pooled = (height - kernel + 1) / 2
  Tensor readout_bias;  ///< [classes]
};
HANDBUILT_FIELDS(SmallNetwork, filters, filters_bias, readout, readout_bias)

struct TrainingStep {
  SmallNetwork network;   ///< after the step
  SmallNetwork velocity;  ///< after the step
  float loss = 0;         ///< of the network as it came in
};
HANDBUILT_FIELDS(TrainingStep, network, velocity, loss)

/// One step on one batch: forward, loss, backward, momentum, with the functions above.
///
/// network, velocity   shapes as in SmallNetwork, the same for both
/// images   [batch, 1, height, width], square
/// labels   batch numbers from 0 to classes - 1
TrainingStep training_step(const SmallNetwork& network, const SmallNetwork& velocity, const Tensor& images,
                           const std::vector<int>& labels, float learning_rate, float momentum);

}  // namespace convnet

/// Given in full: in each task's file one of these stands above the blank and does something close to what is asked.
namespace worked {

/// One channel, one dimension: output(t) = bias + sum over i of signal(t + i) kernel(i).
Tensor correlate(const Tensor& signal, const Tensor& kernel, float bias);

/// How the loss changes with the kernel of `correlate`.
Tensor correlate_gradient_kernel(const Tensor& signal, const Tensor& d_output);

/// How the loss changes with the input of a dense layer: output(n, o) = sum over i of weights(o, i) input(n, i).
Tensor dense_gradient_input(const Tensor& weights, const Tensor& d_output);

/// The largest value of every `size` consecutive ones, and where it stood.
convnet::Pooled max_pool_row(const Tensor& row, int size);

/// How the loss changes with a row whose every `size`-th value was kept: output(k) = row(k * size).
Tensor keep_every_backward(const Tensor& row, int size, const Tensor& d_output);

/// The mean over the batch of the loss for a yes-or-no question: log(1 + exp(-z)) for a yes (1), log(1 + exp(z)) for a
/// no (0).
convnet::Loss logistic_loss(const Tensor& logits, const std::vector<int>& answers);

/// Plain gradient descent, without momentum.
Tensor gradient_step(const Tensor& weights, const Tensor& gradient, float learning_rate);

/// The larger of 0 and the input, and how the loss changes with the input.
Tensor relu(const Tensor& input);
Tensor relu_backward(const Tensor& input, const Tensor& d_output);

struct Line {
  float slope = 0, offset = 0;
};
struct LineStep {
  Line line;       ///< after the step
  float loss = 0;  ///< of the line as it came in
};

/// One step of gradient descent for the line y = slope x + offset under half the mean squared error.
LineStep line_step(const Line& line, const Tensor& x, const Tensor& y, float learning_rate);

}  // namespace worked
