#include "data/split.hpp"

#include <cmath>
#include <numeric>
#include <string>

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

void check(const SplitFractions& fractions) {
  const auto [train, validation, test] = fractions;
  constexpr double kRounding = 1e-9;
  if (!(train >= 0 && validation >= 0 && test >= 0 && std::abs(train + validation + test - 1) <= kRounding))
    throw ValueError("split: expected fractions that are not negative and add up to 1, got train " +
                     std::to_string(train) + ", validation " + std::to_string(validation) + ", test " +
                     std::to_string(test));
}

/// Cuts `order` at the fractions' edges and appends the pieces to the parts.
void deal(const std::vector<int>& order, const SplitFractions& fractions, Split& parts) {
  const auto edge = [&](double fraction) {
    const double place = std::round(fraction * static_cast<double>(order.size()));
    return order.begin() + std::min(static_cast<std::ptrdiff_t>(place), std::ssize(order));
  };
  const auto validation_begin = edge(fractions.train);
  const auto test_begin = edge(fractions.train + fractions.validation);
  parts.train.insert(parts.train.end(), order.begin(), validation_begin);
  parts.validation.insert(parts.validation.end(), validation_begin, test_begin);
  parts.test.insert(parts.test.end(), test_begin, order.end());
}

}  // namespace

Split random_split(int samples, const SplitFractions& fractions, Random& random) {
  check(fractions);
  Split parts;
  deal(random.permutation(samples), fractions, parts);
  return parts;
}

Split stratified_split(const std::vector<int>& labels, const SplitFractions& fractions, Random& random) {
  check(fractions);
  std::vector<std::vector<int>> members;  // the samples of each class, in random order
  for (const int sample : random.permutation(static_cast<int>(labels.size()))) {
    const int label = labels[static_cast<std::size_t>(sample)];
    if (label < 0)
      throw ValueError("stratified_split: label " + std::to_string(sample) + ": expected at least 0, got " +
                       std::to_string(label));
    const auto place = static_cast<std::size_t>(label);
    if (place >= members.size()) members.resize(place + 1);
    members[place].push_back(sample);
  }
  Split parts;
  for (const std::vector<int>& of_class : members) deal(of_class, fractions, parts);
  // So far the parts are sorted by class; a batch should not be.
  for (std::vector<int>* part : {&parts.train, &parts.validation, &parts.test}) random.shuffle(*part);
  return parts;
}

Split ordered_split(int samples, const SplitFractions& fractions) {
  check(fractions);
  std::vector<int> order(static_cast<std::size_t>(std::max(0, samples)));
  std::iota(order.begin(), order.end(), 0);
  Split parts;
  deal(order, fractions, parts);
  return parts;
}

std::vector<Fold> k_fold(int samples, int folds, Random& random) {
  if (folds < 2 || folds > samples)
    throw ValueError("k_fold: expected 2 to " + std::to_string(samples) + " folds for " + std::to_string(samples) +
                     " samples, got " + std::to_string(folds));
  const std::vector<int> order = random.permutation(samples);
  const auto edge = [&](int fold) { return order.begin() + std::int64_t{samples} * fold / folds; };
  std::vector<Fold> rounds;
  for (int fold = 0; fold < folds; ++fold) {
    Fold round{{order.begin(), edge(fold)}, {edge(fold), edge(fold + 1)}};
    round.train.insert(round.train.end(), edge(fold + 1), order.end());
    rounds.push_back(std::move(round));
  }
  return rounds;
}

std::vector<Fold> group_k_fold(const std::vector<int>& of_row, int folds, Random& random) {
  int groups = 0;
  for (const int group : of_row) {
    if (group < 0) throw ValueError("group_k_fold: expected groups of at least 0, got " + std::to_string(group));
    groups = std::max(groups, group + 1);
  }
  std::vector<Fold> rounds;
  for (const Fold& of_groups : k_fold(groups, folds, random)) {
    std::vector<bool> held_out(static_cast<std::size_t>(groups));
    for (const int group : of_groups.validation) held_out[static_cast<std::size_t>(group)] = true;
    Fold round;
    for (std::size_t row = 0; row < of_row.size(); ++row)
      (held_out[static_cast<std::size_t>(of_row[row])] ? round.validation : round.train)
          .push_back(static_cast<int>(row));
    rounds.push_back(std::move(round));
  }
  return rounds;
}

void require_indices(const std::vector<int>& indices, int count) {
  for (const int index : indices)
    if (index < 0 || index >= count)
      throw IndexError("take: index " + std::to_string(index) + " is outside " + std::to_string(count) + " samples");
}

}  // namespace handbuilt::data
