#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using flat_rate::Errors;
using flat_rate::OddOne;
using flat_rate::Split;
using namespace handbuilt::grader;

STUDENT(flat_rate, median, values);
STUDENT(flat_rate, errors, predicted, actual);
STUDENT(flat_rate, split, rows, validation_rows, test_rows, seed);
STUDENT(flat_rate, group_means, group, values, groups);
STUDENT(flat_rate, mean_of_the_others, group, values);
STUDENT(flat_rate, odd_one_out, table);

namespace {

using Column = std::vector<double>;

const double kNothing = std::numeric_limits<double>::quiet_NaN();

std::size_t place(int index) { return static_cast<std::size_t>(index); }

/// Eighths, exact in a double whatever the order in which they are added up.
Column yields(int count, int low = 100, int high = 500) {
  Column values;
  for (const int value : whole_number_list(count, low, high)) values.push_back(value / 8.0);
  return values;
}

double mean_of(const Column& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Column sorted(Column values) {
  std::sort(values.begin(), values.end());
  return values;
}

double median_of(const Column& values) {
  const Column ordered = sorted(values);
  return (ordered[(ordered.size() - 1) / 2] + ordered[ordered.size() / 2]) / 2;
}

Column differences(const Column& predicted, const Column& actual) {
  Column errors;
  for (std::size_t row = 0; row < actual.size(); ++row) errors.push_back(predicted[row] - actual[row]);
  return errors;
}

double mean_absolute(Column errors) {
  for (double& error : errors) error = std::abs(error);
  return mean_of(errors);
}

double mean_square(Column errors) {
  for (double& error : errors) error *= error;
  return mean_of(errors);
}

Errors errors_of(const Column& predicted, const Column& actual) {
  const Column errors = differences(predicted, actual);
  return {mean_absolute(errors), std::sqrt(mean_square(errors))};
}

std::vector<int> all_rows(const Split& split) {
  std::vector<int> rows = split.train;
  rows.insert(rows.end(), split.validation.begin(), split.validation.end());
  rows.insert(rows.end(), split.test.begin(), split.test.end());
  return rows;
}

bool is_each_row_once(const Split& split, int rows) {
  std::vector<int> dealt = all_rows(split);
  std::sort(dealt.begin(), dealt.end());
  std::vector<int> expected(place(rows));
  std::iota(expected.begin(), expected.end(), 0);
  return dealt == expected;
}

/// Rows of one group, one row left out (-1: none).
Column members(const std::vector<int>& group, const Column& values, int which, int left_out = -1) {
  Column found;
  for (std::size_t row = 0; row < values.size(); ++row)
    if ((which < 0 || group[row] == which) && row != place(left_out)) found.push_back(values[row]);
  return found;
}

Column means_of_groups(const std::vector<int>& group, const Column& values, int groups, double of_an_empty_one) {
  Column means;
  for (int g = 0; g < groups; ++g) {
    const Column found = members(group, values, g);
    means.push_back(found.empty() ? of_an_empty_one : mean_of(found));
  }
  return means;
}

Column means_of_others(const std::vector<int>& group, const Column& values, bool leaks_when_alone = false) {
  Column means;
  for (int row = 0; row < static_cast<int>(values.size()); ++row) {
    const Column neighbours = members(group, values, group[place(row)], row);
    means.push_back(!neighbours.empty() ? mean_of(neighbours)
                    : leaks_when_alone  ? mean_of(values)
                                        : mean_of(members(group, values, -1, row)));
  }
  return means;
}

/// Each row's group mean with the row itself in it.
Column leaking_means(const std::vector<int>& group, const Column& values) {
  Column means;
  for (const int g : group) means.push_back(mean_of(members(group, values, g)));
  return means;
}

struct Means {
  Column rows, columns;
  double all = 0;
};

Means means_of(const TensorD& table) {
  const int rows = table.shape()[0], columns = table.shape()[1];
  Means means{Column(place(rows), 0), Column(place(columns), 0), 0};
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      means.rows[place(r)] += table(r, c) / columns;
      means.columns[place(c)] += table(r, c) / rows;
      means.all += table(r, c) / (rows * columns);
    }
  return means;
}

/// table - a * row mean - b * column mean + c * mean of all, and the row of the largest squares.
OddOne odd_one_of(const TensorD& table, double a = 1, double b = 1, double c = 1) {
  const Means means = means_of(table);
  OddOne odd{table, 0};
  double largest = -1;
  for (int row = 0; row < table.shape()[0]; ++row) {
    double squares = 0;
    for (int column = 0; column < table.shape()[1]; ++column) {
      double& residual = odd.residuals(row, column);
      residual += -a * means.rows[place(row)] - b * means.columns[place(column)] + c * means.all;
      squares += residual * residual;
    }
    if (squares <= largest) continue;
    largest = squares;
    odd.row = row;
  }
  return odd;
}

TensorD negated(TensorD tensor) {
  for (double& value : tensor) value = -value;
  return tensor;
}

/// A table of rates: mean, row and column effects in eighths, and one row whose columns are exchanged.
TensorD table_with_an_odd_row(int rows, int columns, int odd_row, double size) {
  TensorD table({rows, columns});
  const Column row_rates = yields(rows), column_rates = yields(columns, -40, 40);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      table(r, c) = row_rates[place(r)] + column_rates[place(c)];
      if (r == odd_row) table(r, c) += (c % 2 == 0 ? size : -size) * (c / 2 + 1);
    }
  return table;
}

}  // namespace

