#include <cmath>
#include <string>
#include <vector>

#include <Eigen/LU>

#include "columns.hpp"
#include "core/matrix.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace columns;
using namespace handbuilt::grader;
using handbuilt::MatrixD;
using handbuilt::TensorD;
using handbuilt::VectorD;

STUDENT(three_parameters, ridge, x, y, strength);

namespace {

struct RidgeCase {
  TensorD x;
  Column y;
  double strength = 1;
  std::string because;
};

/// (X'X + penalty) b = X'y.
Column solved(const TensorD& x, const Column& y, const MatrixD& penalty) {
  const auto table = handbuilt::as_matrix(x);
  const Eigen::Map<const VectorD> right(y.data(), std::ssize(y));
  const VectorD b = (table.transpose() * table + penalty).fullPivLu().solve(table.transpose() * right);
  return {b.begin(), b.end()};
}

MatrixD diagonal(const TensorD& x, double strength) { return strength * MatrixD::Identity(x.shape()[1], x.shape()[1]); }

Column ridge_of(const RidgeCase& of) { return solved(of.x, of.y, diagonal(of.x, of.strength)); }

RidgeCase any_ridge_case() {
  const int fields = 8 + draws().below(10), drivers = 3 + draws().below(3);
  return {gaussian_d({fields, drivers}, 2, 1), column_of(gaussian_d({fields, 1}, 10, 15), 0), draws().uniform(2, 30),
          ""};
}

std::vector<KnownMistake<RidgeCase, Column>> ridge_mistakes() {
  const auto with_strength = [](auto change) {
    return [change](const RidgeCase& of) {
      return solved(of.x, of.y, diagonal(of.x, change(of.strength, static_cast<double>(of.y.size()))));
    };
  };
  const auto with_penalty = [](auto penalty) {
    return [penalty](const RidgeCase& of) { return solved(of.x, of.y, penalty(of)); };
  };
  const auto shifted = [](bool shift_x, bool shift_y) {
    return [=](const RidgeCase& of) {
      TensorD x = of.x;
      for (int d = 0; d < x.shape()[1] && shift_x; ++d) {
        const Column column = centred(column_of(of.x, d));
        for (int n = 0; n < x.shape()[0]; ++n) x(n, d) = column[place(n)];
      }
      return solved(x, shift_y ? centred(of.y) : of.y, diagonal(x, of.strength));
    };
  };
  const std::string twos = "both terms have a factor 2 in their slope", sum = "how often does it stand in the sum?",
                    squares = "the squares are summed, not averaged",
                    entries = "which entries of the matrix are meant?",
                    intercept = "tasks.hpp asks for no intercept: whose business are the means?";
  return {{with_strength([](double, double) { return 1e-9; }), "the strength is not used", entries},
          {with_strength([](double s, double) { return 2 * s; }), "the strength counts twice", twos},
          {with_strength([](double s, double) { return s / 2; }), "half of the strength is used", twos},
          {with_strength([](double s, double n) { return s * n; }), "the strength counts for each field", sum},
          {with_strength([](double s, double n) { return s / n; }), "the strength is divided by the fields", squares},
          {with_strength([](double s, double) { return s * s; }), "the strength is squared",
           "how does it stand in the sum?"},
          {with_strength([](double s, double) { return std::sqrt(s); }), "the root of the strength is used",
           "how does it stand in the sum?"},
          {with_strength([](double s, double) { return -s; }), "the strength is subtracted",
           "with which sign does it stand?"},
          {with_penalty([](const RidgeCase& of) {
             return MatrixD::Constant(of.x.shape()[1], of.x.shape()[1], of.strength).eval();
           }),
           "the strength is added to every entry of the matrix",
           "in which equation, and before which unknown, does it stand?"},
          {with_penalty([](const RidgeCase& of) {
             MatrixD penalty = diagonal(of.x, of.strength);
             penalty(0, 0) = 0;
             return penalty;
           }),
           "the first coefficient is not held down", "there is no intercept among them"},
          {with_penalty([](const RidgeCase& of) {
             const auto x = handbuilt::as_matrix(of.x);
             return MatrixD(diagonal(of.x, of.strength) - MatrixD((x.transpose() * x).diagonal().asDiagonal()));
           }),
           "the strength replaces the diagonal", "what did those entries hold before?"},
          {shifted(false, true), "the mean of y is taken away", intercept},
          {shifted(true, true), "the means of X and y are taken away", intercept},
          {shifted(true, false), "the means of X are taken away", intercept},
          {[](const RidgeCase& of) {
             Column b;
             for (const Column& column : columns_of(of.x))
               b.push_back(product(column, of.y) / (product(column, column) + of.strength));
             return b;
           },
           "each driver is fitted alone", "which products of two drivers stand in the equations?"},
          {[](const RidgeCase& of) {
             Column b;
             for (const Column& column : columns_of(of.x)) b.push_back(product(column, of.y));
             return b;
           },
           "this is X'y, and nothing is solved", "what are the `a` and the `y` of the worked neighbour?"}};
}

}  // namespace

// ridge

TEST(Ridge, MakesItsSumSmallest) {
  const auto mistakes = ridge_mistakes();
  std::vector<RidgeCase> cases{
      {TensorD({3, 1}, {-1, 0, 1}), {-3, 0, 3}, 1, "the sum is (3 - b)^2 + 0 + (3 - b)^2 + b^2, smallest at 6 / 3"}};
  for (const RidgeCase& more : telling_cases(any_ridge_case, ridge_of, mistakes)) cases.push_back(more);
  expect_answers(
      cases, [](const RidgeCase& of) { return student::ridge(of.x, of.y, of.strength); }, ridge_of, mistakes, 1e-7);
}

TEST(Ridge, CopesWithMoreDriversThanFields) {
  const RidgeCase wide{gaussian_d({6, 20}), column_of(gaussian_d({6, 1}, 5), 0), 3, ""};
  EXPECT_ANSWER(student::ridge(wide.x, wide.y, wide.strength), ridge_of(wide))
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
