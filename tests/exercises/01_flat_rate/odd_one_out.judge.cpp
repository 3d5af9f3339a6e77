#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

using flat_rate::OddOne;
using namespace flat_rate::judging;
using namespace handbuilt::grader;

STUDENT(flat_rate, odd_one_out, table);

namespace {

/// A number for each row: its mean, say, or how badly it fits.
using RowScore = std::function<double(const TensorD& residuals, const TensorD& table, int row)>;

int highest(const TensorD& residuals, const TensorD& table, const RowScore& score) {
  int best = 0;
  for (int row = 1; row < table.shape()[0]; ++row)
    if (score(residuals, table, row) > score(residuals, table, best)) best = row;
  return best;
}

/// The sum over a row's entries of what `term` makes of each.
template <class Term>
double over_row(const TensorD& values, int row, Term term) {
  double sum = 0;
  for (int c = 0; c < values.shape()[1]; ++c) sum += term(values(row, c));
  return sum;
}

double squares_in(const TensorD& residuals, int row) {
  return over_row(residuals, row, [](double v) { return v * v; });
}

struct Weights {
  double rows = 1, columns = 1, all = 1;
};

/// table - rows * row mean - columns * column mean + all * mean of all.
TensorD left_over(const TensorD& table, const Weights& weights = {}) {
  const int rows = table.shape()[0], columns = table.shape()[1];
  Column row_mean(place(rows), 0), column_mean(place(columns), 0);
  double overall = 0;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      row_mean[place(r)] += table(r, c) / columns;
      column_mean[place(c)] += table(r, c) / rows;
      overall += table(r, c) / (rows * columns);
    }
  TensorD residuals = table;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      residuals(r, c) +=
          -weights.rows * row_mean[place(r)] - weights.columns * column_mean[place(c)] + weights.all * overall;
  return residuals;
}

OddOne odd_one_of(const TensorD& table) {
  const TensorD residuals = left_over(table);
  return {residuals,
          highest(residuals, table, [](const TensorD& r, const TensorD&, int row) { return squares_in(r, row); })};
}

struct ResidualWay {
  std::function<TensorD(const TensorD&)> residuals;
  std::string what{}, help{};
};

std::vector<ResidualWay> residual_ways() {
  const auto weighted = [](double rows, double columns, double all) {
    return [=](const TensorD& table) { return left_over(table, {rows, columns, all}); };
  };
  const std::string sums = "a mean is a sum divided by what?";
  return {
      {weighted(1, 1, 1)},
      {weighted(1, 1, 0), "the mean of all is taken away twice",
       "a row's mean and a column's mean both hold it: how often did you subtract it?"},
      {weighted(1, 0, 0), "the columns have no rate of their own", "what did the year do to all sites?"},
      {weighted(1, 0, 1), "the columns have no rate of their own", "what did the year do to all sites?"},
      {weighted(0, 1, 0), "the rows have no rate of their own", "is one site better than another?"},
      {weighted(0, 1, 1), "the rows have no rate of their own", "is one site better than another?"},
      {weighted(0, 0, -1), "only the mean of all is taken away", "which rates have rows and columns?"},
      {weighted(0, 0, 0), "the residuals are the table itself", "what has to be taken away from it?"},
      {weighted(1, 1, -1), "the mean of all is subtracted, not added", "look at the sign of the last term"},
      {[](const TensorD& table) { return each(left_over(table), [](double v) { return -v; }); },
       "the residuals have the wrong sign", "what came, minus what was expected"},
      {[](const TensorD& table) { return each(left_over(table), [](double v) { return std::abs(v); }); },
       "the residuals have lost their signs", "more than was expected, or less?"},
      {[](const TensorD& table) { return each(left_over(table), [](double v) { return v * v; }); },
       "the residuals are squared", "which numbers are asked for, and which only choose the row?"},
      {[](const TensorD& table) { return each(left_over(table), [](double v) { return std::trunc(v); }); },
       "the residuals lose their fractions", "which of your numbers is of a type without fractions?"},
      {[](const TensorD& table) { return each(table, [](double) { return 0.0; }); }, "no residual is set",
       "where is each one written down?"},
      {[](const TensorD& table) {
         const double rows = table.shape()[0], columns = table.shape()[1];
         return left_over(table, {columns / rows, rows / columns, 1});
       },
       "row sums are divided by the number of rows, and column sums by that of columns", "how many numbers has a row?"},
      {[](const TensorD& table) {
         return left_over(table, {static_cast<double>(table.shape()[1]), static_cast<double>(table.shape()[0]), 1});
       },
       "sums of rows and columns are taken away, not means", sums},
  };
}