// median

TEST(Median, OfFiveAndOfSixValues) {
  const Column five{27, 48.5, 31, 60, 12}, six{27, 48.5, 31, 60, 12, 39};
  EXPECT_ANSWER(student::median(five), 31.0)
      .mistake(35.7, "this is the mean", "sort them: which one stands in the middle?")
      .mistake(31.0 + 29.0 / 2, "the last two values are averaged", "which one stands in the middle?")
      .mistake(29.0, "two values are averaged though one stands in the middle", "is five an even number?")
      .mistake(39.75, "two values are averaged though one stands in the middle", "is five an even number?")
      .mistake(36.0, "this is halfway between the smallest and the largest", "that is the worked neighbour")
      .because("in order they are 12, 27, 31, 48.5, 60");
  EXPECT_ANSWER(student::median(six), 35.0)
      .mistake(39.0, "of the two middle values only the upper one is taken",
               "how many values stand below it, and above?")
      .mistake(31.0, "of the two middle values only the lower one is taken",
               "how many values stand below it, and above?")
      .mistake(45.5, "the values are not in order", "what has to happen before there is a middle?")
      .mistake(43.75, "the middle is one place too far up", "count from 0: which two places are in the middle of six?")
      .because("in order they are 12, 27, 31, 39, 48.5, 60, and the middle lies between 31 and 39");
}

TEST(Median, OfAnyColumn) {
  for (const int count : {1, 2, 7, 24}) {
    const Column values = yields(count, -300, 900);
    EXPECT_ANSWER(student::median(values), median_of(values))
        .mistake(mean_of(values), "this is the mean", "sort them: which one stands in the middle?")
        .mistake(values[values.size() / 2], "the values are not in order",
                 "what has to happen before there is a middle?")
        .mistake(sorted(values)[values.size() / 2], "of the two middle values only the upper one is taken",
                 "how many values stand below it, and above?")
        .mistake(sorted(values)[(values.size() - 1) / 2], "of the two middle values only the lower one is taken",
                 "how many values stand below it, and above?");
  }
}

TEST(Median, DoesNotCareHowWildTheLargestValueIs) {
  EXPECT_ANSWER(student::median({20, 30, 40, 50, 1e9}), 40.0)
      .because("a decimal point that slipped moves the mean by millions and the median not at all");
}

