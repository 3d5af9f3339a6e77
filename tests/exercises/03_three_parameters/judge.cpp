#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using handbuilt::TensorD;
using three_parameters::Model;
using namespace handbuilt::grader;

STUDENT(three_parameters, best_driver, drivers, values);
STUDENT(three_parameters, forward_select, drivers, values, count);
STUDENT(three_parameters, standardise, train, rows);
STUDENT(three_parameters, ridge, x, y, strength);
STUDENT(three_parameters, choose_size, errors);
STUDENT(three_parameters, guarded_prediction, model, drivers);

namespace {

using Column = std::vector<double>;

const double kNan = std::numeric_limits<double>::quiet_NaN();
const double kInfinity = std::numeric_limits<double>::infinity();

std::size_t place(int index) { return static_cast<std::size_t>(index); }

Column column_of(const TensorD& table, int column) {
  Column values;
  for (int row = 0; row < table.shape()[0]; ++row) values.push_back(table(row, column));
  return values;
}

double mean_of(const Column& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Column centred(Column values) {
  const double mean = mean_of(values);
  for (double& value : values) value -= mean;
  return values;
}

double product(const Column& a, const Column& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

Column minus(Column a, double share, const Column& b) {
  for (std::size_t n = 0; n < a.size(); ++n) a[n] -= share * b[n];
  return a;
}

/// How a driver is judged: by how much its line explains, or by something that is not quite it.
enum class By { kExplained, kSlope, kCovariance, kUncentred, kSigned };

double merit(const Column& driver, const Column& rest, By by) {
  const Column d = by == By::kUncentred ? driver : centred(driver), r = by == By::kUncentred ? rest : centred(rest);
  const double products = product(d, r), squares = product(d, d);
  if (squares < 1e-12) return -1e300;
  switch (by) {
    case By::kSlope:
      return std::abs(products / squares);
    case By::kCovariance:
      return std::abs(products);
    case By::kSigned:
      return products / std::sqrt(squares);
    default:
      return products * products / squares;
  }
}

int best_of(const std::vector<Column>& drivers, const Column& rest, By by, const std::vector<int>& taken = {}) {
  int best = -1;
  double most = -1e301;
  for (int d = 0; d < static_cast<int>(drivers.size()); ++d) {
    if (std::find(taken.begin(), taken.end(), d) != taken.end()) continue;
    const double of_driver = merit(drivers[place(d)], rest, by);
    if (of_driver > most) {
      most = of_driver;
      best = d;
    }
  }
  return best;
}

std::vector<Column> columns_of(const TensorD& drivers) {
  std::vector<Column> columns;
  for (int d = 0; d < drivers.shape()[1]; ++d) columns.push_back(column_of(drivers, d));
  return columns;
}

int best_by(const TensorD& drivers, const Column& values, By by) { return best_of(columns_of(drivers), values, by); }

/// How forward selection takes out what was chosen.
enum class TakeOut { kOfBoth, kOfValues, kOfNothing };

std::vector<int> selected(const TensorD& drivers, const Column& values, int count, TakeOut how = TakeOut::kOfBoth) {
  std::vector<Column> left = columns_of(drivers);
  for (Column& column : left) column = centred(column);
  Column rest = centred(values);
  std::vector<int> chosen;
  for (int step = 0; step < count; ++step) {
    chosen.push_back(best_of(left, rest, By::kExplained, chosen));
    const Column taken = left[place(chosen.back())];
    const double length = product(taken, taken);
    if (how != TakeOut::kOfNothing) rest = minus(rest, product(taken, rest) / length, taken);
    if (how == TakeOut::kOfBoth)
      for (Column& column : left) column = minus(column, product(taken, column) / length, taken);
  }
  return chosen;
}

/// Matching pursuit: the values lose each line, and a driver may come again.
std::vector<int> with_repeats(const TensorD& drivers, const Column& values, int count) {
  std::vector<Column> left = columns_of(drivers);
  for (Column& column : left) column = centred(column);
  Column rest = centred(values);
  std::vector<int> chosen;
  for (int step = 0; step < count; ++step) {
    chosen.push_back(best_of(left, rest, By::kExplained));
    const Column& taken = left[place(chosen.back())];
    rest = minus(rest, product(taken, rest) / product(taken, taken), taken);
  }
  return chosen;
}

struct Fields {
  TensorD drivers;
  Column values;
};

/// Drivers that have much to do with each other, on different scales, and values that three of them make.
Fields related_fields(int fields, int drivers) {
  Fields made{gaussian_d({fields, drivers}), {}};
  for (int n = 0; n < fields; ++n) {
    for (int d = 1; d < drivers; ++d) made.drivers(n, d) += 1.2 * made.drivers(n, d - 1);
    made.values.push_back(3 * made.drivers(n, 1) - 4 * made.drivers(n, 2) + 2 * made.drivers(n, drivers - 1) +
                          draws().normal());
  }
  for (int d = 0; d < drivers; ++d)
    for (int n = 0; n < fields; ++n) made.drivers(n, d) = made.drivers(n, d) * (d % 3 == 0 ? 10 : 0.5) + 5 * d;
  return made;
}

/// Shifted by the training rows' means and scaled by the new rows' size about them.
TensorD scaled_by_new(const TensorD& train, const TensorD& rows) {
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d) {
    Column shifted = column_of(rows, d);
    for (double& value : shifted) value -= mean_of(column_of(train, d));
    const double scale = std::sqrt(product(shifted, shifted) / static_cast<double>(shifted.size()));
    for (int n = 0; n < rows.shape()[0]; ++n) result(n, d) = shifted[place(n)] / scale;
  }
  return result;
}

TensorD scaled_by(const TensorD& train, const TensorD& rows, bool shift = true, double less = 0, bool squared = false) {
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d) {
    const Column column = column_of(train, d), deviations = centred(column);
    const double variance = product(deviations, deviations) / (static_cast<double>(column.size()) - less);
    const double scale = variance < 1e-20 ? 1 : squared ? variance : std::sqrt(variance);
    for (int n = 0; n < rows.shape()[0]; ++n) result(n, d) = (rows(n, d) - (shift ? mean_of(column) : 0)) / scale;
  }
  return result;
}

/// Minimises by coordinate descent, which has nothing to do with elimination: the strength on the diagonal, divided by
/// `fields` where asked for.
Column ridge_of(const TensorD& x, const Column& y, double strength) {
  const std::vector<Column> columns = columns_of(x);
  Column b(columns.size(), 0), rest = y;
  for (int sweep = 0; sweep < 20000; ++sweep) {
    double largest = 0;
    for (std::size_t d = 0; d < columns.size(); ++d) {
      const double squares = product(columns[d], columns[d]);
      const double next = (product(columns[d], rest) + squares * b[d]) / (squares + strength);
      largest = std::max(largest, std::abs(next - b[d]));
      rest = minus(rest, next - b[d], columns[d]);
      b[d] = next;
    }
    if (largest < 1e-13) break;
  }
  return b;
}

/// The strength added to every entry of the matrix and not to its diagonal alone: as if one more field had the driver
/// root(strength) everywhere and yielded 0.
Column ridge_of_every_entry(const TensorD& x, Column y, double strength) {
  TensorD more({x.shape()[0] + 1, x.shape()[1]});
  for (int d = 0; d < x.shape()[1]; ++d) {
    for (int n = 0; n < x.shape()[0]; ++n) more(n, d) = x(n, d);
    more(x.shape()[0], d) = std::sqrt(strength);
  }
  y.push_back(0);
  return ridge_of(more, y, 0);
}

double ridge_sum(const TensorD& x, const Column& y, double strength, const Column& b) {
  Column rest = y;
  for (int d = 0; d < x.shape()[1]; ++d) rest = minus(rest, b[place(d)], column_of(x, d));
  return product(rest, rest) + strength * product(b, b);
}

Model a_model() { return {100, {10, -5}, 101, {-2, -1}, {2, 3}, 70, 130}; }

}  // namespace

