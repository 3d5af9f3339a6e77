#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "grader/judge/judge.hpp"
#include "rows.hpp"
#include "similarity/pca.hpp"
#include "tasks.hpp"

using namespace rows;
using namespace handbuilt::grader;

STUDENT(similarity, first_component, rows);
STUDENT(similarity, project, train, directions, rows);

namespace {

struct ComponentCase {
  TensorD rows;
  std::string because;
};

Row component_of(const TensorD& table, int which) {
  const handbuilt::MatrixD components = handbuilt::similarity::fit_pca(handbuilt::as_matrix(table)).components();
  Row component;
  for (Eigen::Index d = 0; d < components.cols(); ++d) component.push_back(components(which, d));
  return component;
}

Row right_component(const ComponentCase& of) { return component_of(of.rows, 0); }

Row unit(const Row& row) {
  return times(row, 1 / std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0)));
}

/// The entry of largest magnitude made positive.
Row with_sign(const Row& row) {
  const auto largest =
      std::max_element(row.begin(), row.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  return *largest < 0 ? times(row, -1) : row;
}

/// The rows shifted, and each column divided by its standard deviation if asked for.
TensorD prepared(const TensorD& table, bool scaled) {
  const Row means = means_of(table);
  TensorD result = table;
  for (int d = 0; d < table.shape()[1]; ++d) {
    double squares = 0;
    for (int n = 0; n < table.shape()[0]; ++n) {
      result(n, d) -= means[place(d)];
      squares += result(n, d) * result(n, d) / table.shape()[0];
    }
    for (int n = 0; n < table.shape()[0] && scaled && squares > 0; ++n) result(n, d) /= std::sqrt(squares);
  }
  return result;
}

/// Of rows about 0 and their mirror images: what comes out when no mean is taken away.
Row component_about_zero(const TensorD& table) {
  TensorD mirrored({2 * table.shape()[0], table.shape()[1]});
  for (int n = 0; n < table.shape()[0]; ++n)
    for (int d = 0; d < table.shape()[1]; ++d) {
      mirrored(n, d) = table(n, d);
      mirrored(table.shape()[0] + n, d) = -table(n, d);
    }
  return component_of(mirrored, 0);
}

Row longest_row(const TensorD& table) {
  const TensorD shifted = prepared(table, false);
  Row longest(place(table.shape()[1]), 0);
  const auto squares = [](const Row& row) { return std::inner_product(row.begin(), row.end(), row.begin(), 0.0); };
  for (int n = 0; n < table.shape()[0]; ++n)
    if (squares(row_of(shifted, n)) > squares(longest)) longest = row_of(shifted, n);
  return with_sign(unit(longest));
}

Row column_that_varies_most(const TensorD& table) {
  const TensorD shifted = prepared(table, false);
  Row squares(place(table.shape()[1]), 0);
  for (int n = 0; n < table.shape()[0]; ++n)
    for (int d = 0; d < table.shape()[1]; ++d) squares[place(d)] += shifted(n, d) * shifted(n, d);
  Row axis(squares.size(), 0);
  axis[static_cast<std::size_t>(std::max_element(squares.begin(), squares.end()) - squares.begin())] = 1;
  return axis;
}

/// The largest entry positive by value: a sign rule that looks at the first entry, or at the sum.
Row with_first_positive(const Row& row) { return row[0] < 0 ? times(row, -1) : row; }

std::vector<KnownMistake<ComponentCase, Row>> component_mistakes() {
  const std::string shift = "take the mean away first: where do rows lie whose readings are all about 50?";
  return {{[](const ComponentCase& of) { return component_about_zero(of.rows); }, "the mean is not taken away", shift},
          {[](const ComponentCase& of) { return with_first_positive(component_about_zero(of.rows)); },
           "the mean is not taken away", shift},
          {[](const ComponentCase& of) { return times(component_of(of.rows, 0), -1); }, "it is the opposite direction",
           "which sign should the entry of largest magnitude have?"},
          {[](const ComponentCase& of) { return with_first_positive(component_of(of.rows, 0)); },
           "the first entry is made positive, not the largest", "which entry decides on the sign?"},
          {[](const ComponentCase& of) {
             const Row row = component_of(of.rows, 0);
             return std::accumulate(row.begin(), row.end(), 0.0) < 0 ? times(row, -1) : row;
           },
           "the sum of the entries is made positive", "which entry decides on the sign?"},
          {[](const ComponentCase& of) { return each(component_of(of.rows, 0), std::abs); },
           "every entry is made positive", "is (1, -1) the same direction as (1, 1)?"},
          {[](const ComponentCase& of) { return component_of(of.rows, 1); }, "it is the second component",
           "is the variance along it the largest?"},
          {[](const ComponentCase& of) {
             const int last = std::min(of.rows.shape()[0] - 1, of.rows.shape()[1]) - 1;
             return component_of(of.rows, last);
           },
           "it is the direction in which they vary least", "is the variance along it the largest?"},
          {[](const ComponentCase& of) { return component_of(prepared(of.rows, true), 0); },
           "the columns are divided by their standard deviations first", "was that asked for?"},
          {[](const ComponentCase& of) { return column_that_varies_most(of.rows); },
           "it is the reading that varies most, alone", "may a direction go across readings?"},
          {[](const ComponentCase& of) { return longest_row(of.rows); },
           "it is the direction of the row that lies farthest out", "do the other rows have no say?"},
          {[](const ComponentCase& of) { return unit(means_of(of.rows)); }, "it is the direction of the mean", shift}};
}

/// Rows about some mean that vary along one direction and less across it.
ComponentCase any_rows() {
  for (;;) {
    const int readings = 3 + draws().below(3), count = readings + 3 + draws().below(12);
    Row direction;
    for (int d = 0; d < readings; ++d) direction.push_back(draws().normal());
    direction = unit(direction);
    const double scale = std::vector<double>{1, 1e-8, 0.3, 1e4}[place(draws().below(4))];
    const double mean = std::vector<double>{0, 4, -9}[place(draws().below(3))];
    ComponentCase made{TensorD({count, readings}), ""};
    for (int n = 0; n < count; ++n) {
      const double along = 2.5 * draws().normal();
      for (int d = 0; d < readings; ++d)
        made.rows(n, d) = scale * (mean * (d + 1) + along * direction[place(d)] + draws().normal());
    }
    const handbuilt::VectorD variance = handbuilt::similarity::fit_pca(handbuilt::as_matrix(made.rows)).variance();
    Row magnitudes = each(right_component(made), std::abs);
    std::sort(magnitudes.rbegin(), magnitudes.rend());
    if (variance[1] < 0.58 * variance[0] && magnitudes[0] > magnitudes[1] + 1e-3) return made;
  }
}

constexpr double kTolerance = 1e-6;

/// An answer that points nearly, but not quite, there; else `right` itself.
Row near_miss(const Row& answer, const Row& right) {
  if (answer.size() != right.size()) return right;
  double difference = 0;
  for (std::size_t d = 0; d < right.size(); ++d) difference = std::max(difference, std::abs(answer[d] - right[d]));
  return difference < 0.1 ? answer : right;
}

struct ProjectCase {
  TensorD train, directions, rows;
  std::string because;
};

TensorD projected(const ProjectCase& of, const Row& origin, const TensorD& rows) {
  TensorD result({rows.shape()[0], of.directions.shape()[0]});
  for (int n = 0; n < rows.shape()[0]; ++n)
    for (int c = 0; c < of.directions.shape()[0]; ++c)
      for (int d = 0; d < rows.shape()[1]; ++d) result(n, c) += (rows(n, d) - origin[place(d)]) * of.directions(c, d);
  return result;
}

TensorD right_projection(const ProjectCase& of) { return projected(of, means_of(of.train), of.rows); }

std::vector<KnownMistake<ProjectCase, TensorD>> project_mistakes() {
  const std::string whose = "whose mean is the origin of the map? A robot has one new situation at a time";
  const auto scaled_by = [](const ProjectCase& of, double power) {
    TensorD result = right_projection(of);
    const TensorD train = projected(of, means_of(of.train), of.train);
    for (int c = 0; c < result.shape()[1]; ++c) {
      double squares = 0;
      for (int n = 0; n < train.shape()[0]; ++n) squares += train(n, c) * train(n, c) / train.shape()[0];
      for (int n = 0; n < result.shape()[0]; ++n) result(n, c) /= std::pow(squares, power);
    }
    return result;
  };
  return {{[](const ProjectCase& of) { return projected(of, means_of(of.rows), of.rows); },
           "the new rows are measured from their own mean", whose},
          {[](const ProjectCase& of) { return projected(of, Row(place(of.rows.shape()[1]), 0), of.rows); },
           "no mean is taken away", "where should the mean of the training rows end up on the map?"},
          {[](const ProjectCase& of) { return projected(of, times(means_of(of.train), -1), of.rows); },
           "the mean is added", "where should the mean of the training rows end up on the map?"},
          {[](const ProjectCase& of) { return projected(of, row_of(of.train, 0), of.rows); },
           "they are measured from the first training row", whose},
          {[](const ProjectCase& of) { return projected(of, times(means_of(of.train), of.train.shape()[0]), of.rows); },
           "the sum of the training rows is taken away, not their mean", "what is a sum divided by to be a mean?"},
          {[](const ProjectCase& of) { return projected(of, means_of(of.train), of.train); },
           "the training rows are on the map, not the new ones", "which rows were asked for?"},
          {[](const ProjectCase& of) { return transposed(right_projection(of)); },
           "rows and directions are exchanged in the answer", "which index counts the rows?"},
          {[](const ProjectCase& of) { return times(right_projection(of), -1); }, "every sign is reversed",
           "which is subtracted from which?"},
          {[](const ProjectCase& of) {
             TensorD result = right_projection(of);
             for (int n = 0; n < result.shape()[0]; ++n)
               for (int c = 0; c < result.shape()[1]; ++c) result(n, c) = result(n, 0);
             return result;
           },
           "every column is that of the first direction", "which direction belongs to which column?"},
          {[scaled_by](const ProjectCase& of) { return scaled_by(of, 0.5); },
           "each column is divided by its standard deviation", "was that asked for?"},
          {[scaled_by](const ProjectCase& of) { return scaled_by(of, 1); }, "each column is divided by its variance",
           "was that asked for?"}};
}

ProjectCase any_map() {
  const int readings = 3 + draws().below(3), training = 3 + draws().below(8);
  const int count = draws().chance(0.3) ? 1 : 2 + draws().below(5), directions = 1 + draws().below(3);
  const double scale = std::vector<double>{1, 1e-10, 0.3, 1e6}[place(draws().below(4))], mean = 5 * draws().normal();
  ProjectCase made{gaussian_d({training, readings}, scale, scale * mean), gaussian_d({directions, readings}),
                   gaussian_d({count, readings}, scale, scale * mean), ""};
  for (int c = 0; c < directions; ++c) {
    const Row direction = unit(row_of(made.directions, c));
    for (int d = 0; d < readings; ++d) made.directions(c, d) = direction[place(d)];
  }
  return made;
}

}  // namespace