TEST(Median, CountsEqualValuesEachTime) {
  EXPECT_ANSWER(student::median({5, 5, 5, 5, 1, 2}), 5.0)
      .mistake(2.0, "equal values are counted once", "how many plots gave 5?")
      .because("four of the six values are 5");
}

TEST(Median, OfNothingIsNotANumber) {
  EXPECT_ANSWER(student::median({}), kNothing)
      .mistake(0.0, "the median of nothing is given as 0", "who could tell it from a measured 0?")
      .because("an empty column has no middle, and NaN says so");
}

// errors

TEST(Errors, OfThreePlots) {
  const Column predicted{34, 34, 34}, actual{37, 34, 30};  // errors -3, 0, 4
  EXPECT_ANSWER(student::errors(predicted, actual), (Errors{7.0 / 3, std::sqrt(25.0 / 3)}))
      .mistake(Errors{1.0 / 3, std::sqrt(25.0 / 3)}, "errors cancel in the mean absolute error",
               "what happens to the sign of -3?")
      .mistake(Errors{7.0 / 3, 25.0 / 3}, "the root is missing", "in which units is this number?")
      .mistake(Errors{7.0 / 3, 5.0 / 3}, "the root is taken before the mean", "root of the mean of the squares")
      .mistake(Errors{7.0 / 3, 5.0}, "the root is taken of the sum", "mean of the squares, then the root")
      .mistake(Errors{7.0, std::sqrt(25.0)}, "the sums are not divided", "how many rows are there?")
      .mistake(Errors{7.0, std::sqrt(25.0 / 3)}, "the absolute errors are not averaged", "how many rows are there?")
      .mistake(Errors{std::sqrt(25.0 / 3), 7.0 / 3}, "the two numbers are exchanged", "which field is which?")
      .mistake(Errors{7.0 / 3, 7.0 / 3}, "the root of a single square is its size again",
               "square each, average, and only then take the root")
      .mistake(Errors{3.5, std::sqrt(12.5)}, "it is divided by one less than the rows", "how many errors are averaged?")
      .because("the errors are -3, 0 and 4: (3 + 0 + 4) / 3, and the root of (9 + 0 + 16) / 3");
}

TEST(Errors, OfAnyPredictions) {
  const int rows = draws().below(30) + 5;
  const Column predicted = yields(rows), actual = yields(rows);
  const Column errors = differences(predicted, actual);
  const Errors right = errors_of(predicted, actual);
  Column whole = errors;
  for (double& error : whole) error = std::trunc(error);
  EXPECT_ANSWER(student::errors(predicted, actual), right)
      .mistake(Errors{mean_absolute(whole), right.root_mean_squared}, "each error loses its fraction",
               "abs of <cstdlib> takes whole numbers: std::abs of <cmath>")
      .mistake(Errors{std::abs(mean_of(errors)), right.root_mean_squared}, "errors cancel in the mean absolute error",
               "what happens to the sign of an error below 0?")
      .mistake(Errors{mean_of(errors), right.root_mean_squared}, "errors cancel in the mean absolute error",
               "what happens to the sign of an error below 0?")
      .mistake(Errors{right.mean_absolute, mean_square(errors)}, "the root is missing",
               "in which units is this number?")
      .mistake(Errors{right.mean_absolute, std::sqrt(mean_square(errors) * rows)}, "the root is taken of the sum",
               "mean of the squares, then the root")
      .mistake(Errors{right.mean_absolute, std::sqrt(mean_square(errors) / rows)}, "the root is taken before the mean",
               "root of the mean of the squares")
      .mistake(Errors{right.root_mean_squared, right.mean_absolute}, "the two numbers are exchanged",
               "which field is which?");
}

TEST(Errors, AgreeWhenEveryErrorHasTheSameSize) {
  EXPECT_ANSWER(student::errors({5, 5, 5, 5}, {2, 8, 2, 8}), (Errors{3, 3}))
      .because("errors of 3, -3, 3, -3 are 3 off on average, whichever way one averages");
}