// best-driver

TEST(BestDriver, NeedsAnIntercept) {
  // Values and the first driver both lie far from 0 and have nothing to do with each other.
  const TensorD drivers({4, 2}, {1000, -0.8, 1001, 0, 1000, 0, 1001, 0.8});
  const Column values{500, 510, 510, 520};
  EXPECT_ANSWER(student::best_driver(drivers, values), 1)
      .mistake(0, "the lines have no intercept", "which means have to be taken away first?")
      .because("the line 510 + 12.5 * driver fits the second driver exactly");
}

TEST(BestDriver, CountsADriverThatWorksDownwards) {
  const TensorD drivers({4, 2}, {1, 2.1, 2, 1.63, 2, 0.93, 3, 0.23});
  const Column values{1, 3, 6, 9};
  EXPECT_ANSWER(student::best_driver(drivers, values), 1)
      .mistake(0, "a driver that works downwards is passed over", "is a relation of -1 worse than none?")
      .because("the second driver falls as the values rise, nearly exactly");
}

TEST(BestDriver, OfThree) {
  // The second driver follows the values exactly, downwards; the first is the third in other units.
  const TensorD drivers({4, 3}, {0.01, 8, 10, 0.02, 6, 20, 0.01, 4, 10, 0.05, 2, 50});
  const Column values{1, 2, 3, 4};
  EXPECT_ANSWER(student::best_driver(drivers, values), 1)
      .mistake(best_by(drivers, values, By::kSlope), "the steepest line is taken",
               "what happens to a slope when a driver is counted in centimetres instead of metres?")
      .mistake(best_by(drivers, values, By::kCovariance), "the drivers are compared without their scales",
               "what happens to the sum of products when a driver is counted in other units?")
      .because("values = 5 - driver / 2 fits the second driver exactly: nothing is left over");
}

