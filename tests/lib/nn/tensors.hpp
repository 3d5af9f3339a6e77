#pragma once

#include <cmath>
#include <ostream>

#include "core/random.hpp"
#include "core/tensor.hpp"

namespace handbuilt {

inline void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.to_string(); }

namespace nn {

/// Gaussian numbers.
template <class Scalar = double>
BasicTensor<Scalar> random_tensor(const Shape& shape, std::uint64_t seed = 1) {
  Random random(seed);
  BasicTensor<Scalar> tensor(shape);
  for (Scalar& value : tensor) value = static_cast<Scalar>(random.normal());
  return tensor;
}

/// Numbers in random order, each at least 0.02 from every other and 0.01 from zero: away from the kinks of ReLU and
/// max-pooling.
inline TensorD spread_tensor(const Shape& shape, std::uint64_t seed = 1) {
  Random random(seed);
  TensorD tensor(shape);
  const std::vector<int> order = random.permutation(static_cast<int>(shape.size()));
  for (std::ptrdiff_t i = 0; i < shape.size(); ++i)
    tensor[i] = 0.02 * (order[static_cast<std::size_t>(i)] - static_cast<double>(shape.size() / 2)) + 0.01;
  return tensor;
}

template <class To, class From>
BasicTensor<To> converted(const BasicTensor<From>& tensor) {
  BasicTensor<To> result(tensor.shape());
  for (std::ptrdiff_t i = 0; i < tensor.size(); ++i) result[i] = static_cast<To>(tensor[i]);
  return result;
}

/// ||a - b|| / (||a|| + ||b||), 0 for two zeros, infinite for different shapes or what is not a number.
template <class A, class B>
double relative_difference(const BasicTensor<A>& a, const BasicTensor<B>& b) {
  if (!(a.shape() == b.shape())) return INFINITY;
  double difference = 0, norm_a = 0, norm_b = 0;
  for (std::ptrdiff_t i = 0; i < a.size(); ++i) {
    const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
    difference += (x - y) * (x - y);
    norm_a += x * x;
    norm_b += y * y;
  }
  if (norm_a == 0 && norm_b == 0) return 0;
  const double relative = std::sqrt(difference) / (std::sqrt(norm_a) + std::sqrt(norm_b));
  return std::isnan(relative) ? INFINITY : relative;
}

/// The message of the exception that `action` throws, or "nothing was thrown".
template <class Exception, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace nn
}  // namespace handbuilt