TEST(Errors, OfWholeNumbersKeepTheirFractions) {
  EXPECT_ANSWER(student::errors({1, 1}, {1, 2}), (Errors{0.5, std::sqrt(0.5)}))
      .mistake(Errors{0, 0}, "the fraction is lost", "which of your numbers is of a type without fractions?")
      .mistake(Errors{0, std::sqrt(0.5)}, "the fraction is lost",
               "abs of <cstdlib> takes whole numbers: std::abs of <cmath>");
}

TEST(Errors, OfNoRowsAreNotNumbers) {
  EXPECT_ANSWER(student::errors({}, {}), (Errors{kNothing, kNothing}))
      .mistake(Errors{0, 0}, "no rows count as no errors", "would you trust a model because nobody has tried it?")
      .because("a prediction that nobody has compared with anything is not perfect, it is unknown");
}

// split

TEST(Split, PutsEveryRowIntoExactlyOnePart) {
  const int rows = draws().below(60) + 40;
  const Split split = student::split(rows, 10, 15, 7);
  const std::set<int> distinct_rows = [&] {
    const std::vector<int> all = all_rows(split);
    return std::set<int>(all.begin(), all.end());
  }();
  const bool repeats = distinct_rows.size() < all_rows(split).size();
  const bool leaves_range = !distinct_rows.empty() && (*distinct_rows.begin() < 0 || *distinct_rows.rbegin() >= rows);
  EXPECT_PROPERTY(!leaves_range, "row numbers go from 0 to rows - 1")
      .shows("split", split)
      .help("does yours count from 1?");
  EXPECT_PROPERTY(!repeats, "no row is in two parts, or twice in one")
      .shows("split", split)
      .because("a row that is in training and in the test is an exam question that was handed out before")
      .help("draw the order once, then cut it: does each part start where the one before ended?");
  EXPECT_PROPERTY(is_each_row_once(split, rows), "every row is in one of the parts")
      .shows("split", split)
      .help("which rows go where when the two counts have been taken?");
}

TEST(Split, GivesEachPartItsNumberOfRows) {
  for (const auto& [rows, validation, test] :
       std::vector<std::tuple<int, int, int>>{{20, 3, 5}, {10, 0, 4}, {6, 2, 0}}) {
    const Split split = student::split(rows, validation, test, 3);
    const std::vector<int> sizes{static_cast<int>(split.train.size()), static_cast<int>(split.validation.size()),
                                 static_cast<int>(split.test.size())};
    EXPECT_ANSWER(sizes, (std::vector<int>{rows - validation - test, validation, test}))
        .mistake(std::vector<int>{rows - validation - test, test, validation}, "validation and test are exchanged",
                 "which count is which part's?")
        .mistake(std::vector<int>{validation, rows - validation - test, test}, "training and validation are exchanged",
                 "the fields stand in the order train, validation, test")
        .mistake(std::vector<int>{rows, validation, test}, "the training part holds all rows",
                 "which rows may it not see?")
        .because("these are the sizes of train, validation and test")
        .help("exactly so many: a coin tossed for each row gives that only on average");
  }
}

TEST(Split, GivesTheSameForTheSameSeed) {
  const Split once = student::split(50, 10, 10, 11), again = student::split(50, 10, 10, 11);
  EXPECT_PROPERTY(again.train == once.train && again.validation == once.validation && again.test == once.test,
                  "the same seed gives the same split")
      .shows("test, the first time", once.test)
      .shows("test, the second time", again.test)
      .because("otherwise nobody can repeat what you measured")
      .help("which random numbers do you use besides those of the seed, and does anything live on between calls?");
}

TEST(Split, ChangesWithTheSeed) {
  const Split one = student::split(60, 15, 15, 1), other = student::split(60, 15, 15, 2);
  EXPECT_PROPERTY(
      std::set<int>(one.test.begin(), one.test.end()) != std::set<int>(other.test.begin(), other.test.end()),
      "another seed gives another split")
      .shows("test with seed 1", one.test)
      .shows("test with seed 2", other.test)
      .help("where does your generator get its seed?");
}

