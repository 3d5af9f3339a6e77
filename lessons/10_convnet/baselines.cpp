#include "baselines.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/matmul.hpp"

namespace handbuilt::lessons::convnet {
namespace {

int class_count(const data::LabelledImages& train) {
  if (train.labels.empty()) throw ValueError("baseline: expected at least one training image, got none");
  return *std::max_element(train.labels.begin(), train.labels.end()) + 1;
}

std::vector<int> images_per_class(const data::LabelledImages& train) {
  std::vector<int> counts(static_cast<std::size_t>(class_count(train)));
  for (const int label : train.labels) ++counts[static_cast<std::size_t>(label)];
  return counts;
}

/// [images, pixels of one]
Tensor rows(const Tensor& images) {
  const int count = images.shape()[0];
  return images.reshaped({count, count == 0 ? 0 : static_cast<int>(images.size() / count)});
}

Tensor transposed(const Tensor& matrix) {
  const auto [row_count, column_count, one, also_one] = matrix.shape();
  Tensor result({column_count, row_count});
  for (int r = 0; r < row_count; ++r)
    for (int c = 0; c < column_count; ++c) result(c, r) = matrix(r, c);
  return result;
}

/// For every row of `queries` the number of the nearest row of `known`. As |q - k|^2 = |q|^2 - 2 q k + |k|^2 and |q|^2
/// is the same for all k, the largest q k - |k|^2 / 2 is the nearest.
std::vector<int> nearest_rows(const Tensor& queries, const Tensor& known) {
  const int count = known.shape()[0], width = known.shape()[1];
  std::vector<float> half_squares(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k)
    for (int i = 0; i < width; ++i) half_squares[static_cast<std::size_t>(k)] += known(k, i) * known(k, i) / 2;

  const Tensor products = matmul(queries, transposed(known));
  std::vector<int> nearest;
  for (int q = 0; q < queries.shape()[0]; ++q) {
    int best = 0;
    const auto score = [&](int k) { return products(q, k) - half_squares[static_cast<std::size_t>(k)]; };
    for (int k = 1; k < count; ++k)
      if (score(k) > score(best)) best = k;
    nearest.push_back(best);
  }
  return nearest;
}

}  // namespace

std::vector<int> commonest_class(const data::LabelledImages& train, const Tensor& images) {
  const std::vector<int> counts = images_per_class(train);
  const auto commonest = std::max_element(counts.begin(), counts.end()) - counts.begin();
  return std::vector<int>(static_cast<std::size_t>(images.shape()[0]), static_cast<int>(commonest));
}

std::vector<int> nearest_mean(const data::LabelledImages& train, const Tensor& images) {
  const std::vector<int> counts = images_per_class(train);
  const Tensor known = rows(train.images);
  const int width = known.shape()[1];

  // The average picture of every class that has any; `classes` says which.
  std::vector<int> classes, row_of_class(counts.size());
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] > 0) {
      row_of_class[k] = static_cast<int>(classes.size());
      classes.push_back(static_cast<int>(k));
    }
  Tensor means({static_cast<int>(classes.size()), width});
  for (int n = 0; n < train.count(); ++n) {
    const auto label = static_cast<std::size_t>(train.labels[static_cast<std::size_t>(n)]);
    for (int i = 0; i < width; ++i) means(row_of_class[label], i) += known(n, i) / static_cast<float>(counts[label]);
  }

  std::vector<int> answers = nearest_rows(rows(images), means);
  for (int& answer : answers) answer = classes[static_cast<std::size_t>(answer)];
  return answers;
}

std::vector<int> nearest_neighbour(const data::LabelledImages& train, const Tensor& images) {
  class_count(train);  // refuses an empty set
  std::vector<int> answers = nearest_rows(rows(images), rows(train.images));
  for (int& answer : answers) answer = train.labels[static_cast<std::size_t>(answer)];
  return answers;
}

Tensor moved_right(const Tensor& images, int pixels) {
  Tensor moved(images.shape());
  for (const auto [n, c, y, x] : moved.indices())
    if (x >= pixels) moved(n, c, y, x) = images(n, c, y, x - pixels);
  return moved;
}

double share_right(const std::vector<int>& answers, const std::vector<int>& labels) {
  if (answers.size() != labels.size() || labels.empty())
    throw ValueError("share of right answers: expected as many answers as labels and at least one, got " +
                     std::to_string(answers.size()) + " and " + std::to_string(labels.size()));
  std::size_t right = 0;
  for (std::size_t k = 0; k < labels.size(); ++k) right += answers[k] == labels[k] ? 1 : 0;
  return static_cast<double>(right) / static_cast<double>(labels.size());
}

}  // namespace handbuilt::lessons::convnet
