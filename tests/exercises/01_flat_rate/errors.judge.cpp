#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

using flat_rate::Errors;
using namespace flat_rate::judging;
using namespace handbuilt::grader;

STUDENT(flat_rate, errors, predicted, actual);

namespace {

struct Predictions {
  Column predicted, actual;
  std::string because{};
};

Column differences(const Predictions& rows) {
  Column errors;
  for (std::size_t row = 0; row < rows.actual.size(); ++row) errors.push_back(rows.predicted[row] - rows.actual[row]);
  return errors;
}

Column sizes(const Column& errors) { return each(errors, std::abs); }
Column squares(const Column& errors) {
  return each(errors, [](double error) { return error * error; });
}

/// As a running sum of a type without fractions comes out.
double whole_sum(const Column& terms) {
  double sum = 0;
  for (const double term : terms) sum = std::trunc(sum + term);
  return sum;
}

Errors errors_of(const Predictions& rows) {
  const Column errors = differences(rows);
  return {mean_of(sizes(errors)), std::sqrt(mean_of(squares(errors)))};
}

/// One of the two numbers, right or as a mistake makes it of the errors.
struct Way {
  std::function<double(const Column& errors)> number;
  std::string what{}, help{};
};

const std::string kRows = "how many rows are there?",
                  kMean = "root of the mean of the squares, in this order from the end",
                  kWhole = "which of your numbers is of a type without fractions?";

std::vector<Way> absolute_ways() {
  return {
      {[](const Column& e) { return mean_of(sizes(e)); }},
      {[](const Column& e) { return mean_of(e); }, "errors cancel in the mean absolute error",
       "what happens to the sign of an error below 0?"},
      {[](const Column& e) { return std::abs(mean_of(e)); }, "errors cancel in the mean absolute error",
       "what happens to the sign of an error below 0?"},
      {[](const Column& e) { return -mean_of(e); }, "errors cancel in the mean absolute error",
       "what happens to the sign of an error below 0?"},
      {[](const Column& e) { return sum_of(sizes(e)); }, "the absolute errors are not averaged", kRows},
      {[](const Column& e) { return sum_of(sizes(e)) / (count_of(e) - 1); }, "it is divided by one less than the rows",
       "how many errors are averaged?"},
      {[](const Column& e) { return mean_of(sizes(whole(e))); }, "each error loses its fraction",
       "is a difference kept in an int? And abs of <cstdlib> takes whole numbers: std::abs of <cmath>"},
      {[](const Column& e) { return whole_sum(sizes(e)) / count_of(e); }, "the sum loses its fraction", kWhole},
      {[](const Column& e) { return std::trunc(whole_sum(sizes(e)) / count_of(e)); }, "the fraction is lost", kWhole},
      {[](const Column& e) { return std::trunc(mean_of(sizes(e))); }, "the fraction is lost", kWhole},
      {[](const Column& e) { return std::trunc(mean_of(sizes(whole(e)))); }, "the fraction is lost", kWhole},
      {[](const Column& e) { return *std::max_element(e.begin(), e.end()); }, "the largest error is taken for the mean",
       "what are all the others for?"},
      {[](const Column& e) { return mean_of(squares(e)); }, "the errors are squared in the mean absolute error",
       "which of the two numbers squares?"},
  };
}

std::vector<Way> squared_ways() {
  return {
      {[](const Column& e) { return std::sqrt(mean_of(squares(e))); }},
      {[](const Column& e) { return mean_of(squares(e)); }, "the root is missing", "in which units is this number?"},
      {[](const Column& e) { return std::sqrt(sum_of(squares(e))); }, "the root is taken of the sum",
       "mean of the squares, then the root"},
      {[](const Column& e) { return std::sqrt(sum_of(squares(e))) / count_of(e); }, "the root is taken before the mean",
       kMean},
      {[](const Column& e) { return sum_of(squares(e)); }, "the squares are only added up", kMean},
      {[](const Column& e) { return mean_of(sizes(e)); }, "the root of a single square is its size again",
       "square each, average, and only then take the root"},
      {[](const Column& e) { return std::abs(mean_of(e)); }, "the mean is squared, not the errors", kMean},
      {[](const Column& e) { return std::sqrt(mean_of(sizes(e))); }, "the errors are not squared", kMean},
      {[](const Column& e) { return std::sqrt(sum_of(squares(e)) / (count_of(e) - 1)); },
       "it is divided by one less than the rows", "how many errors are averaged?"},
      {[](const Column& e) { return std::sqrt(mean_of(squares(whole(e)))); }, "each error loses its fraction",
       "is a difference kept in an int? And abs of <cstdlib> takes whole numbers: std::abs of <cmath>"},
      {[](const Column& e) { return std::sqrt(whole_sum(squares(e)) / count_of(e)); }, "the sum loses its fraction",
       kWhole},
      {[](const Column& e) { return std::sqrt(std::trunc(whole_sum(squares(e)) / count_of(e))); },
       "the fraction is lost", kWhole},
      {[](const Column& e) { return std::trunc(std::sqrt(mean_of(squares(e)))); }, "the fraction is lost", kWhole},
      {[](const Column& e) { return std::sqrt(std::trunc(mean_of(squares(whole(e))))); }, "the fraction is lost",
       kWhole},
      {[](const Column& e) { return std::sqrt(mean_of(squares(e)) - mean_of(e) * mean_of(e)); },
       "the mean error is taken out first, as in a standard deviation", "how far off, not: how far from each other"},
  };
}

std::vector<KnownMistake<Predictions, Errors>> mistakes() {
  std::vector<KnownMistake<Predictions, Errors>> known{{[](const Predictions& rows) {
                                                          const Errors right = errors_of(rows);
                                                          return Errors{right.root_mean_squared, right.mean_absolute};
                                                        },
                                                        "the two numbers are exchanged", "which field is which?"}};
  for (const Way& a : absolute_ways())
    for (const Way& s : squared_ways())
      if (!a.what.empty() || !s.what.empty())
        known.push_back({[a, s](const Predictions& rows) {
                           return Errors{a.number(differences(rows)), s.number(differences(rows))};
                         },
                         both(a.what, s.what), a.help.empty() ? s.help : a.help});
  return known;
}

}  // namespace

