#include "nn/dense.hpp"

#include <algorithm>

#include "core/matmul.hpp"

namespace handbuilt::nn {

namespace {

DenseOptions checked(const DenseOptions& options) {
  if (options.inputs < 1 || options.outputs < 1)
    throw ValueError("dense: expected at least 1 input and 1 output, got " + std::to_string(options.inputs) + " and " +
                     std::to_string(options.outputs));
  return options;
}

template <class Scalar>
MatrixView<Scalar> view(const BasicTensor<Scalar>& matrix) {
  return {matrix.data(), matrix.shape()[0], matrix.shape()[1], matrix.shape()[1], 1};
}

}  // namespace

template <class Scalar>
Dense<Scalar>::Dense(Options options, Random& random, Initialisation how) : options_(checked(options)) {
  const Shape weights{options.outputs, options.inputs}, bias{options.outputs};
  weights_ = {"weights", T(weights), T(weights), true};
  bias_ = {"bias", T(bias), T(bias), false};
  initialise(weights_.value, bias_.value, options.inputs, options.outputs, how, random);
}

template <class Scalar>
std::string Dense<Scalar>::name() const {
  return "dense " + std::to_string(options_.inputs) + " -> " + std::to_string(options_.outputs);
}

template <class Scalar>
Shape Dense<Scalar>::output_shape(const Shape& input) const {
  if (input.rank() != 2 || input[1] != options_.inputs)
    this->refuse_input("[batch, " + std::to_string(options_.inputs) + "]", input);
  return {input[0], options_.outputs};
}

// #region dense
template <class Scalar>
const BasicTensor<Scalar>& Dense<Scalar>::forward(const T& input, Pass pass) {
  output_.resize(output_shape(input.shape()));
  input_.borrow(input, pass);
  // Start each row from the bias, then add input weights^T.
  for (int n = 0; n < input.shape()[0]; ++n)
    std::copy(bias_.value.begin(), bias_.value.end(), output_.data() + std::ptrdiff_t{n} * options_.outputs);
  gemm(view(input), view(weights_.value).transposed(), output_.data(), options_.outputs, true);
  return output_;
}

template <class Scalar>
const BasicTensor<Scalar>& Dense<Scalar>::backward(const T& d_output) {
  this->check_backward(static_cast<bool>(input_), output_.shape(), d_output.shape());
  // d_weights += d_output^T input
  gemm(view(d_output).transposed(), view(*input_), weights_.gradient.data(), options_.inputs, true);
  // d_bias += the sum of d_output over the batch
  for (int n = 0; n < d_output.shape()[0]; ++n)
    for (int o = 0; o < options_.outputs; ++o) bias_.gradient(o) += d_output(n, o);
  // d_input = d_output weights
  d_input_.resize(this->wants_d_input_ ? input_->shape() : Shape());
  if (this->wants_d_input_) gemm(view(d_output), view(weights_.value), d_input_.data(), options_.inputs, false);
  return d_input_;
}
// #endregion dense

template class Dense<float>;
template class Dense<double>;

}  // namespace handbuilt::nn
