#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

using namespace flat_rate::judging;
using namespace handbuilt::grader;

STUDENT(flat_rate, median, values);

namespace {

double middle_of(const Column& ordered) {
  return (ordered[(ordered.size() - 1) / 2] + ordered[ordered.size() / 2]) / 2;
}

double median_of(const Column& values) { return middle_of(sorted(values)); }

Column distinct_of(const Column& values) {
  Column ordered = sorted(values);
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  return ordered;
}

/// The mean of the entries `first` and `second` of the values in order; a place beyond either end is the end's.
double between(const Column& values, std::size_t first, std::size_t second) {
  const Column ordered = sorted(values);
  const auto at = [&](std::size_t k) { return ordered[std::min(k, ordered.size() - 1)]; };
  return (at(first) + at(second)) / 2;
}

bool is_odd(const Column& values) { return values.size() % 2 == 1; }

std::vector<KnownMistake<Column, double>> mistakes() {
  const std::string in_order = "what has to happen before there is a middle?";
  const std::string which_two = "count from 0: which two places are in the middle of six?";
  const std::string five = "is five an even number, and which one of five stands in the middle?";
  const std::string fraction = "which of your numbers is of a type without fractions?";
  return {
      {[](const Column& v) { return mean_of(v); }, "this is the mean", "sort them: which one stands in the middle?"},
      {[](const Column& v) { return (sorted(v).front() + sorted(v).back()) / 2; },
       "this is halfway between the smallest and the largest", "that is the worked neighbour"},
      {[](const Column& v) { return middle_of(v); }, "the values are not in order", in_order},
      {[](const Column& v) { return v[v.size() / 2]; }, "the values are not in order", in_order},
      {[](const Column& v) { return sorted(v)[v.size() / 2]; }, "of the two middle values only the upper one is taken",
       "how many values stand below it, and above?"},
      {[](const Column& v) { return sorted(v)[(v.size() - 1) / 2]; },
       "of the two middle values only the lower one is taken", "how many values stand below it, and above?"},
      {[](const Column& v) { return middle_of(distinct_of(v)); }, "equal values are counted once",
       "how many plots gave 5?"},
      {[](const Column& v) { return distinct_of(v)[distinct_of(v).size() / 2]; },
       "equal values are counted once, and of two middle values only the upper one is taken", "how many plots gave 5?"},
      {[](const Column& v) {
         return is_odd(v) ? between(v, v.size() / 2 - (v.size() > 1), v.size() / 2) : median_of(v);
       },
       "two values are averaged though one stands in the middle", five},
      {[](const Column& v) { return between(v, v.size() / 2, v.size() / 2 + 1); },
       "two values are averaged, one place too far up, also where one stands in the middle", five},
      {[](const Column& v) { return is_odd(v) ? median_of(v) : between(v, v.size() / 2, v.size() / 2 + 1); },
       "the middle of an even number is one place too far up", which_two},
      {[](const Column& v) {
         return is_odd(v) ? between(v, v.size() / 2 + 1, v.size() / 2 + 1) : between(v, v.size() / 2, v.size() / 2 + 1);
       },
       "the middle is one place too far up", which_two},
      {[](const Column& v) { return is_odd(v) ? between(v, v.size() / 2, v.size() / 2 + 1) : sorted(v)[v.size() / 2]; },
       "odd and even are exchanged", five},
      {[](const Column& v) {
         return is_odd(v) ? between(v, v.size() / 2 - (v.size() > 1), v.size() / 2) : sorted(v)[v.size() / 2];
       },
       "odd and even are exchanged", five},
      {[](const Column& v) {
         return is_odd(v) ? median_of(v) : sorted(v)[v.size() / 2 - 1] + sorted(v)[v.size() / 2] / 2;
       },
       "only one of the two middle values is halved", "what does a / apply to?"},
      {[](const Column& v) { return is_odd(v) ? median_of(v) : 2 * median_of(v); },
       "the two middle values are added and not halved", "what is the mean of two numbers?"},
      {[](const Column& v) { return median_of(whole(v)); }, "the values lose their fractions", fraction},
      {[](const Column& v) { return std::trunc(median_of(whole(v))); }, "the values lose their fractions", fraction},
      {[](const Column& v) { return std::trunc(median_of(v)); }, "the median loses its fraction", fraction},
      {[](const Column& v) { return is_odd(v) ? median_of(v) : std::trunc(median_of(v)); },
       "the mean of the two in the middle loses its fraction", fraction},
  };
}

}  // namespace

TEST(Median, OfFiveValues) {
  EXPECT_ANSWER(student::median({27, 48.5, 31, 60, 12}), 31.0).because("in order they are 12, 27, 31, 48.5, 60");
}

TEST(Median, OfSixValues) {
  EXPECT_ANSWER(student::median({27, 48.5, 31, 60, 12, 39}), 35.0)
      .because("in order they are 12, 27, 31, 39, 48.5, 60, and the middle lies between 31 and 39");
}

TEST(Median, OfAnyColumn) {
  std::vector<Column> cases{{27, 48.5, 31, 60, 12}, {27, 48.5, 31, 60, 12, 39}, {5, 5, 5, 5, 1, 2}};
  for (const int count : {1, 2, 3, 7, 12, 23, 24}) cases.push_back(yields(count, -300, 900));
  for (const int count : {9, 14, 15}) cases.push_back(yields(count, 1, 5));
  expect_answers(
      cases, [](const Column& values) { return student::median(values); }, median_of, mistakes());
}

TEST(Median, DoesNotCareHowWildTheLargestValueIs) {
  EXPECT_ANSWER(student::median({20, 30, 40, 50, 1e9}), 40.0)
      .because("a decimal point that slipped moves the mean by millions and the median not at all");
}

TEST(Median, CountsEqualValuesEachTime) {
  EXPECT_ANSWER(student::median({5, 5, 5, 5, 1, 2}), 5.0).because("four of the six values are 5");
}

TEST(Median, OfNothingIsNotANumber) {
  const double answer = explaining_a_crash("an empty column is searched for its middle",
                                           "which place is in the middle of none? Ask for the size before you look",
                                           [] { return student::median({}); });
  EXPECT_ANSWER(answer, kNan)
      .mistake(0.0, "the median of nothing is given as 0", "who could tell it from a measured 0?")
      .because("an empty column has no middle, and NaN says so");
}