TEST(Errors, OfAnyPredictions) {
  std::vector<Predictions> cases{
      {{34, 34, 34}, {37, 34, 30}, "the errors are -3, 0 and 4: (3 + 0 + 4) / 3, and the root of (9 + 0 + 16) / 3"},
      {{1, 1}, {1, 2}, "the errors are 0 and -1: half a bushel on average, and the root of a half"}};
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int rows = draws().below(30) + 5;
    cases.push_back({yields(rows), yields(rows)});
  }
  expect_answers(
      cases, [](const Predictions& rows) { return student::errors(rows.predicted, rows.actual); }, errors_of,
      mistakes());
}

TEST(Errors, AgreeWhenEveryErrorHasTheSameSize) {
  EXPECT_ANSWER(student::errors({5, 5, 5, 5}, {2, 8, 2, 8}), (Errors{3, 3}))
      .because("errors of 3, -3, 3, -3 are 3 off on average, whichever way one averages");
}

TEST(Errors, OfOneRowAreItsSize) {
  EXPECT_ANSWER(student::errors({30}, {32.5}), (Errors{2.5, 2.5})).because("the only error is -2.5");
}

TEST(Errors, OfNoRowsAreNotNumbers) {
  EXPECT_ANSWER(student::errors({}, {}), (Errors{kNan, kNan}))
      .mistake(Errors{0, 0}, "no rows count as no errors", "would you trust a model because nobody has tried it?")
      .mistake(Errors{0, kNan}, "no rows count as no absolute error",
               "would you trust a model because nobody has tried it?")
      .mistake(Errors{kNan, 0}, "no rows count as no squared error",
               "would you trust a model because nobody has tried it?")
      .because("a prediction that nobody has compared with anything is not perfect, it is unknown");
}
