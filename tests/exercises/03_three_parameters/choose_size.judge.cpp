#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "columns.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace columns;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(three_parameters, choose_size, errors);

namespace {

struct SizeCase {
  TensorD errors;
  std::string because;
};

/// How an allowance is made and used. By default as it should be.
struct Choosing {
  enum class Allowance {
    kStandardError,
    kNothing,
    kDeviation,
    kVariance,
    kSquaredError,
    kFoldsInTheVariance,
    kOfTheFirst,
    kOfTheLast,
    kOfEachItself,
    kOverTheSizes,
    kOfAllEntries,
    kRootOfSizes
  } allowance = Allowance::kStandardError;
  bool strictly = false, downwards = false, largest = false, roots = false;
};

int size_of(const SizeCase& of, Choosing how = {}) {
  using Allowance = Choosing::Allowance;
  TensorD errors = of.errors;
  if (how.roots)
    for (double& error : errors) error = std::sqrt(error);
  const std::vector<Column> sizes = columns_of(errors);
  const auto folds = static_cast<double>(errors.shape()[0]);
  const int count = static_cast<int>(sizes.size());
  Column means;
  for (const Column& size : sizes) means.push_back(mean_of(size));
  const int best = static_cast<int>(std::min_element(means.begin(), means.end()) - means.begin());
  const auto allowance = [&](int size) {
    const auto of_size = [&](int which) { return standard_deviation(sizes[place(which)], 1); };
    switch (how.allowance) {
      case Allowance::kNothing:
        return 0.0;
      case Allowance::kDeviation:
        return of_size(best);
      case Allowance::kVariance:
        return of_size(best) * of_size(best);
      case Allowance::kSquaredError:
        return of_size(best) * of_size(best) / folds;
      case Allowance::kFoldsInTheVariance:
        return standard_deviation(sizes[place(best)], 0) / std::sqrt(folds);
      case Allowance::kOfTheFirst:
        return of_size(0) / std::sqrt(folds);
      case Allowance::kOfTheLast:
        return of_size(count - 1) / std::sqrt(folds);
      case Allowance::kOfEachItself:
        return of_size(size) / std::sqrt(folds);
      case Allowance::kOverTheSizes:
        return standard_deviation(means, 1) / std::sqrt(static_cast<double>(count));
      case Allowance::kOfAllEntries:
        return standard_deviation(Column(errors.begin(), errors.end()), 1) / std::sqrt(folds);
      case Allowance::kRootOfSizes:
        return of_size(best) / std::sqrt(static_cast<double>(count));
      default:
        return of_size(best) / std::sqrt(folds);
    }
  };
  // A hair, so that what lies on the border by arithmetic is not decided by rounding here.
  const auto is_within = [&](int size) {
    const double gap = means[place(size)] - means[place(best)] - allowance(size);
    return how.strictly ? gap < -1e-9 : gap <= 1e-9;
  };
  int answer = best;
  if (how.downwards)
    while (answer > 0 && is_within(answer - 1)) --answer;
  for (int size = 0; size < count && !how.downwards; ++size)
    if (is_within(size)) {
      answer = size;
      if (!how.largest) break;
    }
  return answer;
}

std::vector<KnownMistake<SizeCase, int>> size_mistakes() {
  using Allowance = Choosing::Allowance;
  const auto by = [](Choosing how) { return [how](const SizeCase& of) { return size_of(of, how); }; };
  const std::string surer = "the mean of several folds is surer than one of them",
                    whose = "whose folds is the standard error made of?",
                    other = "the standard error is not that of the best size";
  return {{by({.allowance = Allowance::kNothing}), "the size with the smallest error is taken",
           "which smaller one is as good, as far as one can tell?"},
          {[](const SizeCase&) { return 0; }, "the first size is always taken", "is nothing at all always as good?"},
          {by({.strictly = true}), "a size exactly one standard error off counts as outside", "is the border within?"},
          {by({.downwards = true}), "the search goes down from the best and stops at the first size that is too bad",
           "can an even smaller size be good enough again?"},
          {by({.largest = true}), "the largest size within one standard error is taken", "which of them do you want?"},
          {by({.allowance = Allowance::kDeviation}), "a standard deviation is allowed, not a standard error", surer},
          {by({.allowance = Allowance::kVariance}), "a variance is allowed, not a standard error",
           "in which unit is a variance?"},
          {by({.allowance = Allowance::kSquaredError}), "the standard error is squared: a root is missing",
           "in which unit is a variance?"},
          {by({.allowance = Allowance::kFoldsInTheVariance}), "the variance is divided by the folds, not by one less",
           "what does tasks.hpp say to divide by?"},
          {by({.allowance = Allowance::kRootOfSizes}), "it is divided by the root of the sizes, not of the folds",
           "over how many folds is the mean?"},
          {by({.allowance = Allowance::kOfTheFirst}), other, whose},
          {by({.allowance = Allowance::kOfTheLast}), other, whose},
          {by({.allowance = Allowance::kOfEachItself}), other, whose},
          {by({.allowance = Allowance::kOverTheSizes}), "the deviation is that of the sizes' means, not of the folds",
           whose},
          {by({.allowance = Allowance::kOfAllEntries}), "the deviation is that of all errors together", whose},
          {by({.roots = true}), "the root is taken of each fold's error", "the error of a size is the mean of what?"}};
}

/// Errors that fall and rise again with the size, with one size in between that is worse than its neighbours; now and
/// then with whole numbers and four folds, whose standard error may be hit exactly.
SizeCase any_errors() {
  const bool is_whole = draws().chance(0.3);
  const int folds = is_whole ? 4 : 3 + draws().below(6), sizes = 4 + draws().below(4);
  TensorD errors({folds, sizes});
  const int low = draws().below(sizes), bump = draws().below(sizes);
  for (int size = 0; size < sizes; ++size) {
    const double spread = draws().uniform(0.2, 6);
    for (int fold = 0; fold < folds; ++fold) {
      errors(fold, size) = 4 + 0.6 * std::abs(size - low) + (size == bump ? 2 : 0) + draws().uniform(0, spread);
      if (is_whole) errors(fold, size) = std::round(errors(fold, size));
    }
  }
  return {errors, ""};
}

}  // namespace