TEST(Split, LetsEveryRowTakeItsTurnInTheTest) {
  constexpr int kSeeds = 300, kRows = 12;
  std::vector<int> times(kRows, 0);
  std::vector<std::tuple<int, int, int, std::uint64_t>> calls;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) calls.emplace_back(kRows, 3, 3, seed);
  for (const Split& split : student::split.batch(calls))
    for (const int row : split.test)
      if (row >= 0 && row < kRows) ++times[place(row)];
  // A row is expected 75 times with standard deviation 7.5; six of them are never seen by chance.
  const auto [least, most] = std::minmax_element(times.begin(), times.end());
  EXPECT_PROPERTY(*least > 30 && *most < 120,
                  "over 300 seeds each of 12 rows is about equally often among the 3 of the test")
      .shows("times in the test", times)
      .because("rows often stand in an order: by site, by year. What is cut off the end is not like the rest")
      .help("are the rows shuffled before they are cut?");
}

// group-means

TEST(GroupMeans, OfTwoSites) {
  EXPECT_ANSWER(student::group_means({0, 1, 0, 1, 1}, {20, 40, 30, 50, 60}, 2), (Column{25, 50}))
      .mistake(Column{50, 150}, "these are the sums", "how many rows has each group?")
      .mistake(Column{10, 30}, "the sums are divided by all rows", "how many rows has each group?")
      .mistake(Column{40, 40}, "every group gets the mean of all", "which rows belong to group 0?")
      .mistake(Column{30, 60}, "only the last row of each group counts", "= or +=?")
      .mistake(Column{25, 75}, "the sums are divided by the number of groups", "how many rows has each group?");
}

TEST(GroupMeans, OfAnyGroups) {
  const int groups = 6, rows = 40;
  std::vector<int> group = class_labels(rows, groups);
  for (int g = 0; g < groups; ++g) group[place(g)] = g;  // none empty
  const Column values = yields(rows);
  const Column right = means_of_groups(group, values, groups, 0);
  Column sums;
  for (int g = 0; g < groups; ++g) {
    const Column found = members(group, values, g);
    sums.push_back(std::accumulate(found.begin(), found.end(), 0.0));
  }
  EXPECT_ANSWER(student::group_means(group, values, groups), right)
      .mistake(sums, "these are the sums", "how many rows has each group?")
      .mistake(Column(right.begin(), right.end() - 1), "the last group is missing", "how many means were asked for?");
}

TEST(GroupMeans, OfAGroupThatNobodyHasSeenIsTheMeanOfAll) {
  const std::vector<int> group{0, 0, 0, 2};
  const Column values{10, 20, 30, 100};
  EXPECT_ANSWER(student::group_means(group, values, 4), (Column{20, 40, 100, 40}))
      .mistake(Column{20, 0, 100, 0}, "a group without rows gets 0",
               "which is the better guess about a field that you know nothing about?")
      .mistake(Column{20, kNothing, 100, kNothing}, "a group without rows gets 0 / 0",
               "how many rows has it, and what do you know that is not about it?")
      .mistake(Column{20, 60, 100, 60}, "a group without rows gets the mean of the other groups' means",
               "each row counts once in the mean of all")
      .mistake(Column{20, 30, 100, 30}, "a group without rows gets the mean over all groups, itself included",
               "each row counts once in the mean of all")
      .because("of groups 1 and 3 nothing is known but what is known of all: the flat rate");
}

TEST(GroupMeans, AreTheSameWhenAskedAgain) {
  const std::vector<int> group{0, 1, 1};
  const Column values{8, 2, 4};
  student::group_means(group, values, 2);
  EXPECT_ANSWER(student::group_means(group, values, 2), (Column{8, 3}))
      .because("a function without a memory gives the same answer to the same question");
}

