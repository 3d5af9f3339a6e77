#include "nn/activation.hpp"

#include <cmath>

namespace handbuilt::nn {

// Each function with its chain rule beside it: d loss / d x from d = d loss / d f(x). The slope is told from the value
// f(x), which is at hand on the way back.

// #region activations
struct ReLUFunction {
  static constexpr const char* kName = "ReLU";
  template <class Scalar>
  static Scalar value(Scalar x) {
    return x < 0 ? 0 : x;  // not x > 0 ? x : 0, which would turn a NaN into a harmless-looking zero
  }
  template <class Scalar>
  static Scalar chain(Scalar d, Scalar value) {
    return value > 0 ? d : 0;
  }
};

struct TanhFunction {
  static constexpr const char* kName = "tanh";
  template <class Scalar>
  static Scalar value(Scalar x) {
    return std::tanh(x);
  }
  template <class Scalar>
  static Scalar chain(Scalar d, Scalar value) {
    return d * (1 - value * value);
  }
};

struct SigmoidFunction {
  static constexpr const char* kName = "sigmoid";
  template <class Scalar>
  static Scalar value(Scalar x) {
    return 1 / (1 + std::exp(-x));
  }
  template <class Scalar>
  static Scalar chain(Scalar d, Scalar value) {
    return d * value * (1 - value);
  }
};
// #endregion activations

template <class Scalar, class Function>
std::string Activation<Scalar, Function>::name() const {
  return Function::kName;
}

template <class Scalar, class Function>
const BasicTensor<Scalar>& Activation<Scalar, Function>::forward(const T& input, Pass pass) {
  output_.resize(input.shape());
  input_.borrow(input, pass);
  const Scalar* x = input.data();
  Scalar* y = output_.data();
  for (std::ptrdiff_t i = 0, size = input.size(); i < size; ++i) y[i] = Function::value(x[i]);
  return output_;
}

template <class Scalar, class Function>
const BasicTensor<Scalar>& Activation<Scalar, Function>::backward(const T& d_output) {
  this->check_backward(static_cast<bool>(input_), output_.shape(), d_output.shape());
  d_input_.resize(this->wants_d_input_ ? output_.shape() : Shape());
  const Scalar *y = output_.data(), *dy = d_output.data();
  Scalar* dx = d_input_.data();
  for (std::ptrdiff_t i = 0, size = d_input_.size(); i < size; ++i) dx[i] = Function::chain(dy[i], y[i]);
  return d_input_;
}

template class Activation<float, ReLUFunction>;
template class Activation<double, ReLUFunction>;
template class Activation<float, TanhFunction>;
template class Activation<double, TanhFunction>;
template class Activation<float, SigmoidFunction>;
template class Activation<double, SigmoidFunction>;

}  // namespace handbuilt::nn
