#include "data/split.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<int> up_to(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<int> sorted_union(const std::vector<std::vector<int>>& parts) {
  std::vector<int> all;
  for (const std::vector<int>& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<int> sorted_union_of(const Split& split) {
  return sorted_union({split.train, split.validation, split.test});
}

int count_of(const std::vector<int>& labels, int label) {
  return static_cast<int>(std::count(labels.begin(), labels.end(), label));
}

TEST(Split, PutsEverySampleIntoExactlyOnePart) {
  Random random(1);
  for (int samples = 0; samples <= 40; ++samples)
    EXPECT_EQ(sorted_union_of(random_split(samples, {0.5, 0.3, 0.2}, random)), up_to(samples));
}

TEST(Split, GivesEachPartItsFractionToWithinOneSample) {
  Random random(2);
  for (int samples = 0; samples <= 100; ++samples) {
    const double first = random.uniform();
    const double second = random.uniform(0, 1 - first);
    const SplitFractions fractions{first, second, 1 - first - second};
    const Split split = random_split(samples, fractions, random);
    EXPECT_NEAR(static_cast<double>(split.train.size()), fractions.train * samples, 1.0);
    EXPECT_NEAR(static_cast<double>(split.validation.size()), fractions.validation * samples, 1.0);
    EXPECT_NEAR(static_cast<double>(split.test.size()), fractions.test * samples, 1.0);
  }
}

TEST(Split, IsTheSameForTheSameSeedAndAnotherForAnother) {
  Random first(7), second(7), other(8);
  const Split split = random_split(100, {}, first);
  EXPECT_EQ(random_split(100, {}, second).train, split.train);
  EXPECT_NE(random_split(100, {}, other).train, split.train);
}

TEST(Split, LeavesAPartOfFractionZeroEmpty) {
  Random random(3);
  const Split split = random_split(11, {0.8, 0.0, 0.2}, random);
  EXPECT_TRUE(split.validation.empty());
  EXPECT_EQ(split.train.size() + split.test.size(), 11u);
}

TEST(Split, RefusesFractionsThatAreNotSharesOfOneWhole) {
  Random random(4);
  for (const SplitFractions& fractions :
       {SplitFractions{0.5, 0.5, 0.5}, SplitFractions{1.2, -0.2, 0.0}, SplitFractions{std::nan(""), 0.5, 0.5}})
    EXPECT_THAT(test::message_of<ValueError>([&] { (void)random_split(10, fractions, random); }),
                HasSubstr("add up to 1"));
}

TEST(StratifiedSplit, GivesEachPartEachClassToWithinOneSample) {
  Random random(5);
  const std::vector<int> class_sizes{700, 31, 10, 0, 3};
  std::vector<int> labels;
  for (int label = 0; label < 5; ++label)
    labels.insert(labels.end(), static_cast<std::size_t>(class_sizes[static_cast<std::size_t>(label)]), label);
  random.shuffle(labels);
  const SplitFractions fractions{0.6, 0.2, 0.2};
  const Split split = stratified_split(labels, fractions, random);
  for (int label = 0; label < 5; ++label) {
    const int size = class_sizes[static_cast<std::size_t>(label)];
    EXPECT_NEAR(count_of(take(labels, split.train), label), fractions.train * size, 1.0) << label;
    EXPECT_NEAR(count_of(take(labels, split.validation), label), fractions.validation * size, 1.0) << label;
    EXPECT_NEAR(count_of(take(labels, split.test), label), fractions.test * size, 1.0) << label;
  }
  EXPECT_EQ(sorted_union_of(split), up_to(static_cast<int>(labels.size())));
}

TEST(StratifiedSplit, DoesNotLeaveThePartsSortedByClass) {
  Random random(6);
  std::vector<int> labels(200, 0);
  labels.insert(labels.end(), 200, 1);
  const std::vector<int> train = take(labels, stratified_split(labels, {0.5, 0.25, 0.25}, random).train);
  EXPECT_FALSE(std::is_sorted(train.begin(), train.end()));
}

TEST(StratifiedSplit, RefusesANegativeLabelAndNamesIt) {
  Random random(7);
  EXPECT_EQ(test::message_of<ValueError>([&] {
              (void)stratified_split({0, -3}, {}, random);
            }),
            "stratified_split: label 1: expected at least 0, got -3");
}

TEST(KFold, HoldsEverySampleOutExactlyOnceAndTrainsOnAllTheOthers) {
  Random random(8);
  for (int samples = 2; samples <= 23; ++samples)
    for (int folds = 2; folds <= samples; ++folds) {
      const std::vector<Fold> rounds = k_fold(samples, folds, random);
      ASSERT_EQ(rounds.size(), static_cast<std::size_t>(folds));
      std::vector<int> held_out;
      for (const Fold& fold : rounds) {
        EXPECT_EQ(sorted_union({fold.train, fold.validation}), up_to(samples));
        held_out = sorted_union({held_out, fold.validation});
      }
      EXPECT_EQ(held_out, up_to(samples));
    }
}

TEST(KFold, MakesFoldsWhoseSizesDifferByOneAtMost) {
  Random random(9);
  for (int folds = 2; folds <= 17; ++folds)
    for (const Fold& fold : k_fold(17, folds, random)) {
      EXPECT_GE(std::ssize(fold.validation), 17 / folds);
      EXPECT_LE(std::ssize(fold.validation), 17 / folds + 1);
    }
}

TEST(KFold, RefusesFewerThanTwoFoldsOrMoreThanSamples) {
  Random random(10);
  EXPECT_THROW((void)k_fold(10, 1, random), ValueError);
  EXPECT_EQ(test::message_of<ValueError>([&] { (void)k_fold(3, 4, random); }),
            "k_fold: expected 2 to 3 folds for 3 samples, got 4");
}

TEST(OrderedSplit, CutsInOrder) {
  const Split split = ordered_split(10, {.train = 0.5, .validation = 0.2, .test = 0.3});
  EXPECT_THAT(split.train, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(split.validation, ElementsAre(5, 6));
  EXPECT_THAT(split.test, ElementsAre(7, 8, 9));
}

TEST(GroupKFold, HoldsEveryGroupOutWholeAndOnce) {
  const std::vector<int> of_row{0, 1, 2, 0, 3, 1, 4, 4, 0};
  Random random(1);
  std::vector<std::vector<int>> held_out;
  for (const Fold& fold : group_k_fold(of_row, 3, random)) {
    for (const int row : fold.validation)
      for (const int other : fold.train)
        EXPECT_NE(of_row[static_cast<std::size_t>(row)], of_row[static_cast<std::size_t>(other)]);
    EXPECT_EQ(sorted_union({fold.train, fold.validation}), up_to(9));
    held_out.push_back(fold.validation);
  }
  EXPECT_EQ(sorted_union(held_out), up_to(9));
  EXPECT_THROW((void)group_k_fold(of_row, 6, random), ValueError);
}

TEST(Take, CopiesWholeRowsOfATensorInTheOrderAsked) {
  const Tensor samples({3, 2}, {0, 1, 10, 11, 20, 21});
  EXPECT_EQ(take(samples, {2, 0, 2}), Tensor({3, 2}, {20, 21, 0, 1, 20, 21}));
  EXPECT_EQ(take(samples, {}).shape(), Shape({0, 2}));
}

TEST(Take, CopiesEntriesOfAList) {
  EXPECT_THAT(take(std::vector<std::string>{"a", "b", "c"}, {1, 1, 0}), ElementsAre("b", "b", "a"));
}

TEST(Take, RefusesAnIndexOutside) {
  EXPECT_EQ(test::message_of<IndexError>([] {
              (void)take(Tensor({3, 2}), {0, 3});
            }),
            "take: index 3 is outside 3 samples");
  EXPECT_THROW((void)take(std::vector<int>{1, 2}, {-1}), IndexError);
}

}  // namespace
}  // namespace handbuilt::data