// mean-of-the-others

TEST(MeanOfTheOthers, LeavesARowOutOfItsOwnMean) {
  const std::vector<int> group{0, 0, 0, 1, 1};
  const Column values{10, 20, 60, 5, 7};
  EXPECT_ANSWER(student::mean_of_the_others(group, values), (Column{40, 35, 15, 7, 5}))
      .mistake(Column{30, 30, 30, 6, 6}, "a row's own value has a part in its own answer",
               "take it out of the sum, and out of the count")
      .mistake(Column{80.0 / 3, 70.0 / 3, 10, 3.5, 2.5}, "the row is out of the sum and still in the count",
               "how many others are there?")
      .mistake(Column{45, 45, 45, 12, 12}, "the row is out of the count and still in the sum",
               "whose value must not be in the sum?")
      .mistake(Column{80, 70, 30, 7, 5}, "these are sums", "how many others are there?")
      .mistake(Column{23, 20.5, 10.5, 24.25, 23.75}, "all other rows count, whatever their group",
               "which rows are the row's neighbours?")
      .because("the others of the first row, in its group, are 20 and 60");
}

TEST(MeanOfTheOthers, OfAnyGroups) {
  const int rows = 30;
  std::vector<int> group = class_labels(rows, 5);
  for (int row = 0; row < 10; ++row) group[place(row)] = row / 2;  // two of each at least
  const Column values = yields(rows);
  EXPECT_ANSWER(student::mean_of_the_others(group, values), means_of_others(group, values))
      .mistake(leaking_means(group, values), "a row's own value has a part in its own answer",
               "take it out of the sum, and out of the count");
}

TEST(MeanOfTheOthers, OfARowThatIsAloneIsTheMeanOfAllOthers) {
  const std::vector<int> group{0, 0, 1};
  const Column values{10, 20, 90};
  Column with_own_value{20, 10, 90}, with_zero{20, 10, 0}, with_nothing{20, 10, kNothing};
  EXPECT_ANSWER(student::mean_of_the_others(group, values), (Column{20, 10, 15}))
      .mistake(means_of_others(group, values, true), "a lonely row's own value leaks in through the mean of all",
               "the mean of all what?")
      .mistake(with_own_value, "a lonely row gets its own value", "may it know the answer?")
      .mistake(with_zero, "a lonely row gets 0", "what is the next best thing that is known?")
      .mistake(with_nothing, "a lonely row gets 0 / 0", "how many others has it in its group?")
      .because("row 2 has no neighbour; the others are 10 and 20");
}

TEST(MeanOfTheOthers, DoesNotMoveWithTheRowItself) {
  const std::vector<int> group{0, 1, 0, 1, 0, 2};
  const Column values = yields(6);
  const Column before = student::mean_of_the_others(group, values);
  for (const int row : {0, 3, 5}) {
    Column changed = values;
    changed[place(row)] += 64;
    const Column after = student::mean_of_the_others(group, changed);
    if (before.size() != values.size() || after.size() != values.size()) continue;  // said by the tests above
    EXPECT_PROPERTY(std::abs(after[place(row)] - before[place(row)]) < 1e-9,
                    "a row's answer stays when only its own value changes")
        .shows("row", row)
        .shows("before", before)
        .shows("after", after)
        .because("what is to be predicted must not stand in what predicts it: that is leakage");
  }
}

TEST(MeanOfTheOthers, CountsNeighboursThatGaveTheSame) {
  EXPECT_ANSWER(student::mean_of_the_others({0, 0, 0}, {5, 5, 8}), (Column{6.5, 6.5, 5}))
      .mistake(Column{8, 8, 5}, "neighbours with the same value are left out",
               "is a row known by its value or by its place?")
      .because("two plots may give the same, and they are two plots");
}

