#include <algorithm>
#include <cmath>

#include "columns.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace columns;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(three_parameters, standardise, train, rows);

namespace {

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

TensorD only_shifted(const TensorD& train, const TensorD& rows) {
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d)
    for (int n = 0; n < rows.shape()[0]; ++n) result(n, d) -= mean_of(column_of(train, d));
  return result;
}

/// Divided by the deviation first and then shifted by the mean of what was there before.
TensorD scaled_then_shifted(const TensorD& train, const TensorD& rows) {
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d) {
    const Column column = column_of(train, d);
    for (int n = 0; n < rows.shape()[0]; ++n)
      result(n, d) = rows(n, d) / standard_deviation(column, 0) - mean_of(column);
  }
  return result;
}

/// One mean and one deviation for the whole table.
TensorD scaled_as_a_whole(const TensorD& train, const TensorD& rows) {
  const Column all(train.begin(), train.end());
  TensorD result = rows;
  for (double& value : result) value = (value - mean_of(all)) / standard_deviation(all, 0);
  return result;
}

}  // namespace

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
               "where should their mean end up?")
      .mistake(scaled_by(train, rows, true, 0, true), "it is divided by the variance",
               "what is the unit of a variance?")
      .mistake(only_shifted(train, rows), "the columns are shifted and not scaled",
               "how large should their deviation end up?")
      .mistake(scaled_then_shifted(train, rows), "it is divided before the mean is subtracted",
               "in which order are training columns brought to mean 0 and deviation 1?")
      .mistake(scaled_as_a_whole(train, rows), "one mean and one deviation serve the whole table",
               "do all drivers have the same unit?");
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

TEST(Standardise, IsNotFooledByRounding) {
  // Ten times 0.1, added up, is not 1: the mean of a column that does not vary is off by a hair, and its deviation is a
  // hair, too.
  const Column constants{0.1, 0.7, 1.3, 7, 22.2};
  for (const int fields : {10, 12, 13}) {
    TensorD train({fields, 5}), rows({2, 5}), right({2, 5});
    for (int d = 0; d < 5; ++d) {
      for (int n = 0; n < fields; ++n) train(n, d) = constants[place(d)];
      rows(0, d) = constants[place(d)];
      rows(1, d) = constants[place(d)] + 2;
      right(1, d) = 2;
    }
    const TensorD answer = student::standardise(train, rows);
    const auto is_blown_up = [](double value) { return !(std::abs(value) < 1e4); };
    TensorD blown_up = right;
    if (answer.shape() == right.shape() && std::any_of(answer.begin(), answer.end(), is_blown_up)) blown_up = answer;
    EXPECT_ANSWER(answer, right)
        .within(1e-8)
        .mistake(blown_up, "it is divided by what rounding leaves of a deviation of 0",
                 "what is the mean of ten times 0.1, to the last digit, and how small can a deviation be that is one?")
        .because("no column varies here, so each is only shifted");
  }
}

TEST(Standardise, ScalesWhatVariesLittle) {
  // A driver in tiny units.
  const TensorD train = gaussian_d({11, 2}, 1e-5, 2e-5), rows = gaussian_d({4, 2}, 1e-5, 2e-5);
  EXPECT_ANSWER(student::standardise(train, rows), scaled_by(train, rows))
      .mistake(only_shifted(train, rows), "a column that varies little is taken for one that does not",
               "in kilometres a millimetre is a millionth: how small is the deviation of a column that never varied?")
      .because("a driver may come in any unit, and 0.00001 of something large is a lot");
}