// choose-size

TEST(ChooseSize, TakesTheSmallestWithinOneStandardErrorOfTheBest) {
  const auto right = [](const SizeCase& of) { return size_of(of); };
  const auto mistakes = size_mistakes();
  std::vector<SizeCase> cases{
      {TensorD({3, 4}, {9, 5, 4.5, 3.5, 11, 6, 5, 4.5, 10, 7, 5.5, 5.5}),
       "the best mean is 4.5 and surer than 0.577 it is not: 5 is as good, and 6 is not"},
      {TensorD({4, 3}, {9, 4.3, 3.9, 1, 4.3, 4.1, 5, 4.3, 3.9, 5, 4.3, 4.1}),
       "the best is 4, and its folds agree within 0.1: 4.3 is clearly worse"},
      {TensorD({4, 3}, {12, 9, 11, 12, 9, 7, 12, 9, 7, 12, 9, 7}),
       "the best mean is 8 with a standard error of 1, and 9 is just within it"},
      {TensorD({2, 3}, {4, 5, 6, 5, 6, 7}), "no parameter at all is the flat rate, and it may be the best there is"},
      {TensorD({2, 4}, {6, 4, 5, 4, 6, 4, 5, 4}),
       "the folds agree entirely, so nothing is allowed: of two equally good the smaller one is taken"}};
  for (const SizeCase& more : telling_cases(any_errors, right, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases, [](const SizeCase& of) { return student::choose_size(of.errors); }, right, mistakes);
}
