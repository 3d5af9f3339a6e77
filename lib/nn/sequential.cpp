#include "nn/sequential.hpp"

#include <algorithm>
#include <array>

namespace handbuilt::nn {

namespace {

/// Runs `step`, and says which layer it was when the shapes do not fit.
template <class Step>
decltype(auto) naming_layer(std::size_t index, Step&& step) {
  try {
    return step();
  } catch (const ShapeError& error) {
    throw ShapeError("layer " + std::to_string(index) + ", " + error.what());
  }
}

template <class Scalar>
std::ptrdiff_t count_parameters(Layer<Scalar>& layer) {
  std::ptrdiff_t count = 0;
  for (const Parameter<Scalar>* parameter : layer.parameters()) count += parameter->value.size();
  return count;
}

/// 62558 -> "62,558"
std::string with_commas(std::ptrdiff_t number) {
  std::string text = std::to_string(number);
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), 1, ',');
  return text;
}

}  // namespace

template <class Scalar>
Sequential<Scalar>::Sequential(const Sequential& other) : Layer<Scalar>(other) {
  for (const auto& layer : other.layers_) layers_.push_back(layer->clone());
}

template <class Scalar>
Sequential<Scalar>& Sequential<Scalar>::operator=(Sequential other) noexcept {
  this->wants_d_input_ = other.wants_d_input_;
  layers_.swap(other.layers_);
  outputs_.swap(other.outputs_);
  return *this;
}

template <class Scalar>
void Sequential<Scalar>::add(std::unique_ptr<Layer<Scalar>> layer) {
  layers_.push_back(std::move(layer));
  outputs_.clear();
}

template <class Scalar>
std::size_t Sequential<Scalar>::checked(int index) const {
  if (index < 0 || index >= size())
    throw IndexError("a network of " + std::to_string(size()) + " layers has no layer " + std::to_string(index));
  return static_cast<std::size_t>(index);
}

template <class Scalar>
const BasicTensor<Scalar>& Sequential<Scalar>::output_of(int index) const {
  const std::size_t position = checked(index);
  if (outputs_.empty()) throw ValueError("output_of: the network has not run forward yet");
  return *outputs_[position];
}

template <class Scalar>
std::string Sequential<Scalar>::name() const {
  return "sequential of " + std::to_string(size()) + (size() == 1 ? " layer" : " layers");
}

template <class Scalar>
Shape Sequential<Scalar>::output_shape(const Shape& input) const {
  Shape shape = input;
  for (std::size_t i = 0; i < layers_.size(); ++i)
    shape = naming_layer(i, [&] { return layers_[i]->output_shape(shape); });
  return shape;
}

// #region sequential
template <class Scalar>
const BasicTensor<Scalar>& Sequential<Scalar>::forward(const T& input, Pass pass) {
  outputs_.clear();
  const T* activations = &input;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    activations = naming_layer(i, [&] { return &layers_[i]->forward(*activations, pass); });
    outputs_.push_back(activations);
  }
  return *activations;
}

template <class Scalar>
const BasicTensor<Scalar>& Sequential<Scalar>::backward(const T& d_output) {
  if (!layers_.empty()) layers_.front()->wants_d_input(this->wants_d_input_);
  const T* gradient = &d_output;
  for (std::size_t i = layers_.size(); i-- > 0;)
    gradient = naming_layer(i, [&] { return &layers_[i]->backward(*gradient); });
  return *gradient;
}
// #endregion sequential

template <class Scalar>
std::vector<Parameter<Scalar>*> Sequential<Scalar>::parameters() {
  std::vector<Parameter<Scalar>*> all;
  for (const auto& layer : layers_)
    for (Parameter<Scalar>* parameter : layer->parameters()) all.push_back(parameter);
  return all;
}

template <class Scalar>
std::unique_ptr<Layer<Scalar>> Sequential<Scalar>::clone() const {
  return std::make_unique<Sequential>(*this);
}

template <class Scalar>
void Sequential<Scalar>::zero_gradients() {
  for (Parameter<Scalar>* parameter : parameters()) parameter->gradient.fill(Scalar{0});
}

template <class Scalar>
std::ptrdiff_t Sequential<Scalar>::parameter_count() const {
  std::ptrdiff_t count = 0;
  for (const auto& layer : layers_) count += count_parameters(*layer);
  return count;
}

template <class Scalar>
std::string Sequential<Scalar>::summary(const Shape& input) const {
  using Row = std::array<std::string, 3>;
  std::vector<Row> rows{{"layer", "output", "parameters"}};
  Shape shape = input;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    shape = naming_layer(i, [&] { return layers_[i]->output_shape(shape); });
    rows.push_back({layers_[i]->name(), shape.to_string(), with_commas(count_parameters(*layers_[i]))});
  }
  rows.push_back({"total", "", with_commas(parameter_count())});

  // The words are set to the left of their columns, the numbers to the right.
  std::array<std::size_t, 3> width{};
  for (const Row& row : rows)
    for (std::size_t column = 0; column < width.size(); ++column)
      width[column] = std::max(width[column], row[column].size());
  std::string table;
  for (const auto& [layer, output, parameters] : rows)
    table += layer + std::string(width[0] - layer.size() + 2, ' ') + output +
             std::string(width[1] - output.size() + 2 + width[2] - parameters.size(), ' ') + parameters + "\n";
  return table;
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace handbuilt::nn