TEST(BestDriver, OfAnyTable) {
  for (int round = 0; round < 4; ++round) {
    const Fields fields = related_fields(20, 6);
    EXPECT_ANSWER(student::best_driver(fields.drivers, fields.values),
                  best_by(fields.drivers, fields.values, By::kExplained))
        .mistake(best_by(fields.drivers, fields.values, By::kSlope), "the steepest line is taken",
                 "what happens to a slope when a driver is counted in centimetres instead of metres?")
        .mistake(best_by(fields.drivers, fields.values, By::kCovariance),
                 "the drivers are compared without their scales",
                 "what happens to the sum of products when a driver is counted in other units?")
        .mistake(best_by(fields.drivers, fields.values, By::kUncentred), "the lines have no intercept",
                 "which means have to be taken away first?");
  }
}

TEST(BestDriver, PassesOverADriverThatDoesNotVary) {
  const TensorD drivers({3, 3}, {7, 1, 0.5, 7, 2, 0.5, 7, 4, 0.5});
  EXPECT_ANSWER(student::best_driver(drivers, {1, 2, 3}), 1)
      .mistake(0, "a driver that is the same everywhere is taken",
               "what is 0 / 0, and how does it compare with a number?")
      .mistake(2, "a driver that is the same everywhere is taken",
               "what is 0 / 0, and how does it compare with a number?")
      .because("what is the same in every field cannot tell one from another");
}

// forward-select

TEST(ForwardSelect, TakesWhatHelpsMostBesideTheFirst) {
  // Driver 1 is driver 0 with a little on top; driver 2 is small and new.
  const TensorD drivers({6, 3}, {-3, -3.1, 1, -2, -1.8, -1, -1, -1.1, 1, 1, 0.9, -1, 2, 2.1, 1, 3, 3, -1});
  Column values;
  for (int n = 0; n < 6; ++n) values.push_back(5 * drivers(n, 0) + drivers(n, 2));
  EXPECT_ANSWER(student::forward_select(drivers, values, 2), (std::vector<int>{0, 2}))
      .mistake(std::vector<int>{0, 1}, "each driver is judged alone", "given driver 0, what does driver 1 still say?")
      .mistake(std::vector<int>{0, 0}, "a driver is chosen twice", "which drivers are still free?")
      .mistake(std::vector<int>{2, 0}, "the order is turned round", "which was chosen first?")
      .because("driver 1 says nearly the same as driver 0; driver 2 explains all that is left");
}

