#include "grader/judge/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "grader/judge/session.hpp"

namespace handbuilt::grader {

namespace {

template <class Scalar, class Draw>
BasicTensor<Scalar> drawn(const Shape& shape, Draw draw) {
  BasicTensor<Scalar> tensor(shape);
  for (Scalar& value : tensor) value = static_cast<Scalar>(draw());
  return tensor;
}

int whole_number(int low, int high) { return low + draws().below(high - low + 1); }

}  // namespace

Random& draws() { return Session::current().draws(); }

Tensor whole_numbers(const Shape& shape, int low, int high) {
  return drawn<float>(shape, [&] { return whole_number(low, high); });
}

std::vector<int> whole_number_list(int count, int low, int high) {
  std::vector<int> list(static_cast<std::size_t>(count));
  for (int& value : list) value = whole_number(low, high);
  return list;
}

Tensor gaussian(const Shape& shape, double standard_deviation, double mean) {
  return drawn<float>(shape, [&] { return draws().normal(mean, standard_deviation); });
}

TensorD gaussian_d(const Shape& shape, double standard_deviation, double mean) {
  return drawn<double>(shape, [&] { return draws().normal(mean, standard_deviation); });
}

Tensor uniform(const Shape& shape, double low, double high) {
  return drawn<float>(shape, [&] { return draws().uniform(low, high); });
}

Tensor distinct(const Shape& shape, double gap) {
  const std::vector<int> order = draws().permutation(static_cast<int>(shape.size()));
  Tensor tensor(shape);
  const double middle = static_cast<double>(shape.size() - 1) / 2;
  std::transform(order.begin(), order.end(), tensor.begin(),
                 [&](int rank) { return static_cast<float>(gap * (rank - middle)); });
  return tensor;
}

Tensor zeros(const Shape& shape) { return Tensor(shape); }
Tensor ones(const Shape& shape) { return filled(shape, 1); }

Tensor filled(const Shape& shape, float value) {
  Tensor tensor(shape);
  tensor.fill(value);
  return tensor;
}

std::vector<int> class_labels(int count, int classes) { return whole_number_list(count, 0, classes - 1); }

Tensor one_hot(const std::vector<int>& labels, int classes) {
  Tensor tensor({static_cast<int>(labels.size()), classes});
  for (int row = 0; row < static_cast<int>(labels.size()); ++row) {
    const int label = labels[static_cast<std::size_t>(row)];
    if (label < 0 || label >= classes)
      throw ValueError("one_hot: expected a label from 0 to " + std::to_string(classes - 1) + ", got " +
                       std::to_string(label));
    tensor(row, label) = 1;
  }
  return tensor;
}

TensorD to_double(const Tensor& tensor) {
  return TensorD(tensor.shape(), std::vector<double>(tensor.begin(), tensor.end()));
}

Tensor to_float(const TensorD& tensor) {
  Tensor result(tensor.shape());
  std::transform(tensor.begin(), tensor.end(), result.begin(), [](double value) { return static_cast<float>(value); });
  return result;
}

TensorD numerical_gradient(const std::function<double(const TensorD&)>& loss, TensorD point, double step) {
  TensorD gradient(point.shape());
  for (std::ptrdiff_t i = 0; i < point.size(); ++i) {
    const double here = point[i];
    point[i] = here + step;
    const double above = loss(point);
    point[i] = here - step;
    const double below = loss(point);
    point[i] = here;
    gradient[i] = (above - below) / (2 * step);
  }
  return gradient;
}

}  // namespace handbuilt::grader