TEST(MeanOfTheOthers, TakesGroupsInAnyOrder) {
  EXPECT_ANSWER(student::mean_of_the_others({7, 2, 7, 2}, {1, 10, 3, 30}), (Column{3, 30, 1, 10}))
      .because("a group's number is only a name: there may be gaps");
}

// odd-one-out

TEST(OddOneOut, FindsTheSiteWhoseYearsAreExchanged) {
  // Four sites, two years: the second year is 10 worse everywhere but at site 2.
  const TensorD table({4, 2}, {30, 20, 50, 40, 25, 35, 40, 30});
  const OddOne right = odd_one_of(table);
  OddOne by_sum = right, last = right;
  by_sum.row = 0;
  last.row = 1;
  EXPECT_ANSWER(student::odd_one_out(table), right)
      .mistake(odd_one_of(table, 1, 1, 0), "the mean of all is taken away twice",
               "a row's mean and a column's mean both hold it: how often did you subtract it?")
      .mistake(odd_one_of(table, 1, 0, 0), "the columns have no rate of their own",
               "what did the year do to all sites?")
      .mistake(odd_one_of(table, 0, 1, 0), "the rows have no rate of their own", "is one site better than another?")
      .mistake(odd_one_of(table, 0, 0, -1), "only the mean of all is taken away", "which rates have rows and columns?")
      .mistake(OddOne{negated(right.residuals), right.row}, "the residuals have the wrong sign",
               "what came, minus what was expected")
      .mistake(odd_one_of(table, 1, 1, -1), "the mean of all is subtracted, not added",
               "look at the sign of the last term")
      .mistake(by_sum, "the row is not the one with the largest residuals",
               "residuals of a row add up to 0: what can you add up instead?")
      .mistake(last, "the row with the largest mean is named, not the one with the largest residuals",
               "which row fits least, not: which row is best")
      .because("a residual is what is left when row and column have had their say");
}

TEST(OddOneOut, FindsItInAnyTable) {
  const int rows = 7, columns = 4, odd_row = draws().below(rows);
  const TensorD table = table_with_an_odd_row(rows, columns, odd_row, 16);
  const OddOne right = odd_one_of(table);
  EXPECT_ANSWER(student::odd_one_out(table), right)
      .mistake(odd_one_of(table, 1, 1, 0), "the mean of all is taken away twice",
               "a row's mean and a column's mean both hold it: how often did you subtract it?")
      .mistake(OddOne{negated(right.residuals), right.row}, "the residuals have the wrong sign",
               "what came, minus what was expected");
}

TEST(OddOneOut, LeavesNothingOfRatesThatAddUp) {
  const TensorD table = table_with_an_odd_row(5, 3, 0, 0);
  const TensorD residuals = student::odd_one_out(table).residuals;
  EXPECT_ANSWER(residuals, TensorD({5, 3}))
      .within(1e-9)
      .because("a table that is exactly a row's rate plus a column's rate has nothing left over");
}

TEST(OddOneOut, AddsUpSquaresAndNotSizes) {
  const TensorD table({4, 4}, {10, -10, 0, 0, 6, -6, 6, -6, -8, 8, -3, 3, -8, 8, -3, 3});
  EXPECT_ANSWER(student::odd_one_out(table).row, 0)
      .mistake(1, "the residuals are added up without squaring them", "what does tasks.hpp say to add up?")
      .because("all its means are 0, so the table is its own residuals: squares of 200, 144, 146 and 146");
}

TEST(OddOneOut, GoesBySquaresAndNotByTheLargestOrTheFirst) {
  // Row 2 is far off everywhere, downwards in its first column.
  TensorD table({5, 4});
  for (int c = 0; c < 4; ++c) table(2, c) = c % 2 == 0 ? -24 : 24;
  EXPECT_ANSWER(student::odd_one_out(table).row, 2)
      .mistake(0, "the first row is named whatever the residuals",
               "with which value does your search for the largest begin, and when is it replaced?")
      .mistake(4, "the last row is named whatever the residuals", "when is your largest replaced?");
}