TEST(ForwardSelect, ChoosesInTheRightOrderWhateverTheDriversHaveToDoWithEachOther) {
  int told_apart = 0;
  for (int round = 0; round < 60 && told_apart < 3; ++round) {
    const Fields fields = related_fields(25, 8);
    const std::vector<int> right = selected(fields.drivers, fields.values, 4);
    const std::vector<int> alone = selected(fields.drivers, fields.values, 4, TakeOut::kOfNothing);
    const std::vector<int> of_values = selected(fields.drivers, fields.values, 4, TakeOut::kOfValues);
    if (right == alone || right == of_values || alone == of_values) continue;
    ++told_apart;
    EXPECT_ANSWER(student::forward_select(fields.drivers, fields.values, 4), right)
        .mistake(alone, "each driver is judged alone", "what is a driver still worth when its twin has been taken?")
        .mistake(of_values, "the chosen driver is taken out of the values but not out of the other drivers",
                 "fitted together with those before: what of a new driver is really new?")
        .mistake(with_repeats(fields.drivers, fields.values, 4),
                 "the chosen driver is taken out of the values but not out of the other drivers",
                 "fitted together with those before: what of a new driver is really new?");
  }
  ASSERT_GT(told_apart, 0);
}

TEST(ForwardSelect, FindsTheThreeThatMatterAmongMany) {
  TensorD drivers = gaussian_d({80, 60});
  Column values;
  for (int n = 0; n < 80; ++n)
    values.push_back(100 + 12 * drivers(n, 41) + 8 * drivers(n, 7) - 6 * drivers(n, 23) + 0.5 * draws().normal());
  std::vector<int> chosen = student::forward_select(drivers, values, 3);
  std::sort(chosen.begin(), chosen.end());
  EXPECT_ANSWER(chosen, (std::vector<int>{7, 23, 41})).because("with so little noise nobody can miss them");
}

TEST(ForwardSelect, GivesAsManyAsWereAskedFor) {
  const Fields fields = related_fields(12, 5);
  EXPECT_ANSWER(student::forward_select(fields.drivers, fields.values, 0), std::vector<int>{});
  const std::vector<int> all = selected(fields.drivers, fields.values, 5);
  const std::vector<int> answer = student::forward_select(fields.drivers, fields.values, 5);
  std::vector<int> sorted_answer = answer;
  std::sort(sorted_answer.begin(), sorted_answer.end());
  EXPECT_PROPERTY(sorted_answer == (std::vector<int>{0, 1, 2, 3, 4}), "asked for all drivers, each comes once")
      .shows("forward_select", answer)
      .help("which drivers are still free?");
}

// standardise

TEST(Standardise, GivesTrainingColumnsMean0AndDeviation1) {
  const TensorD train({4, 2}, {1, 100, 3, 300, 5, 300, 7, 500});
  const TensorD right = scaled_by(train, train);
  EXPECT_ANSWER(student::standardise(train, train), right)
      .mistake(scaled_by(train, train, true, 1), "the standard deviation is divided by one less than the rows",
               "what does tasks.hpp say to divide by?")
      .mistake(scaled_by(train, train, false), "the columns are scaled and not shifted",
               "where should their mean end up?")
      .mistake(scaled_by(train, train, true, 0, true), "it is divided by the variance",
               "what is the unit of a variance?")
      .mistake(train, "the rows come back as they were");
}