// first-component

TEST(FirstComponent, IsTheDirectionInWhichTheRowsVaryMost) {
  std::vector<ComponentCase> cases{
      {TensorD({4, 2}, {3, 4, -3, -4, 0.4, -0.3, -0.4, 0.3}), "the rows lie along (3, 4): 0.6, 0.8"},
      {TensorD({4, 3}, {53, 46, 50, 47, 54, 50, 50.1, 50.5, 51, 49.9, 49.5, 49}),
       "about their mean, (50, 50, 50), the rows lie along a direction that falls"},
      {TensorD({3, 3}, {1, 7, 2, 1.5, 7, 4, 2.5, 7, 9}), "the third reading varies most, and the second not at all"}};
  const auto mistakes = component_mistakes();
  for (const ComponentCase& more : telling_cases(any_rows, right_component, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases, [](const ComponentCase& of) { return student::first_component(of.rows); }, right_component, mistakes,
      kTolerance);
}

TEST(FirstComponent, IsFoundFromEveryStart) {
  // Each time the second-best direction is one from which many like to start.
  const std::string what = "a start that stands across the component never leaves its direction",
                    help = "nothing pulls it over; from where does a start at random differ?";
  const TensorD along_second({4, 2}, {1, 0, -1, 0, 0, 2, 0, -2});
  const TensorD along_third({6, 3}, {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 3, 0, 0, -3});
  const TensorD across_ones({4, 3}, {1, 1, 1, -1, -1, -1, 6, -3, -3, -6, 3, 3});
  const TensorD along_first({4, 2}, {0, 1, 0, -1, 2, 0, -2, 0});
  const double third = 1 / std::sqrt(3.0), sixth = 1 / std::sqrt(6.0);
  EXPECT_ANSWER(student::first_component(along_second), Row({0, 1})).within(kTolerance).mistake(Row{1, 0}, what, help);
  EXPECT_ANSWER(student::first_component(along_third), Row({0, 0, 1}))
      .within(kTolerance)
      .mistake(Row{1, 0, 0}, what, help)
      .mistake(Row{0, 1, 0}, what, help);
  EXPECT_ANSWER(student::first_component(across_ones), Row({2 * sixth, -sixth, -sixth}))
      .within(kTolerance)
      .mistake(Row{third, third, third}, what, help);
  EXPECT_ANSWER(student::first_component(along_first), Row({1, 0})).within(kTolerance).mistake(Row{0, 1}, what, help);
}

TEST(FirstComponent, IsRightToSixDecimals) {
  // The variance across is 0.58 of that along: the slowest case that is promised.
  const double across = std::sqrt(0.58);
  for (const double turn : {0.3, 1.1, 2.0}) {
    const double c = std::cos(turn), s = std::sin(turn);
    const TensorD rows({4, 2}, {c, s, -c, -s, -s * across, c * across, s * across, -c * across});
    const Row right = with_sign({c, s}), answer = student::first_component(rows);
    EXPECT_ANSWER(answer, right)
        .within(kTolerance)
        .mistake(near_miss(answer, right), "it stops on its way: near, but not within 0.000001",
                 "by which factor does what is wrong shrink in a step, and how many steps make that a millionth?")
        .because("the variance across it is 0.58 of that along it");
  }
}

// project

TEST(Project, MeasuresAlongEachDirectionFromTheTrainingRowsMean) {
  std::vector<ProjectCase> cases{
      {TensorD({2, 2}, {1, 5, 3, 7}), TensorD({1, 2}, {1, 0}), TensorD({1, 2}, {7, 7}),
       "the training rows' mean is (2, 6), and (7, 7) lies 5 from it along the first reading"},
      {TensorD({2, 2}, {1, 5, 3, 7}), TensorD({2, 2}, {0.6, 0.8, 0.8, -0.6}), TensorD({1, 2}, {5, 10}),
       "(5, 10) is (3, 4) from the mean: 5 along the first direction, 0 along the second"},
      {TensorD({1, 3}, {2, 2, 2}), TensorD({1, 3}, {0, 0, 1}), TensorD({2, 3}, {2, 2, 2, 0, 0, 5}),
       "one training row is its own mean"}};
  const auto mistakes = project_mistakes();
  for (const ProjectCase& more : telling_cases(any_map, right_projection, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases, [](const ProjectCase& of) { return student::project(of.train, of.directions, of.rows); }, right_projection,
      mistakes);
}
