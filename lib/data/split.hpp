#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/random.hpp"
#include "core/tensor.hpp"

namespace handbuilt::data {

/// Which samples serve which purpose: positions in a data set, each in exactly one part.
struct Split {
  std::vector<int> train, validation, test;
};

/// Shares of the whole. None negative; together 1.
struct SplitFractions {
  double train = 0.7, validation = 0.1, test = 0.2;
};

/// 0 ... samples - 1 in random order, cut into the three parts; each has its fraction of the samples to within one.
/// Throws ValueError for fractions that are not shares of one whole.
Split random_split(int samples, const SplitFractions& fractions, Random& random);

/// The same for every class apart, so that each part holds each class in its fraction to within one sample of that
/// class. For classes so rare that chance might leave a part without them. `labels` [samples], none negative.
Split stratified_split(const std::vector<int>& labels, const SplitFractions& fractions, Random& random);

/// 0 ... samples - 1 cut in order: the first rows to train on, the last ones to test on. For rows that stand in order
/// of time, where the past has to foretell the future and neighbours resemble each other.
Split ordered_split(int samples, const SplitFractions& fractions);

/// One round of cross-validation: `validation` is held out while `train`, all the others, is learned from.
struct Fold {
  std::vector<int> train, validation;
};

/// k-fold cross-validation: every sample is held out in exactly one of the folds, whose sizes differ by one at most.
/// Throws ValueError unless 2 <= folds <= samples.
std::vector<Fold> k_fold(int samples, int folds, Random& random);

/// k-fold cross-validation that holds out whole groups (all rows of a field, of a person): no group is on both sides.
/// Each fold holds out its share of the groups to within one. `of_row` [samples], the group of each row, none negative.
/// Throws ValueError unless 2 <= folds <= the number of groups.
std::vector<Fold> group_k_fold(const std::vector<int>& of_row, int folds, Random& random);

/// Throws IndexError, naming the first of `indices` that is not in 0 ... count - 1.
void require_indices(const std::vector<int>& indices, int count);

/// The chosen samples in the order of `indices`, which may repeat: rows of a tensor [samples, ...] or entries of a
/// list. Throws IndexError for an index outside.
template <class Scalar>
BasicTensor<Scalar> take(const BasicTensor<Scalar>& samples, const std::vector<int>& indices) {
  const Shape& shape = samples.shape();
  require_indices(indices, shape[0]);
  std::vector<int> extents{static_cast<int>(indices.size())};
  for (int d = 1; d < shape.rank(); ++d) extents.push_back(shape[d]);
  BasicTensor<Scalar> taken{Shape(extents)};
  const std::ptrdiff_t row = shape[0] == 0 ? 0 : samples.size() / shape[0];
  Scalar* out = taken.begin();
  for (const int index : indices) out = std::copy_n(samples.begin() + index * row, row, out);
  return taken;
}
template <class Value>
std::vector<Value> take(const std::vector<Value>& samples, const std::vector<int>& indices) {
  require_indices(indices, static_cast<int>(samples.size()));
  std::vector<Value> taken;
  taken.reserve(indices.size());
  for (const int index : indices) taken.push_back(samples[static_cast<std::size_t>(index)]);
  return taken;
}

}  // namespace handbuilt::data