TEST(Standardise, LearnsFromTheTrainingRowsAlone) {
  const TensorD train = gaussian_d({12, 3}, 4, 20), rows = gaussian_d({7, 3}, 9, -5);
  EXPECT_ANSWER(student::standardise(train, rows), scaled_by(train, rows))
      .mistake(scaled_by(rows, rows), "the new rows are scaled by their own mean and deviation",
               "what would that make of a single row?")
      .mistake(scaled_by(train, train), "the training rows come back", "which rows were asked for?")
      .mistake(scaled_by_new(train, rows), "the scale is that of the new rows", "whose standard deviation is meant?")
      .mistake(scaled_by(train, rows, true, 1), "the standard deviation is divided by one less than the rows",
               "what does tasks.hpp say to divide by?")
      .mistake(scaled_by(train, rows, false), "the columns are scaled and not shifted",
               "where should their mean end up?");
}

TEST(Standardise, WorksForASingleNewRow) {
  const TensorD train = gaussian_d({9, 4}, 3, 7), row = gaussian_d({1, 4}, 3, 7);
  EXPECT_ANSWER(student::standardise(train, row), scaled_by(train, row))
      .mistake(TensorD({1, 4}), "the new row is shifted by its own mean", "whose mean is meant?")
      .because("a robot gets its fields one by one");
}

TEST(Standardise, OnlyShiftsAColumnThatDoesNotVary) {
  const TensorD train({3, 2}, {7, 1, 7, 2, 7, 3}), rows({2, 2}, {7, 2, 9, 2});
  const TensorD answer = student::standardise(train, rows);
  TensorD with_nan({2, 2}, {kNan, 0, kInfinity, 0}), zeros_only({2, 2}, {0, 0, 0, 0}), untouched({2, 2}, {7, 0, 9, 0});
  EXPECT_ANSWER(answer, TensorD({2, 2}, {0, 0, 2, 0}))
      .mistake(with_nan, "it is divided by a deviation of 0", "what should a column that never varied be divided by?")
      .mistake(zeros_only, "a column that did not vary becomes 0", "it has not varied so far; now it does")
      .mistake(untouched, "a column that did not vary is left as it was", "is it shifted?");
}

// ridge

TEST(Ridge, OfOneDriver) {
  const TensorD x({3, 1}, {-1, 0, 1});
  EXPECT_ANSWER(student::ridge(x, {-3, 0, 3}, 1), (Column{2}))
      .mistake(Column{3}, "the strength is not used", "which entries of the matrix does it belong to?")
      .mistake(Column{6}, "it is divided by the wrong thing",
               "the sum's slope is 2 (squares b - products) + 2 strength b")
      .mistake(Column{6 / 2.5}, "half of the strength is used", "both terms have a factor 2 in their slope")
      .mistake(Column{1.5}, "the strength counts twice", "both terms have a factor 2 in their slope")
      .mistake(Column{6.0 / 5}, "the strength counts for each field", "how often does it stand in the sum?")
      .because("the sum is (3 - b)^2 + 0 + (3 - b)^2 + b^2, smallest at 6 / 3");
}

TEST(Ridge, MakesItsSumSmallest) {
  for (const double strength : {0.5, 20.0}) {
    const TensorD x = gaussian_d({15, 4}, 2);
    const Column y = column_of(gaussian_d({15, 1}, 10), 0);
    const Column right = ridge_of(x, y, strength);
    EXPECT_ANSWER(student::ridge(x, y, strength), right)
        .within(1e-7)
        .mistake(ridge_of_every_entry(x, y, strength), "the strength is added to every entry of the matrix",
                 "in which equation, and before which unknown, does it stand?")
        .mistake(ridge_of(x, y, 1e-9), "the strength is not used", "which entries of the matrix does it belong to?")
        .mistake(ridge_of(x, y, strength * 15), "the strength counts for each field",
                 "how often does it stand in the sum?")
        .mistake(ridge_of(x, y, strength * strength), "the strength is squared", "how does it stand in the sum?")
        .mistake(ridge_of(x, y, 2 * strength), "the strength counts twice", "both terms have a factor 2 in their slope")
        .mistake(ridge_of(x, y, strength / 2), "half of the strength is used",
                 "both terms have a factor 2 in their slope")
        .mistake(ridge_of(x, y, strength / 15), "the strength is divided by the fields",
                 "the squares are summed, not averaged");
    Column nudged = right;
    nudged[0] += 1e-3;
    ASSERT_GT(ridge_sum(x, y, strength, nudged), ridge_sum(x, y, strength, right));
  }
}

