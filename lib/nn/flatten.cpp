#include "nn/flatten.hpp"

#include <algorithm>

namespace handbuilt::nn {

template <class Scalar>
Shape Flatten<Scalar>::output_shape(const Shape& input) const {
  if (input.size() == 0) this->refuse_input("[batch, ...] with at least one value", input);
  return {input[0], static_cast<int>(input.size() / input[0])};
}

template <class Scalar>
const BasicTensor<Scalar>& Flatten<Scalar>::forward(const T& input, Pass pass) {
  output_.resize(output_shape(input.shape()));
  input_.borrow(input, pass);
  std::copy(input.begin(), input.end(), output_.begin());
  return output_;
}

template <class Scalar>
const BasicTensor<Scalar>& Flatten<Scalar>::backward(const T& d_output) {
  this->check_backward(static_cast<bool>(input_), output_.shape(), d_output.shape());
  d_input_.resize(this->wants_d_input_ ? input_->shape() : Shape());
  std::copy_n(d_output.begin(), d_input_.size(), d_input_.begin());
  return d_input_;
}

template class Flatten<float>;
template class Flatten<double>;

}  // namespace handbuilt::nn
