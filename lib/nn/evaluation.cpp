#include "nn/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "core/error.hpp"
#include "nn/loss.hpp"

namespace handbuilt::nn {

namespace {

constexpr int kBatchSize = 256;

/// Images `begin` ... `end - 1` as a batch of their own.
void copy_images(const Tensor& images, int begin, int end, Tensor& batch) {
  const auto [count, channels, height, width] = images.shape();
  batch.resize({end - begin, channels, height, width});
  const std::ptrdiff_t size = images.size() / count;
  std::copy(images.begin() + begin * size, images.begin() + end * size, batch.begin());
}

int classes_of(const Sequential<float>& network, const Tensor& images) {
  const auto [count, channels, height, width] = images.shape();
  const Shape output = network.output_shape({1, channels, height, width});
  if (output.rank() != 2)
    throw ShapeError("a classifier ends in [batch, classes], this network in " + output.to_string());
  return output[1];
}

}  // namespace

std::vector<int> most_likely(const Tensor& outputs) {
  const auto [batch, classes, unused_height, unused_width] = outputs.shape();
  std::vector<int> chosen;
  for (int n = 0; n < batch; ++n) {
    const float* row = outputs.begin() + static_cast<std::ptrdiff_t>(n) * classes;
    chosen.push_back(static_cast<int>(std::max_element(row, row + classes) - row));
  }
  return chosen;
}

void require_trainable(const Sequential<float>& network, const data::LabelledImages& samples, const std::string& name) {
  if (samples.labels.empty() || samples.images.empty()) throw ValueError(name + ": expected images, got none");
  if (samples.images.rank() != 4 || samples.images.shape()[0] != samples.count())
    throw ShapeError(name + ": expected images [" + std::to_string(samples.count()) +
                     ", channels, height, width], one for each label, got " + samples.images.shape().to_string());
  const int classes = classes_of(network, samples.images);
  for (int i = 0; i < samples.count(); ++i) {
    const int label = samples.labels[static_cast<std::size_t>(i)];
    if (label < 0 || label >= classes)
      throw ValueError(name + ": expected labels from 0 to " + std::to_string(classes - 1) + ", got " +
                       std::to_string(label) + " for image " + std::to_string(i));
  }
  const auto broken =
      std::find_if_not(samples.images.begin(), samples.images.end(), [](float pixel) { return std::isfinite(pixel); });
  if (broken != samples.images.end()) {
    const std::ptrdiff_t image = (broken - samples.images.begin()) / (samples.images.size() / samples.count());
    throw ValueError(name + ": image " + std::to_string(image) + " holds a pixel that is not a finite number");
  }
}

Evaluation evaluate(const Sequential<float>& network, const data::LabelledImages& samples, Workers& workers) {
  require_trainable(network, samples, "evaluate");
  const int count = samples.count();
  const int batches = (count + kBatchSize - 1) / kBatchSize;
  Evaluation result;
  result.predictions.resize(static_cast<std::size_t>(count));
  // A batch is never cut in two, so that the number of threads does not change a single bit of the result.
  std::vector<double> losses(static_cast<std::size_t>(batches));
  workers.parallel_for(batches, [&](int first_batch, int last_batch, int) {
    Sequential<float> copy = network;
    Tensor images;
    for (int b = first_batch; b < last_batch; ++b) {
      const int begin = b * kBatchSize, end = std::min(count, begin + kBatchSize);
      copy_images(samples.images, begin, end, images);
      const Tensor& outputs = copy.forward(images, Pass::inference);
      const std::span labels(samples.labels.data() + begin, static_cast<std::size_t>(end - begin));
      losses[static_cast<std::size_t>(b)] = softmax_cross_entropy(outputs, labels) * (end - begin);
      const std::vector<int> chosen = most_likely(outputs);
      std::copy(chosen.begin(), chosen.end(), result.predictions.begin() + begin);
    }
  });

  for (const double loss : losses) result.loss += loss / count;
  const auto classes = static_cast<std::size_t>(classes_of(network, samples.images));
  result.confusion.assign(classes, std::vector<int>(classes));
  int right = 0;
  for (std::size_t i = 0; i < samples.labels.size(); ++i) {
    const int label = samples.labels[i], prediction = result.predictions[i];
    ++result.confusion[static_cast<std::size_t>(label)][static_cast<std::size_t>(prediction)];
    right += label == prediction;
  }
  result.accuracy = static_cast<double>(right) / count;
  return result;
}

Evaluation evaluate(const Sequential<float>& network, const data::LabelledImages& samples) {
  Workers one(1);
  return evaluate(network, samples, one);
}

}  // namespace handbuilt::nn