TEST(Ridge, CopesWithMoreDriversThanFields) {
  const TensorD x = gaussian_d({6, 20});
  const Column y = column_of(gaussian_d({6, 1}, 5), 0);
  EXPECT_ANSWER(student::ridge(x, y, 3), ridge_of(x, y, 3))
      .within(1e-7)
      .because("the strength makes the equations solvable");
}

TEST(Ridge, SharesAmongTwins) {
  TensorD x = gaussian_d({10, 1}), twins({10, 2});
  for (int n = 0; n < 10; ++n) twins(n, 0) = twins(n, 1) = x(n, 0);
  const Column b = student::ridge(twins, column_of(x, 0), 0.1);
  EXPECT_PROPERTY(b.size() == 2 && std::abs(b[0] - b[1]) < 1e-9,
                  "two drivers that are the same get the same coefficient")
      .shows("ridge", b)
      .because("of all ways to share, equal parts have the smallest sum of squares");
}

// choose-size

TEST(ChooseSize, TakesTheSmallestWithinOneStandardError) {
  // Means 10, 6, 5, 4.5; the folds of the best differ by 1: a standard error of 0.577.
  const TensorD errors({3, 4}, {9, 5, 4.5, 3.5, 11, 6, 5, 4.5, 10, 7, 5.5, 5.5});
  EXPECT_ANSWER(student::choose_size(errors), 2)
      .mistake(3, "the size with the smallest error is taken", "which smaller one is as good, as far as one can tell?")
      .mistake(1, "a standard deviation is allowed, not a standard error",
               "the mean of three folds is surer than one of them")
      .mistake(0, "the allowance is too large, or the first size is always taken")
      .because("the best mean is 4.5 and surer than 0.577 it is not: 5 is as good, and 6 is not");
}

TEST(ChooseSize, KnowsHowSureTheBestIs) {
  // The best is size 2 at 4; its folds agree within 0.1. Size 1 at 4.3 is clearly worse.
  const TensorD sure({4, 3}, {9, 4.3, 3.9, 1, 4.3, 4.1, 5, 4.3, 3.9, 5, 4.3, 4.1});
  EXPECT_ANSWER(student::choose_size(sure), 2)
      .mistake(1, "the standard error is not that of the best size", "whose folds is it made of?")
      .mistake(0, "the standard error is not that of the best size", "whose folds is it made of?");
}

TEST(ChooseSize, OfAnyTable) {
  for (int round = 0; round < 6; ++round) {
    const int folds = 3 + draws().below(6), sizes = 6;
    TensorD errors({folds, sizes});
    for (int size = 0; size < sizes; ++size)
      for (int fold = 0; fold < folds; ++fold) errors(fold, size) = 10 + std::abs(size - 3) + draws().uniform(0, 6);
    Column means;
    for (int size = 0; size < sizes; ++size) means.push_back(mean_of(column_of(errors, size)));
    const int best = static_cast<int>(std::min_element(means.begin(), means.end()) - means.begin());
    const Column deviations = centred(column_of(errors, best));
    const double variance = product(deviations, deviations) / (folds - 1);
    const auto smallest_within = [&](double allowance) {
      int size = 0;
      while (means[place(size)] > means[place(best)] + allowance) ++size;
      return size;
    };
    EXPECT_ANSWER(student::choose_size(errors), smallest_within(std::sqrt(variance / folds)))
        .mistake(best, "the size with the smallest error is taken",
                 "which smaller one is as good, as far as one can tell?")
        .mistake(smallest_within(std::sqrt(variance)), "a standard deviation is allowed, not a standard error",
                 "the mean of several folds is surer than one of them");
  }
}

