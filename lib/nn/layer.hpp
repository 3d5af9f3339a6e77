#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/tensor.hpp"

namespace handbuilt::nn {

/// A trainable tensor and the gradient of the loss with respect to it, of the same shape.
template <class Scalar>
struct Parameter {
  std::string name;  ///< unique in its layer: "weights", "bias"
  BasicTensor<Scalar> value;
  BasicTensor<Scalar> gradient;
  bool decays = true;  ///< whether weight decay applies (weights: yes, biases: no)
};

enum class Pass { training, inference };

/// One step of a network, with its derivative beside it. The first extent of every tensor is the batch.
///
/// Outputs and gradients live in buffers of the layer that are kept from step to step: a reference returned by
/// `forward` or `backward` is good until the next call of the same function.
template <class Scalar>
class Layer {
 public:
  using T = BasicTensor<Scalar>;

  virtual ~Layer() = default;

  /// What a person calls it: "conv 5x5, 1 -> 8, padding 2".
  [[nodiscard]] virtual std::string name() const = 0;

  /// The shape of the output for an input of this shape. Throws ShapeError when the input does not fit.
  [[nodiscard]] virtual Shape output_shape(const Shape& input) const = 0;

  /// The output for `input`, which must live unchanged until `backward` has returned. Throws ShapeError when the input
  /// does not fit.
  virtual const T& forward(const T& input, Pass pass) = 0;

  /// Given d loss / d output of the last `forward`, which must have been a training pass, adds d loss / d parameter to
  /// each parameter's gradient and returns d loss / d input. When `wants_d_input` was set to false the returned tensor
  /// is empty. Throws ShapeError when `d_output` has not the shape of that output, ValueError when there was none.
  virtual const T& backward(const T& d_output) = 0;

  /// The layer's parameters in a fixed order; none by default.
  [[nodiscard]] virtual std::vector<Parameter<Scalar>*> parameters() { return {}; }

  /// A layer with the same options and the same parameter values and buffers of its own.
  [[nodiscard]] virtual std::unique_ptr<Layer> clone() const = 0;

  /// The first layer of a network need not compute d loss / d input.
  void wants_d_input(bool wants) { wants_d_input_ = wants; }

 protected:
  Layer() = default;
  Layer(const Layer&) = default;
  Layer& operator=(const Layer&) = default;

  /// Throws ShapeError "NAME: expected input EXPECTED, got [64, 784]".
  [[noreturn]] void refuse_input(const std::string& expected, const Shape& got) const {
    throw ShapeError(name() + ": expected input " + expected + ", got " + got.to_string());
  }

  /// What every `backward` asks first: was there a training pass, and does `d_output` have the shape of its output?
  void check_backward(bool trained, const Shape& output, const Shape& d_output) const {
    if (!trained) throw ValueError(name() + ": backward needs a training forward before it");
    if (!(output == d_output))
      throw ShapeError(name() + ": expected d_output " + output.to_string() + ", got " + d_output.to_string());
  }

  bool wants_d_input_ = true;
};

/// The input of the last training pass, which a layer borrows until `backward`. A copied layer has borrowed nothing.
template <class Scalar>
class Borrowed {
 public:
  Borrowed() = default;
  Borrowed(const Borrowed&) {}
  Borrowed& operator=(const Borrowed&) {
    tensor_ = nullptr;
    return *this;
  }
  void borrow(const BasicTensor<Scalar>& tensor, Pass pass) { tensor_ = pass == Pass::training ? &tensor : nullptr; }
  explicit operator bool() const { return tensor_ != nullptr; }
  const BasicTensor<Scalar>& operator*() const { return *tensor_; }
  const BasicTensor<Scalar>* operator->() const { return tensor_; }

 private:
  const BasicTensor<Scalar>* tensor_ = nullptr;
};

}  // namespace handbuilt::nn
