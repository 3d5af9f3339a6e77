#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "reference.hpp"

using namespace handbuilt::grader;
namespace clustering = handbuilt::clustering;

STUDENT(mixtures, log_sum_exp, values);
STUDENT(mixtures, log_densities, rows, mixture);
STUDENT(mixtures, expectation, log_densities);

namespace {

using mixtures::Expectation;
using mixtures::Mixture;

double largest_of(const Column& values) { return *std::max_element(values.begin(), values.end()); }

/// log(sum of exp(value - taken_out)) + taken_out, in long double so that its last digits are right.
double log_sum_exp_around(const Column& values, double taken_out) {
  long double sum = 0;
  for (const double value : values) sum += std::exp(static_cast<long double>(value) - taken_out);
  return static_cast<double>(std::log(sum) + taken_out);
}
double right_log_sum_exp(const Column& values) {
  const double largest = largest_of(values);
  return std::isinf(largest) ? largest : log_sum_exp_around(values, largest);
}

/// In double, as students compute it: exp overflows beyond 709, and is 0 below -745.
double in_double_around(const Column& values, double taken_out) {
  double sum = 0;
  for (const double value : values) sum += std::exp(value - taken_out);
  return std::log(sum) + taken_out;
}

struct Values {
  Column values;
  std::string because;
};

std::vector<KnownMistake<Values, double>> log_sum_exp_mistakes() {
  using Function = std::function<double(const Values&)>;
  const auto of = [](auto function) -> Function {
    return [function](const Values& one) { return function(one.values); };
  };
  const auto count = [](const Column& v) { return static_cast<double>(v.size()); };
  const std::string back = "what was taken out before exp has to come back after log",
                    every = "how many exps stand in the sum?";
  return {
      {of([](const Column& v) { return right_log_sum_exp(v) - largest_of(v); }), "the largest is not added back", back},
      {of([](const Column& v) { return right_log_sum_exp(v) - 2 * largest_of(v); }),
       "the largest is subtracted at the end, not added", back},
      {of([](const Column& v) { return std::exp(right_log_sum_exp(v)); }), "this is the sum, not its log",
       "what stands outside the bracket?"},
      {of([](const Column& v) { return std::exp(right_log_sum_exp(v) - largest_of(v)) + largest_of(v); }),
       "the sum is added without its log", back},
      {of([](const Column& v) { return largest_of(v); }), "this is the largest value alone", every},
      {of([](const Column& v) {
         double sum = 0;
         for (const double value : v) sum += value;
         return sum;
       }),
       "the values are added as they are: the logs of a product, not of a sum",
       "log(a) + log(b) is the log of a times b"},
      {of([count](const Column& v) { return right_log_sum_exp(v) - std::log(count(v)); }),
       "this is the log of the mean, not of the sum", every},
      {of([](const Column& v) { return right_log_sum_exp(v) / std::numbers::ln10; }), "the log is a decimal one",
       "which logarithm belongs to exp?"},
      {of([](const Column& v) { return right_log_sum_exp(v) / std::numbers::ln2; }), "the log is one of base two",
       "which logarithm belongs to exp?"},
      {of([](const Column& v) {
         Column rest = v;
         rest.erase(std::max_element(rest.begin(), rest.end()));
         return rest.empty() ? largest_of(v) : right_log_sum_exp(rest);
       }),
       "the largest itself is left out of the sum", every},
      {of([](const Column& v) {
         return right_log_sum_exp({v.begin() + (v.size() > 1 ? 1 : 0), v.end()});
       }),
       "the first value is left out", every},
      {of([](const Column& v) {
         return right_log_sum_exp({v.begin(), v.end() - (v.size() > 1 ? 1 : 0)});
       }),
       "the last value is left out", every},
      {of([](const Column& v) {
         double sum = 0;
         for (const double value : v) sum += std::log1p(std::exp(value - largest_of(v)));
         return largest_of(v) + sum;
       }),
       "a 1 is added to every exp", "log(1 + u) is made for two values; here the largest is one of the exps itself"},
      {of([](const Column& v) {
         double sum = 0;
         for (const double value : v) sum += std::exp(value - largest_of(v));
         return largest_of(v) + std::log1p(sum);
       }),
       "the largest is counted twice", "exp(largest - largest) is 1, and is in the sum already: why log1p?"},
      {of([](const Column& v) { return right_log_sum_exp({v.back()}); }), "only the last value is counted",
       "what does `=` do to what was added before?"}};
}

TEST(LogSumExp, IsTheLogOfTheSumOfTheExps) {
  std::vector<Values> cases{{{std::log(2.0), std::log(3.0)}, "exp(log 2) + exp(log 3) is 5, and the answer is its log"},
                            {{std::log(5.0), 0, std::log(3.0)}, "5 + 1 + 3 is 9, and the answer is its log"}};
  for (const int count : {3, 4, 7}) {
    const TensorD drawn = gaussian_d({count}, 2, 1.3);
    cases.push_back({{drawn.begin(), drawn.end()}, ""});
  }
  expect_answers(
      cases, [](const Values& of) { return student::log_sum_exp(of.values); },
      [](const Values& of) { return right_log_sum_exp(of.values); }, log_sum_exp_mistakes());
}

TEST(LogSumExp, OfOneValueIsThatValue) {
  for (const double value : {0.7, -3.0, -900.0, 900.0}) EXPECT_ANSWER(student::log_sum_exp({value}), value);
}

/// What goes wrong where exp overflows or is 0, by the number that is taken out.
std::vector<KnownMistake<Values, double>> overflow_mistakes() {
  const auto around = [](auto taken_out) -> std::function<double(const Values&)> {
    return [taken_out](const Values& of) { return in_double_around(of.values, taken_out(of.values)); };
  };
  const std::string which = "which of the values is safe to take out, so that no exp overflows and one of them is 1?";
  return {{around([](const Column&) { return 0.0; }),
           "nothing is taken out: exp of a large value overflows, and of values far below 0 nothing is left", which},
          {around([](const Column& v) { return *std::min_element(v.begin(), v.end()); }),
           "the smallest is taken out, and the largest lies far above it", which},
          {around([](const Column& v) { return v.front(); }),
           "the first value is taken out, and another lies far above it", which},
          {around([](const Column& v) { return v.back(); }),
           "the last value is taken out, and another lies far above it", which},
          {around([](const Column& v) {
             double mean = 0;
             for (const double value : v) mean += value / static_cast<double>(v.size());
             return mean;
           }),
           "the mean is taken out, and the largest lies far above it", which},
          {around([](const Column& v) { return std::max(0.0, largest_of(v)); }),
           "of values far below 0 nothing is left: exp of every one has become 0",
           "which number does your search for the largest start from, and is it sure to be among the values?"},
          {around([](const Column& v) {
             return *std::max_element(v.begin(), v.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
           }),
           "the largest magnitude is taken out, not the largest value", "which is larger, -1000 or -1001?"},
          {[](const Values& of) { return largest_of(of.values); }, "this is the largest value alone",
           "how many exps are near that of the largest?"}};
}

TEST(LogSumExp, StaysFiniteForValuesOfAnySize) {
  const double low = std::floor(draws().uniform(-9000, -6000));
  const std::vector<Values> cases{
      {{1000, 1001, 2500, 2500.5, -2000}, "take exp(2500.5) out of the sum: what is left is 1 + exp(-0.5)"},
      {{5000, 2500, 2500.5, 4999}, "take exp(5000) out of the sum: what is left is 1 + exp(-1)"},
      {{-4000, -1000, -1001, -8000},
       "take exp(-1000) out: what is left is 1 + exp(-1) and two that are nothing beside it"},
      {{0, 1, 2, 3000, 2999}, "take exp(3000) out of the sum: what is left is 1 + exp(-1)"},
      {{-1000, -1001, -4000}, "take exp(-1000) out of the sum: what is left is 1 + exp(-1)"},
      {{low - 900, low, low - 0.5, low - 2000}, "take the largest out of the sum: what is left is 1 + exp(-0.5)"}};
  expect_answers(
      cases, [](const Values& of) { return student::log_sum_exp(of.values); },
      [](const Values& of) { return right_log_sum_exp(of.values); }, overflow_mistakes());
}

TEST(LogSumExp, TakesTheLogOfNothingForNothing) {
  EXPECT_ANSWER(student::log_sum_exp({-kInfinity, 3, -kInfinity}), 3.0)
      .mistake(kNan, "-infinity has met another infinity", "from what do you subtract the -infinity?")
      .because("exp(-infinity) is 0: it adds nothing");
  EXPECT_ANSWER(student::log_sum_exp({-kInfinity, -kInfinity}), -kInfinity)
      .mistake(kNan, "-infinity has been subtracted from itself", "what is the log of 0 + 0?")
      .mistake(std::numeric_limits<double>::lowest(), "the search began at lowest(), which is not below everything",
               "what is the log of 0 + 0?")
      .because("the sum is 0, and its log is -infinity");
}

// log-densities

struct Asked {
  TensorD rows;
  Mixture mixture;
  std::string because;
};

/// How a log density may be put together; by default as it should be.
struct Making {
  double squares = 0.5;      ///< the factor of (x - mean)^2 / variance
  double normalisers = 0.5;  ///< the factor of log(2 pi variance)
  bool pi = true, variance = true, weight = true, log_of_weight = true, is_square = true;
  bool is_deviation = false;  ///< the variance is taken for a standard deviation
  bool once = false;          ///< a single sqrt(2 pi), however many columns
  bool first_normaliser = false, weight_each_column = false, last_column = false;
  bool next_component = false, added_columns = false;
};
TensorD made(const Asked& of, const Making& how) {
  const int rows = of.rows.shape()[0], columns = of.rows.shape()[1], components = of.mixture.means.shape()[0];
  TensorD result({rows, components});
  for (int n = 0; n < rows; ++n)
    for (int c = 0; c < components; ++c) {
      const double weight = of.mixture.weights[place(c)], term = how.log_of_weight ? std::log(weight) : weight;
      double sum = how.weight ? (how.weight_each_column ? columns : 1) * term : 0;
      for (int i = how.last_column ? columns - 1 : 0; i < columns; ++i) {
        const double away = of.rows(n, i) - of.mixture.means(c, i);
        double variance = of.mixture.variances(how.next_component ? 0 : c, i);
        if (how.is_deviation) variance *= variance;
        sum -= how.squares * (how.is_square ? away * away : std::abs(away)) / variance;
        if (how.first_normaliser && i > 0) continue;
        if (how.pi && (!how.once || i == 0)) sum -= how.normalisers * std::log(2 * std::numbers::pi);
        if (how.variance) sum -= how.normalisers * std::log(variance);
      }
      result(n, c) = sum;
    }
  return result;
}
TensorD right_densities(const Asked& of) { return made(of, {}); }

std::vector<KnownMistake<Asked, TensorD>> density_mistakes() {
  using Function = std::function<TensorD(const Asked&)>;
  const auto making = [](Making how) -> Function { return [how](const Asked& of) { return made(of, how); }; };
  const std::string half = "what is the log of one over a root?", columns = "each column brings a factor of its own",
                    weight = "weight * density: what becomes of the weight under a log?",
                    variance = "is what stands in `variances` to be squared, or is it a square already?";
  return {
      {making({.weight = false}), "the weight is missing", weight},
      {making({.log_of_weight = false}), "the weight is added, not its log", weight},
      {making({.weight_each_column = true}), "the weight is counted once for every column", weight},
      {making({.squares = 1}), "the half before the square is missing", "the exponent has 2 variance below its line"},
      {making({.squares = -0.5}), "the square has the wrong sign", "far from the mean: more likely, or less?"},
      {making({.squares = 1, .normalisers = 1}), "both halves are missing", half},
      {making({.normalisers = 1}), "the root over 2 pi variance is missing", half},
      {making({.normalisers = -0.5}), "sqrt(2 pi variance) is multiplied, not divided by",
       "a wider component is lower: does yours get lower?"},
      {making({.normalisers = 0}), "sqrt(2 pi variance) is missing",
       "a wider component is lower: does yours get lower?"},
      {making({.pi = false}), "the 2 pi is missing", "what keeps the whole area under the curve at 1?"},
      {making({.variance = false}), "the variance is missing under the root",
       "a wider component is lower: does yours get lower?"},
      {making({.once = true}), "2 pi is counted once, not once a column", columns},
      {making({.first_normaliser = true}), "only the first column is divided by its root", columns},
      {making({.is_square = false}), "the distance is not squared", "what is the power in the exponent?"},
      {making({.is_deviation = true}), "the variance is squared, as if it were a standard deviation", variance},
      {making({.last_column = true}), "only the last column counts",
       "what does `=` do to what the columns before have added?"},
      {making({.next_component = true}), "every component has the variances of the first",
       "which index runs over the components?"},
      {[](const Asked& of) { return each(right_densities(of), std::exp); }, "these are densities, not their logs",
       "a product of factors is asked for as a sum of logs"},
      {[](const Asked& of) { return times(right_densities(of), -1); }, "every sign is reversed",
       "is a density below 1 a positive log or a negative one?"},
      {[](const Asked& of) { return transposed(right_densities(of)); }, "rows and components are exchanged",
       "the table is [rows, components]"},
      {[](const Asked& of) {
         TensorD result = right_densities(of);
         for (int n = 0; n < result.shape()[0]; ++n) {
           const double total = right_log_sum_exp(row_of(result, n));
           for (int c = 0; c < result.shape()[1]; ++c) result(n, c) -= total;
         }
         return result;
       },
       "the row's total is taken away: these are the logs of responsibilities", "that is the next task"},
      {[](const Asked& of) { return times(right_densities(of), 1 / std::numbers::ln10); }, "the log is a decimal one",
       "which logarithm belongs to exp?"}};
}

TEST(LogDensities, AreTheLogsOfWeightTimesDensity) {
  std::vector<Asked> cases{{TensorD({1, 1}, {3}),
                            {{1}, TensorD({1, 1}, {1}), TensorD({1, 1}, {4})},
                            "x is 2 above the mean, the variance is 4: log(exp(-4 / 8) / sqrt(2 pi 4))"},
                           {TensorD({1, 2}, {1, 2}),
                            {{0.25, 0.75}, TensorD({2, 2}, {1, 2, 1, 2}), TensorD({2, 2}, {1, 9, 4, 1})},
                            "the row stands on both means: what is left are weights and roots"}};
  for (const auto& [rows, columns, components] : {std::tuple{5, 3, 2}, {4, 2, 3}, {3, 4, 4}})
    cases.push_back({overlapping_rows(rows, columns, 2), some_mixture(components, columns), ""});
  expect_answers(
      cases, [](const Asked& of) { return student::log_densities(of.rows, of.mixture); }, right_densities,
      density_mistakes());
}

TEST(LogDensities, AddUpToTheLibrarysDensity) {
  const TensorD rows = overlapping_rows(12, 3, 3);
  const Mixture mixture = some_mixture(3, 3);
  const TensorD logs = student::log_densities(rows, mixture);
  if (!(logs.shape() == Shape({12, 3}))) return;  // said by the test above
  const auto expected = clustering::log_densities(of_library(mixture), handbuilt::as_matrix(rows));
  Column sums, library(expected.begin(), expected.end());
  for (int n = 0; n < 12; ++n) sums.push_back(right_log_sum_exp(row_of(logs, n)));
  EXPECT_ANSWER(sums, library).because("the components' densities, added up, are the mixture's");
}

TEST(LogDensities, StayFiniteFarFromEveryMean) {
  const Asked of{TensorD({2, 2}, {100, -80, 3000, 0}),
                 {{0.5, 0.5}, TensorD({2, 2}, {0, 0, 1, -1}), TensorD({2, 2}, {1, 1, 2, 0.5})},
                 ""};
  const TensorD right = right_densities(of);
  EXPECT_ANSWER(student::log_densities(of.rows, of.mixture), right)
      .mistake(filled_with(right.shape(), -kInfinity), "the density has become 0 before its log was taken",
               "exp(-5000) is 0 in a double: do you need exp at all, when you want a log?")
      .because("the log of exp(-5000) is -5000: it needs no exp");
}

TEST(LogDensities, TakeAnyUnit) {
  for (const double unit : {1e-10, 0.1 * 3, 1e12}) {
    const Asked of{overlapping_rows(4, 2, 2, unit), some_mixture(2, 2, unit), ""};
    EXPECT_ANSWER(student::log_densities(of.rows, of.mixture), right_densities(of))
        .because("in a unit a thousand times as small numbers are a thousand times as large; nothing else changes");
  }
}

// expectation

struct Logs {
  TensorD logs;
  std::string because;
};

Expectation right_expectation(const Logs& of) {
  Expectation result{of.logs, 0};
  for (int n = 0; n < of.logs.shape()[0]; ++n) {
    const double total = right_log_sum_exp(row_of(of.logs, n));
    for (int c = 0; c < of.logs.shape()[1]; ++c) result.responsibilities(n, c) = std::exp(of.logs(n, c) - total);
    result.log_likelihood += total;
  }
  return result;
}

template <class Change>
std::function<Expectation(const Logs&)> with_shares(Change&& change) {
  return [change](const Logs& of) {
    Expectation result = right_expectation(of);
    change(of.logs, result.responsibilities);
    return result;
  };
}
template <class Likelihood>
std::function<Expectation(const Logs&)> with_likelihood(Likelihood&& likelihood) {
  return [likelihood](const Logs& of) {
    Expectation result = right_expectation(of);
    result.log_likelihood = likelihood(of.logs, result.log_likelihood);
    return result;
  };
}
/// The sum over the rows of `of_row(its logs)`.
template <class OfRow>
auto summed(OfRow&& of_row) {
  return [of_row](const TensorD& logs, double) {
    double sum = 0;
    for (int n = 0; n < logs.shape()[0]; ++n) sum += of_row(row_of(logs, n));
    return sum;
  };
}

std::vector<KnownMistake<Logs, Expectation>> expectation_mistakes() {
  const auto over_columns = [](const TensorD& logs, TensorD& shares) {
    for (int c = 0; c < logs.shape()[1]; ++c) {
      double total = 0;
      for (int n = 0; n < logs.shape()[0]; ++n) total += std::exp(logs(n, c));
      for (int n = 0; n < logs.shape()[0]; ++n) shares(n, c) = std::exp(logs(n, c)) / total;
    }
  };
  const auto unshared = [](const TensorD& logs, TensorD& shares) { shares = each(logs, std::exp); };
  const auto hard = [](const TensorD& logs, TensorD& shares) {
    for (int n = 0; n < logs.shape()[0]; ++n) {
      const Column row = row_of(logs, n);
      const auto best = std::max_element(row.begin(), row.end()) - row.begin();
      for (int c = 0; c < logs.shape()[1]; ++c) shares(n, c) = c == best ? 1 : 0;
    }
  };
  const auto logs_of_shares = [](const TensorD&, TensorD& shares) { shares = each(shares, std::log); };
  const auto by_largest = [](const TensorD& logs, TensorD& shares) {
    for (int n = 0; n < logs.shape()[0]; ++n)
      for (int c = 0; c < logs.shape()[1]; ++c) shares(n, c) = std::exp(logs(n, c) - largest_of(row_of(logs, n)));
  };
  const auto of_the_logs = [](const TensorD& logs, TensorD& shares) {
    for (int n = 0; n < logs.shape()[0]; ++n) {
      double total = 0;
      for (const double value : row_of(logs, n)) total += value;
      for (int c = 0; c < logs.shape()[1]; ++c) shares(n, c) = logs(n, c) / total;
    }
  };
  const std::string where = "each row sums to 1: by what is it divided?",
                    whole = "the row's density is the sum of its components', and its log is taken after that";
  return {{with_shares(over_columns), "the columns of the table sum to 1, not the rows", where},
          {with_shares(unshared), "the densities are not divided by their sum", where},
          {with_shares(hard), "the likeliest component takes the whole row",
           "that is k-means: what share has the second likeliest?"},
          {with_shares(logs_of_shares), "these are the logs of the shares", "how does a log become a number again?"},
          {with_shares(by_largest), "the row is divided by its largest density, not by the sum", where},
          {with_shares(of_the_logs), "the logs themselves are shared out, without exp",
           "how does a log become a number again?"},
          {with_likelihood([](const TensorD& logs, double right) { return right / logs.shape()[0]; }),
           "the log likelihood is a mean, not a sum", "the sum over the rows: is anything divided?"},
          {with_likelihood([](const TensorD&, double right) { return -right; }),
           "the log likelihood has the wrong sign", "a likelihood is asked for, not a loss"},
          {with_likelihood([](const TensorD&, double right) { return std::exp(right); }),
           "this is the likelihood, not its log", "what does its name say?"},
          {with_likelihood([](const TensorD&, double) { return 0.0; }), "the log likelihood is missing",
           "which number of each row does it add up?"},
          {with_likelihood(summed([](const Column& row) {
             double sum = 0;
             for (const double value : row) sum += value;
             return sum;
           })),
           "the logs of all entries are added: of a product, where the components' densities should be added", whole},
          {with_likelihood(summed([](const Column& row) { return largest_of(row); })),
           "only the likeliest component of each row counts", whole},
          {with_likelihood(summed([](const Column& row) { return right_log_sum_exp(row) - largest_of(row); })),
           "what was taken out of the exps is missing from the log likelihood", whole},
          {with_likelihood(summed([](const Column& row) { return std::exp(right_log_sum_exp(row)); })),
           "the densities of the rows are added, not their logs", whole},
          {with_likelihood([](const TensorD& logs, double) {
             return right_log_sum_exp({logs.begin(), logs.end()});
           }),
           "this is the log of all densities together, not the sum of the rows' logs",
           "rows are independent: their densities multiply"},
          {with_likelihood(
               [](const TensorD& logs, double) { return right_log_sum_exp(row_of(logs, logs.shape()[0] - 1)); }),
           "only the last row is in the log likelihood", "what does `=` do to what the rows before have added?"},
          {with_likelihood([](const TensorD& logs, double) { return right_log_sum_exp(row_of(logs, 0)); }),
           "only the first row is in the log likelihood", "what does `return` do inside a loop?"}};
}

TEST(Expectation, SharesEveryRowByItsDensities) {
  std::vector<Logs> cases{{TensorD({2, 2}, {std::log(1.0), std::log(3.0), std::log(0.5), std::log(0.25)}),
                           "densities of 1 and 3 are shares of 1/4 and 3/4; the rows' densities are 4 and 3/4"}};
  for (const auto& [rows, components] : {std::pair{5, 3}, {4, 2}, {3, 5}})
    cases.push_back({gaussian_d({rows, components}, 1.2, -1.5), ""});
  expect_answers(
      cases, [](const Logs& of) { return student::expectation(of.logs); }, right_expectation, expectation_mistakes());
}

TEST(Expectation, AgreesWithTheLibraryOnRealDensities) {
  for (const double unit : {1.0, 1e-10, 0.1 * 3}) {
    const TensorD rows = overlapping_rows(15, 2, 3, unit);
    const Mixture mixture = some_mixture(3, 2, unit);
    const TensorD logs = made({rows, mixture, ""}, {});
    const auto x = handbuilt::as_matrix(rows);
    const handbuilt::MatrixD shares = clustering::responsibilities(of_library(mixture), x);
    Expectation expected{TensorD({15, 3}), clustering::log_likelihood(of_library(mixture), x)};
    for (int n = 0; n < 15; ++n)
      for (int c = 0; c < 3; ++c) expected.responsibilities(n, c) = shares(n, c);
    const Expectation answer = student::expectation(logs);
    EXPECT_ANSWER(answer.responsibilities, expected.responsibilities).within(1e-10);
    EXPECT_ANSWER(answer.log_likelihood, expected.log_likelihood)
        .within(1e-9 * (1 + std::abs(expected.log_likelihood)));
  }
}

TEST(Expectation, StaysFiniteWhereAllDensitiesAreNothing) {
  const double third = std::log(3.0);
  const TensorD logs({3, 2}, {-5000, -5000 + third, -90000, -80000, -1000, -1000});
  const Expectation answer = student::expectation(logs);
  EXPECT_ANSWER(answer.responsibilities, TensorD({3, 2}, {0.25, 0.75, 0, 1, 0.5, 0.5}))
      .mistake(filled_with({3, 2}, kNan), "0 has been divided by 0: all exps of the row have become 0",
               "what can your log_sum_exp take that a sum of exps cannot?")
      .because("a row far from every component still has to go somewhere: shares are made of differences of logs");
  EXPECT_ANSWER(answer.log_likelihood, -5000 + std::log(4.0) - 80000 - 1000 + std::log(2.0))
      .mistake(-kInfinity, "the density of a row has become 0 before its log was taken",
               "what can your log_sum_exp take that a sum of exps cannot?");
}

TEST(Expectation, StaysFiniteForVeryHighDensities) {
  const TensorD logs({2, 2}, {2000, 2000, 900, 901});
  const double share = 1 / (1 + std::exp(1.0));
  EXPECT_ANSWER(student::expectation(logs).responsibilities, TensorD({2, 2}, {0.5, 0.5, share, 1 - share}))
      .mistake(filled_with({2, 2}, kNan), "exp overflows", "shares are made of differences of logs")
      .because("in a small unit densities are large: a variance of 1e-200 is no error");
}

TEST(Expectation, GivesNothingToAComponentThatHasNoPart) {
  const TensorD logs({2, 3}, {-kInfinity, 0, 0, 1, -kInfinity, -kInfinity});
  const Expectation answer = student::expectation(logs);
  EXPECT_ANSWER(answer.responsibilities, TensorD({2, 3}, {0, 0.5, 0.5, 1, 0, 0}))
      .because("-infinity is the log of 0: a component of weight 0 has that");
  EXPECT_ANSWER(answer.log_likelihood, std::log(2.0) + 1).because("only what is finite has a part in the row");
}

TEST(Expectation, OfOneComponentIsCertain) {
  EXPECT_ANSWER(student::expectation(TensorD({2, 1}, {-3, 4})).responsibilities, TensorD({2, 1}, {1, 1}));
}

}  // namespace
