#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace handbuilt::grader;

STUDENT(tour, mean, values);

namespace {

using Column = std::vector<double>;

double mean_of(const Column& values) {
  const long double sum = std::accumulate(values.begin(), values.end(), 0.0L);
  return static_cast<double>(sum / static_cast<long double>(values.size()));
}

double mean_with_a_whole_sum(const Column& values) {
  return std::accumulate(values.begin(), values.end(), 0,
                         [](int sum, double value) { return static_cast<int>(sum + value); }) /
         static_cast<double>(values.size());
}

double mean_with_a_float_sum(const Column& values) {
  float sum = 0;
  for (const double value : values) sum += static_cast<float>(value);
  return static_cast<double>(sum) / static_cast<double>(values.size());
}

Column eighths(int count, int low, int high) {
  Column values;
  for (const int value : whole_number_list(count, low, high)) values.push_back(value / 8.0);  // exact in a double
  return values;
}

double sum_of(const Column& values) { return mean_of(values) * static_cast<double>(values.size()); }

double mean_without_signs(Column values) {
  for (double& value : values) value = std::abs(value);
  return mean_of(values);
}

double half_of_each_new(const Column& values) {
  double result = 0;
  for (const double value : values) result = (result + value) / 2;
  return result;
}

double middle_of(Column values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

TEST(Mean, OfThreePlots) {
  // Three barley yields, in bushels per acre.
  const Column yields{27.0, 48.5, 31.0};
  EXPECT_ANSWER(student::mean(yields), 35.5)
      .mistake(mean_with_a_whole_sum(yields), "the running sum is a whole number", "what type does your sum have?")
      .mistake(106, "the division by the whole count leaves no fraction", "what type is what you divide?")
      .mistake(35, "the fraction is lost", "which of your numbers is of a type without fractions?")
      .mistake(106.5, "this is the sum", "how many values are there?")
      .mistake(9.0, "only the first value is counted", "what does `return` do inside a loop?")
      .mistake(53.25, "the sum is divided by one less than the count", "how many values are there?");
}

TEST(Mean, OfAnyColumn) {
  const Column values = eighths(draws().below(40) + 5, -400, 800);
  const auto count = static_cast<double>(values.size());
  EXPECT_ANSWER(student::mean(values), mean_of(values))
      .mistake(mean_with_a_whole_sum(values), "the running sum is a whole number", "what type does your sum have?")
      .mistake(std::trunc(mean_of(values)), "the fraction is lost",
               "which of your numbers is of a type without fractions?")
      .mistake(sum_of(values), "this is the sum", "how many values are there?")
      .mistake(sum_of(values) / (count - 1), "the sum is divided by one less than the count",
               "that belongs to the variance; how many values are there?")
      .mistake((sum_of(values) - values.front()) / count, "the first value is left out", "where does your loop start?")
      .mistake((sum_of(values) - values.back()) / count, "the last value is left out", "where does your loop end?")
      .mistake(values.front() / count, "only the first value is counted", "what does `return` do inside a loop?")
      .mistake(mean_without_signs(values), "the values are added up without their signs",
               "what should a negative value do to the sum?")
      .mistake(half_of_each_new(values), "each new value counts for half of all",
               "add them all up first: when is the time to divide?")
      .mistake(middle_of(values), "this is the median", "a fine estimate, and another one");
}

TEST(Mean, OfValuesThatCancelIsZero) {
  EXPECT_ANSWER(student::mean({-1, 1}), 0.0)
      .mistake(std::numeric_limits<double>::quiet_NaN(), "a sum of 0 is taken for an empty column",
               "what tells an empty column: its sum or its size?");
}

TEST(Mean, IsTheSameWhenAskedAgain) {
  const Column values = eighths(5, 1, 800);
  const double first = student::mean(values), second = student::mean(values);
  EXPECT_ANSWER(second, mean_of(values))
      .mistake(first + mean_of(values), "the sum still holds the values of the call before",
               "with which value does each call start?")
      .because("a function without a memory gives the same answer to the same question");
}

TEST(Mean, OfASingleValueIsThatValue) {
  const Column single{draws().uniform(-9, 9)};
  EXPECT_ANSWER(student::mean(single), single[0]);
}

TEST(Mean, KeepsWhatAFloatWouldRound) {
  const Column values{16777216.0, 1.0, 1.0, 1.0};
  EXPECT_ANSWER(student::mean(values), 4194304.75)
      .mistake(mean_with_a_float_sum(values), "the running sum is a float",
               "how many digits can it hold? Lesson 00's second question is about this");
}

TEST(Mean, OfNothingIsNotANumber) {
  EXPECT_ANSWER(student::mean({}), std::numeric_limits<double>::quiet_NaN())
      .mistake(0.0, "the mean of nothing is given as 0", "who could tell it from a column of zeros?")
      .because("an empty column has no mean, and NaN says so");
}
