#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "nn/layer.hpp"

namespace handbuilt::nn {

/// Layers one after another: the output of each is the input of the next. Itself a layer, and a plain value: copying
/// copies the layers and their parameters.
///
///   Sequential<float> network;
///   network.add<Dense>(DenseOptions{.inputs = 784, .outputs = 10}, random);
///
/// Errors name the layer: "layer 2, dense 784 -> 10: expected input [batch, 784], got [64, 1, 28, 28]".
template <class Scalar>
class Sequential final : public Layer<Scalar> {
 public:
  using T = BasicTensor<Scalar>;

  Sequential() = default;
  Sequential(const Sequential& other);
  Sequential(Sequential&&) noexcept = default;
  Sequential& operator=(Sequential other) noexcept;

  /// Makes a layer `Kind<Scalar>(arguments...)` at the end.
  template <template <class> class Kind, class... Arguments>
  Kind<Scalar>& add(Arguments&&... arguments) {
    auto layer = std::make_unique<Kind<Scalar>>(std::forward<Arguments>(arguments)...);
    Kind<Scalar>& added = *layer;
    add(std::move(layer));
    return added;
  }
  void add(std::unique_ptr<Layer<Scalar>> layer);

  /// The layers, counted from 0. Throws IndexError for another number.
  [[nodiscard]] int size() const { return static_cast<int>(layers_.size()); }
  [[nodiscard]] Layer<Scalar>& layer(int index) { return *layers_[checked(index)]; }
  [[nodiscard]] const Layer<Scalar>& layer(int index) const { return *layers_[checked(index)]; }

  /// What layer `index` put out in the last `forward`. Throws ValueError when there was none.
  [[nodiscard]] const T& output_of(int index) const;

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Shape output_shape(const Shape& input) const override;
  const T& forward(const T& input, Pass pass) override;
  const T& backward(const T& d_output) override;
  [[nodiscard]] std::vector<Parameter<Scalar>*> parameters() override;
  [[nodiscard]] std::unique_ptr<Layer<Scalar>> clone() const override;

  /// Sets every gradient to zero; `backward` adds to what is there.
  void zero_gradients();

  /// How many numbers training adjusts.
  [[nodiscard]] std::ptrdiff_t parameter_count() const;

  /// A table with each layer's name, output shape for this input, and number of parameters, and their total. Throws
  /// ShapeError when the layers do not fit together.
  [[nodiscard]] std::string summary(const Shape& input) const;

 private:
  [[nodiscard]] std::size_t checked(int index) const;

  std::vector<std::unique_ptr<Layer<Scalar>>> layers_;
  std::vector<const T*> outputs_;  // of the last forward; empty before it
};

}  // namespace handbuilt::nn
