#include "nn/loss.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"

namespace handbuilt::nn {

namespace {

/// Turns one row of logits into probabilities, and returns log(sum of exp(logit)).
template <class Scalar>
Scalar softmax_row(const Scalar* logits, int classes, Scalar* probabilities) {
  // Subtract the largest logit: the probabilities are the same, and no exponential can overflow.
  const Scalar largest = *std::max_element(logits, logits + classes);
  Scalar sum = 0;
  for (int k = 0; k < classes; ++k) sum += probabilities[k] = std::exp(logits[k] - largest);
  for (int k = 0; k < classes; ++k) probabilities[k] /= sum;
  return largest + std::log(sum);
}

void check_logits(const char* where, const Shape& logits) {
  if (logits.rank() != 2 || logits[1] == 0)
    throw ShapeError(std::string(where) + ": expected logits [batch, classes], got " + logits.to_string());
}

void check_batch(const char* where, const Shape& shape) {
  if (shape.size() == 0) throw ShapeError(std::string(where) + ": expected a batch, got " + shape.to_string());
}

}  // namespace

template <class Scalar>
BasicTensor<Scalar> softmax(const BasicTensor<Scalar>& logits) {
  check_logits("softmax", logits.shape());
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  BasicTensor<Scalar> probabilities(logits.shape());
  for (std::ptrdiff_t n = 0; n < batch; ++n)
    softmax_row(logits.data() + n * classes, classes, probabilities.data() + n * classes);
  return probabilities;
}

// #region softmax_cross_entropy
template <class Scalar>
double softmax_cross_entropy(const BasicTensor<Scalar>& logits, std::span<const int> labels,
                             BasicTensor<Scalar>& d_logits) {
  check_logits("softmax_cross_entropy", logits.shape());
  check_batch("softmax_cross_entropy", logits.shape());
  const int batch = logits.shape()[0], classes = logits.shape()[1];
  if (labels.size() != static_cast<std::size_t>(batch))
    throw ShapeError("softmax_cross_entropy: expected " + std::to_string(batch) + " labels for logits " +
                     logits.shape().to_string() + ", got " + std::to_string(labels.size()));
  d_logits.resize(logits.shape());
  double loss = 0;
  for (int n = 0; n < batch; ++n) {
    const int label = labels[static_cast<std::size_t>(n)];
    if (label < 0 || label >= classes)
      throw ValueError("softmax_cross_entropy: expected labels 0 ... " + std::to_string(classes - 1) + ", got " +
                       std::to_string(label) + " at position " + std::to_string(n));
    const Scalar* row = logits.data() + std::ptrdiff_t{n} * classes;
    Scalar* d_row = d_logits.data() + std::ptrdiff_t{n} * classes;
    // -log(softmax(row)[label]) = log(sum of exp(row)) - row[label]
    loss += softmax_row(row, classes, d_row) - row[label];
    // d loss / d row = (softmax(row) - one_hot(label)) / batch
    d_row[label] -= 1;
    for (int k = 0; k < classes; ++k) d_row[k] /= static_cast<Scalar>(batch);
  }
  return loss / batch;
}
// #endregion softmax_cross_entropy

template <class Scalar>
double softmax_cross_entropy(const BasicTensor<Scalar>& logits, std::span<const int> labels) {
  BasicTensor<Scalar> ignored;
  return softmax_cross_entropy(logits, labels, ignored);
}

template <class Scalar>
double squared_loss(const BasicTensor<Scalar>& prediction, const BasicTensor<Scalar>& target,
                    BasicTensor<Scalar>& d_prediction) {
  require_shape("squared_loss", "prediction", target.shape(), prediction.shape());
  check_batch("squared_loss", prediction.shape());
  const int batch = prediction.shape()[0];
  d_prediction.resize(prediction.shape());
  double loss = 0;
  for (std::ptrdiff_t i = 0; i < prediction.size(); ++i) {
    const Scalar error = prediction[i] - target[i];
    loss += 0.5 * static_cast<double>(error) * static_cast<double>(error);
    d_prediction[i] = error / static_cast<Scalar>(batch);
  }
  return loss / batch;
}

template BasicTensor<float> softmax(const BasicTensor<float>&);
template BasicTensor<double> softmax(const BasicTensor<double>&);
template double softmax_cross_entropy(const BasicTensor<float>&, std::span<const int>, BasicTensor<float>&);
template double softmax_cross_entropy(const BasicTensor<double>&, std::span<const int>, BasicTensor<double>&);
template double softmax_cross_entropy(const BasicTensor<float>&, std::span<const int>);
template double softmax_cross_entropy(const BasicTensor<double>&, std::span<const int>);
template double squared_loss(const BasicTensor<float>&, const BasicTensor<float>&, BasicTensor<float>&);
template double squared_loss(const BasicTensor<double>&, const BasicTensor<double>&, BasicTensor<double>&);

}  // namespace handbuilt::nn
