#pragma once

#include <functional>
#include <vector>

#include "core/random.hpp"
#include "core/tensor.hpp"

/// Inputs for tests of exercises. All random ones come from the stream of the test at hand, which depends on the
/// judge's seed and the test's name: `--seed N` brings a failure back, and other tests do not disturb it.
namespace handbuilt::grader {

/// The random stream of the test at hand.
Random& draws();

/// Whole numbers low ... high, drawn uniformly. Sums and products of a few thousand such small ones are exact in float
/// in any order.
Tensor whole_numbers(const Shape& shape, int low = -4, int high = 4);
std::vector<int> whole_number_list(int count, int low, int high);

/// Independent draws of a Gaussian.
Tensor gaussian(const Shape& shape, double standard_deviation = 1, double mean = 0);
TensorD gaussian_d(const Shape& shape, double standard_deviation = 1, double mean = 0);

/// Independent draws, uniform in [low, high).
Tensor uniform(const Shape& shape, double low = 0, double high = 1);

/// All entries different, at least `gap` apart, in random order: for maxima, whose gradient has kinks at ties.
Tensor distinct(const Shape& shape, double gap = 0.1);

Tensor zeros(const Shape& shape);
Tensor ones(const Shape& shape);
Tensor filled(const Shape& shape, float value);

/// `count` class labels 0 ... classes - 1.
std::vector<int> class_labels(int count, int classes);

/// [labels, classes]: one 1 a row.
Tensor one_hot(const std::vector<int>& labels, int classes);

TensorD to_double(const Tensor& tensor);
Tensor to_float(const TensorD& tensor);

/// The gradient of `loss` at `point` by central differences with the given step, in double: the error is about
/// step^2 plus 1e-16 / step, relative to the loss's scale.
TensorD numerical_gradient(const std::function<double(const TensorD&)>& loss, TensorD point, double step = 1e-5);

}  // namespace handbuilt::grader