struct RowWay {
  std::function<int(const TensorD& residuals, const TensorD& table)> row;
  std::string what{}, help{};
};

RowWay by(RowScore score, std::string what = "", std::string help = "") {
  return {[score = std::move(score)](const TensorD& residuals, const TensorD& table) {
            return highest(residuals, table, score);
          },
          std::move(what), std::move(help)};
}

std::vector<RowWay> row_ways() {
  const std::string add_up = "what does tasks.hpp say to add up?";
  const auto squares = [](const TensorD& r, const TensorD&, int row) { return squares_in(r, row); };
  return {
      by(squares),
      by([](const TensorD& r, const TensorD&,
            int row) { return over_row(r, row, [](double v) { return std::abs(v); }); },
         "the residuals are added up without squaring them", add_up),
      by(
          [](const TensorD& r, const TensorD&, int row) {
            double largest = 0;
            for (int c = 0; c < r.shape()[1]; ++c) largest = std::max(largest, std::abs(r(row, c)));
            return largest;
          },
          "the row with the largest single residual is named", "which row fits least on the whole? " + add_up),
      by(
          [](const TensorD& r, const TensorD&, int row) {
            double largest = r(row, 0);
            for (int c = 0; c < r.shape()[1]; ++c) largest = std::max(largest, r(row, c));
            return largest;
          },
          "the row with the largest single residual is named, and one far below 0 counts as small",
          "which row fits least on the whole? " + add_up),
      by(
          [](const TensorD& r, const TensorD&, int row) {
            double largest = -r(row, 0);
            for (int c = 0; c < r.shape()[1]; ++c) largest = std::max(largest, -r(row, c));
            return largest;
          },
          "the row with the lowest single residual is named", "which row fits least on the whole? " + add_up),
      by([](const TensorD& r, const TensorD&, int row) { return -squares_in(r, row); },
         "the row with the smallest residuals is named", "which row fits least?"),
      by([](const TensorD&, const TensorD& t, int row) { return over_row(t, row, [](double v) { return v; }); },
         "the row with the largest mean is named, not the one with the largest residuals",
         "which row fits least, not: which row is best"),
      by([](const TensorD&, const TensorD& t, int row) { return over_row(t, row, [](double v) { return -v; }); },
         "the row with the smallest mean is named, not the one with the largest residuals",
         "which row fits least, not: which row is worst"),
      {[](const TensorD&, const TensorD&) { return 0; }, "the first row is named whatever the residuals",
       "is `row` set? And residuals of a row add up to 0: what can you add up instead?"},
      {[](const TensorD&, const TensorD& t) { return t.shape()[0] - 1; },
       "the last row is named whatever the residuals",
       "when is your largest replaced? And residuals of a row add up to 0: what can you add up instead?"},
      {[squares](const TensorD& r, const TensorD& t) { return highest(r, t, squares) + 1; }, "rows are counted from 1",
       "which number has the first row?"},
      {[squares](const TensorD& r, const TensorD&) {
         const TensorD turned = transposed(r);
         return highest(turned, turned, squares);
       },
       "the column that fits least is named", "are squares added up along a row or down a column?"},
  };
}

std::vector<KnownMistake<TensorD, OddOne>> mistakes() {
  std::vector<KnownMistake<TensorD, OddOne>> known;
  for (const RowWay& choose : row_ways())
    for (const ResidualWay& way : residual_ways())
      if (!way.what.empty() || !choose.what.empty())
        known.push_back({[way, choose](const TensorD& table) {
                           const TensorD residuals = way.residuals(table);
                           return OddOne{residuals, choose.row(residuals, table)};
                         },
                         both(way.what, choose.what), way.help.empty() ? choose.help : way.help});
  return known;
}