TEST(ChooseSize, IsNothingWhenNothingHelps) {
  EXPECT_ANSWER(student::choose_size(TensorD({2, 3}, {4, 5, 6, 5, 6, 7})), 0)
      .because("no parameter at all is the flat rate, and it may be the best there is");
}

// guarded-prediction

TEST(GuardedPrediction, IsTheModelsWhereAllIsWell) {
  EXPECT_ANSWER(student::guarded_prediction(a_model(), {1, 2}), 100.0)
      .mistake(101.0, "the flat rate is given though nothing is wrong", "are the conditions the right way round?");
  EXPECT_ANSWER(student::guarded_prediction(a_model(), {1, -1}), 115.0)
      .mistake(15.0, "the intercept is missing", "where does the sum start?")
      .mistake(101.0, "the ends of the range count as outside",
               "a driver was -1 before: that is where the -1 comes from");
}

TEST(GuardedPrediction, IsTheFlatRateOutsideWhatWasSeen) {
  for (const Column& drivers : std::vector<Column>{{2.01, 0}, {-2.5, 0}, {0, 3.5}, {0, -1.2}, {999, 0}}) {
    const double plain = 100 + 10 * drivers[0] - 5 * drivers[1];
    EXPECT_ANSWER(student::guarded_prediction(a_model(), drivers), 101.0)
        .mistake(plain, "a field unlike any that was seen gets the model's prediction", "which checks come before it?")
        .mistake(std::clamp(plain, 70.0, 130.0),
                 "a field unlike any that was seen gets the model's prediction, held in range",
                 "holding the answer in range is not the same as knowing it")
        .mistake(kNan, "the answer is not a number")
        .because("nobody knows what the line does out there; the flat rate is off by as much as ever, and not by more");
  }
}

TEST(GuardedPrediction, IsTheFlatRateForANumberThatIsNone) {
  for (const Column& drivers : std::vector<Column>{{kNan, 0}, {0, kNan}, {kInfinity, 0}, {0, -kInfinity}})
    EXPECT_ANSWER(student::guarded_prediction(a_model(), drivers), 101.0)
        .mistake(kNan, "a missing driver makes the answer NaN", "NaN < lowest is false: how else can you ask?")
        .mistake(70.0, "a missing driver slips through the checks", "NaN < lowest is false: how else can you ask?")
        .mistake(130.0, "a missing driver slips through the checks", "NaN < lowest is false: how else can you ask?");
}

TEST(GuardedPrediction, IsHeldWithinTheYieldsThatWereSeen) {
  EXPECT_ANSWER(student::guarded_prediction({100, {30, 0}, 101, {-2, -1}, {2, 3}, 70, 130}, {1.5, 0}), 130.0)
      .mistake(145.0, "the answer leaves the range of the yields that were seen", "which field ever gave 145?")
      .mistake(101.0, "an answer out of range becomes the flat rate", "what does tasks.hpp ask for here?")
      .mistake(70.0, "the two ends are exchanged", "which end is nearer?");
  EXPECT_ANSWER(student::guarded_prediction({100, {30, 0}, 101, {-2, -1}, {2, 3}, 70, 130}, {-1.5, 0}), 70.0)
      .mistake(55.0, "the answer leaves the range of the yields that were seen", "which field ever gave 55?")
      .mistake(101.0, "an answer out of range becomes the flat rate", "what does tasks.hpp ask for here?")
      .mistake(130.0, "the two ends are exchanged", "which end is nearer?");
}

TEST(GuardedPrediction, ChecksEveryDriver) {
  Model model{0, Column(5, 1), 42, Column(5, 0), Column(5, 1), -100, 100};
  for (std::size_t d = 0; d < 5; ++d) {
    Column drivers(5, 0.5);
    drivers[d] = 9;
    EXPECT_ANSWER(student::guarded_prediction(model, drivers), 42.0)
        .mistake(11.0, "one of the drivers is not checked", "where does your loop begin and end?");
  }
}
