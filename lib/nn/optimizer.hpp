#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// Stochastic gradient descent with momentum, in the form that PyTorch uses:
///
///     velocity = momentum * velocity + gradient
///     weights -= learning_rate * velocity                            (plain)
///     weights -= learning_rate * (gradient + momentum * velocity)    (Nesterov)
///
/// Some books put the learning rate into the velocity. The two agree as long as the rate does not change; with a
/// schedule, this form follows a change at once.
///
/// When not to use it: where gradients of different parameters differ by orders of magnitude (embeddings, very deep
/// networks without normalisation) no single rate suits all; Adam scales each one.
///
/// Source: Polyak (1964), "Some methods of speeding up the convergence of iteration methods"; Sutskever et al. (2013),
/// "On the importance of initialization and momentum in deep learning".
struct SgdOptions {
  /// Share of the velocity that survives a step, in [0, 1). A steady gradient is amplified 1 / (1 - momentum) times, so
  /// raising it from 0 to 0.9 without lowering the rate is ten times the stride. 0 is plain gradient descent.
  double momentum = 0.9;
  /// Take the gradient's step from where the velocity is about to carry us. Needs momentum > 0.
  bool nesterov = false;
  /// Decoupled decay: before the step, weights *= 1 - learning_rate * weight_decay, for parameters that decay (not
  /// biases). At least 0. Useful values lie around 1e-4 to 1e-2; leave it at 0 to compare with a published plain run.
  double weight_decay = 0;
};

/// Adam: every parameter moves by about the learning rate, whatever the size of its gradient.
///
///     mean   = beta1 * mean   + (1 - beta1) * gradient
///     square = beta2 * square + (1 - beta2) * gradient^2
///     weights -= learning_rate * (mean / (1 - beta1^t)) / (sqrt(square / (1 - beta2^t)) + epsilon)
///
/// The divisions by 1 - beta^t undo the pull of the zeros that both averages start from, exactly so in step one. With
/// weight decay this is AdamW.
///
/// When not to use it: when memory is short (two more numbers a weight), or on small, well-scaled problems, where SGD
/// with momentum and a tuned rate usually generalises as well or better.
///
/// Source: Kingma and Ba (2015), "Adam: a method for stochastic optimization"; the decoupled decay is Loshchilov and
/// Hutter (2019), "Decoupled weight decay regularization".
struct AdamOptions {
  double beta1 = 0.9;       ///< memory of the gradient's mean, in [0, 1)
  double beta2 = 0.999;     ///< memory of its square, in [0, 1); lower it when the gradient's size changes quickly
  double epsilon = 1e-8;    ///< above 0; keeps a parameter whose gradient has been zero from dividing by zero
  double weight_decay = 0;  ///< as in SgdOptions
};

/// Which optimiser and how it is set; a plain value, so that options can be copied, compared and printed.
using OptimizerOptions = std::variant<SgdOptions, AdamOptions>;

/// Moves parameters against their gradients. Keeps what it remembers of earlier steps.
template <class Scalar>
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// One step. Takes the gradients as they are and leaves them so: zeroing them is the caller's business. Every call
  /// must pass the same parameters in the same order; throws ShapeError otherwise, with every weight unchanged.
  void step(const std::vector<Parameter<Scalar>*>& parameters, double learning_rate);

  /// "SGD, momentum 0.9"
  [[nodiscard]] virtual std::string name() const = 0;

  /// Steps taken so far.
  [[nodiscard]] int steps() const { return steps_; }

 protected:
  explicit Optimizer(double weight_decay) : weight_decay_(weight_decay) {}
  Optimizer(const Optimizer&) = default;
  Optimizer& operator=(const Optimizer&) = default;

 private:
  /// One more zeroed tensor to remember for each parameter.
  virtual void remember(const Shape& shape) = 0;
  /// Moves parameter number `index`; `steps()` already counts this step.
  virtual void update(std::size_t index, Parameter<Scalar>& parameter, Scalar learning_rate) = 0;

  double weight_decay_;
  int steps_ = 0;
  std::vector<Shape> shapes_;
};

/// Throws ValueError, naming the option, its range and the value, unless every option is in its range.
void validate(const OptimizerOptions& options);

/// An optimiser that has not moved yet. Throws as `validate` does.
template <class Scalar>
std::unique_ptr<Optimizer<Scalar>> make_optimizer(const OptimizerOptions& options);

}  // namespace handbuilt::nn