/// A table whose means are exact, as its extents are powers of 2, and whose odd row has no rival.
TensorD any_table() {
  const std::vector<Shape> shapes{{4, 4}, {8, 4}, {4, 8}, {8, 2}};
  for (;;) {
    TensorD table(shapes[place(draws().below(static_cast<int>(shapes.size())))]);
    const Column row_rates = yields(table.shape()[0]), column_rates = yields(table.shape()[1], -40, 40);
    for (int r = 0; r < table.shape()[0]; ++r)
      for (int c = 0; c < table.shape()[1]; ++c)
        table(r, c) = row_rates[place(r)] + column_rates[place(c)] + yields(1, -60, 60)[0];
    Column squares;
    const TensorD residuals = left_over(table);
    for (int r = 0; r < table.shape()[0]; ++r) squares.push_back(squares_in(residuals, r));
    squares = sorted(squares);
    if (squares.back() > 1.02 * squares[squares.size() - 2]) return table;
  }
}

}  // namespace

TEST(OddOneOut, FindsTheSiteWhoseYearsAreExchanged) {
  // Four sites, two years: the second year is 10 worse everywhere but at site 2.
  const TensorD table({4, 2}, {30, 20, 50, 40, 25, 35, 40, 30});
  EXPECT_ANSWER(student::odd_one_out(table), odd_one_of(table))
      .because("a residual is what is left when row and column have had their say");
}

TEST(OddOneOut, FindsItInAnyTable) {
  std::vector<TensorD> cases{
      TensorD({4, 2}, {30, 20, 50, 40, 25, 35, 40, 30}),
      // All means are 0, so the table is its own residuals: squares of 200, 144, 146 and 146.
      TensorD({4, 4}, {10, -10, 0, 0, 6, -6, 6, -6, -8, 8, -3, 3, -8, 8, -3, 3}),
      // Again its own residuals: row 0 has the lowest of them, row 1 the highest, and row 2 is odd.
      TensorD({4, 4}, {-9, 3, 3, 3, 8.5, -1.5, -6, -1, 8, -8, 8, -8, -7.5, 6.5, -5, 6})};
  const auto known = mistakes();
  for (const TensorD& table : telling_cases<TensorD, OddOne>(any_table, odd_one_of, known, 2)) cases.push_back(table);
  expect_answers(
      cases, [](const TensorD& table) { return student::odd_one_out(table); }, odd_one_of, known);
}

TEST(OddOneOut, WorksForExtentsThatLeaveFractions) {
  TensorD table({7, 5});
  const int odd_row = draws().below(7);
  const Column row_rates = yields(7), column_rates = yields(5, -40, 40);
  for (int r = 0; r < 7; ++r)
    for (int c = 0; c < 5; ++c)
      table(r, c) = row_rates[place(r)] + column_rates[place(c)] + (r == odd_row ? (c % 2 == 0 ? 1 : -1) * (8 + c) : 0);
  EXPECT_ANSWER(student::odd_one_out(table), odd_one_of(table));
}

TEST(OddOneOut, LeavesNothingOfRatesThatAddUp) {
  TensorD table({5, 3});
  const Column row_rates = yields(5), column_rates = yields(3, -40, 40);
  for (int r = 0; r < 5; ++r)
    for (int c = 0; c < 3; ++c) table(r, c) = row_rates[place(r)] + column_rates[place(c)];
  const TensorD residuals = student::odd_one_out(table).residuals;
  EXPECT_ANSWER(residuals, TensorD({5, 3}))
      .within(1e-9)
      .because("a table that is exactly a row's rate plus a column's rate has nothing left over");
}

TEST(OddOneOut, HasNothingToSayOfASingleRow) {
  EXPECT_ANSWER(student::odd_one_out(TensorD({1, 3}, {4, 9, 5})), (OddOne{TensorD({1, 3}), 0}))
      .because("each column's mean is the row itself");
}
