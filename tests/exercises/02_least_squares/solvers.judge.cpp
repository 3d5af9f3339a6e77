#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"
#include "tasks.hpp"

using least_squares::Cholesky;
using least_squares::NormalEquations;
using reference::product;
using reference::squared;
using reference::transposed;
using reference::whole;
using namespace handbuilt::grader;

STUDENT(least_squares, normal_equations, x, y);
STUDENT(least_squares, cholesky_solve, matrix, right);
STUDENT(least_squares, householder_step, table, k);

namespace {

NormalEquations equations_of(const TensorD& x, const TensorD& y) {
  return {squared(transposed(x)), product(transposed(x), y)};
}

NormalEquations divided(NormalEquations equations, double divisor) {
  for (double& value : equations.gram) value /= divisor;
  for (double& value : equations.moments) value /= divisor;
  return equations;
}

NormalEquations of_rows(const TensorD& x, const TensorD& y, int first, int last) {
  const int columns = x.shape()[1];
  TensorD some_x({last - first, columns}), some_y({last - first});
  for (int n = first; n < last; ++n) {
    for (int i = 0; i < columns; ++i) some_x(n - first, i) = x(n, i);
    some_y(n - first) = y(n);
  }
  return equations_of(some_x, some_y);
}

enum class Half { upper, lower, diagonal };
TensorD only(Half half, TensorD matrix) {
  for (int i = 0; i < matrix.shape()[0]; ++i)
    for (int j = 0; j < matrix.shape()[1]; ++j)
      if ((half != Half::upper && j > i) || (half != Half::lower && j < i)) matrix(i, j) = 0;
  return matrix;
}

TensorD column_sums(const TensorD& x) {
  TensorD ones({x.shape()[0]});
  for (double& value : ones) value = 1;
  return product(transposed(x), ones);
}

template <class Expectation>
void name_mistakes(Expectation&& expectation, const TensorD& x, const TensorD& y) {
  const NormalEquations right = equations_of(x, y);
  const int rows = x.shape()[0];
  std::forward<Expectation>(expectation)
      .mistake(NormalEquations{squared(x), right.moments}, "gram has a row for every row of x",
               "how many coefficients are there, and how many equations do they need?")
      .mistake(divided(right, rows), "everything is divided by the number of rows",
               "a fine scale, and another one: the definition says sum")
      .mistake(NormalEquations{divided(right, rows).gram, right.moments},
               "gram is divided by the number of rows and moments is not", "what does that do to the solution?")
      .mistake(NormalEquations{only(Half::upper, right.gram), right.moments}, "gram is filled above its diagonal only",
               "it is symmetric: where does the other half come from?")
      .mistake(NormalEquations{only(Half::lower, right.gram), right.moments}, "gram is filled below its diagonal only",
               "it is symmetric: where does the other half come from?")
      .mistake(NormalEquations{only(Half::diagonal, right.gram), right.moments}, "gram has nothing off its diagonal",
               "which two columns meet in gram(i, j)?")
      .mistake(NormalEquations{right.gram, column_sums(x)}, "y has no part in moments",
               "what is each x(n, i) multiplied with?")
      .mistake(of_rows(x, y, rows - 1, rows), "only the last row is left", "is the line with the sum an = or a +=?")
      .mistake(of_rows(x, y, 0, rows - 1), "the last row is left out", "where does your loop over the rows end?")
      .mistake(of_rows(x, y, 1, rows), "the first row is left out", "where does your loop over the rows start?")
      .mistake(NormalEquations{right.gram, of_rows(x, y, rows - 1, rows).moments}, "moments holds only the last row",
               "is the line with the sum an = or a +=?");
}

/// A lower triangle of whole numbers with 1 ... 4 on its diagonal.
TensorD whole_lower(int size) {
  TensorD lower = only(Half::lower, whole({size, size}, -3, 3));
  const TensorD diagonal = whole({size}, 1, 4);
  for (int i = 0; i < size; ++i) lower(i, i) = diagonal(i);
  return lower;
}

TensorD solve_lower(const TensorD& lower, TensorD right) {
  for (int i = 0; i < right.shape()[0]; ++i) {
    for (int k = 0; k < i; ++k) right(i) -= lower(i, k) * right(k);
    right(i) /= lower(i, i);
  }
  return right;
}

TensorD solve_upper(const TensorD& upper, TensorD right) {
  for (int i = right.shape()[0] - 1; i >= 0; --i) {
    for (int k = i + 1; k < right.shape()[0]; ++k) right(i) -= upper(i, k) * right(k);
    right(i) /= upper(i, i);
  }
  return right;
}

/// The entries of the lower half of `matrix`, divided by `lower`'s diagonal as if nothing had been subtracted.
TensorD nothing_subtracted(const TensorD& matrix) {
  TensorD lower({matrix.shape()[0], matrix.shape()[0]});
  for (int i = 0; i < matrix.shape()[0]; ++i)
    for (int j = 0; j <= i; ++j)
      lower(i, j) = i == j ? std::sqrt(matrix(i, i)) : matrix(i, j) / std::sqrt(matrix(j, j));
  return lower;
}

/// Lower with ones on its diagonal and the pivots apart: what comes out without square roots.
TensorD unit_lower(const TensorD& lower) {
  TensorD result = lower;
  for (int i = 0; i < lower.shape()[0]; ++i)
    for (int j = 0; j <= i; ++j) result(i, j) = lower(i, j) / lower(j, j);
  return result;
}

TensorD with_pivots(TensorD unit, const TensorD& lower) {
  for (int i = 0; i < lower.shape()[0]; ++i) unit(i, i) = lower(i, i) * lower(i, i);
  return unit;
}

TensorD with_upper_half_of(const TensorD& matrix, TensorD lower) {
  for (int i = 0; i < matrix.shape()[0]; ++i)
    for (int j = i + 1; j < matrix.shape()[1]; ++j) lower(i, j) = matrix(i, j);
  return lower;
}

template <class Expectation>
void name_cholesky_mistakes(Expectation&& expectation, const TensorD& lower, const TensorD& solution) {
  const TensorD matrix = squared(lower), right = product(matrix, solution), z = solve_lower(lower, right);
  const TensorD naive = nothing_subtracted(matrix);
  std::forward<Expectation>(expectation)
      .mistake(Cholesky{transposed(lower), solution}, "this is the upper triangle",
               "on which side of the diagonal are the zeros?")
      .mistake(Cholesky{with_upper_half_of(matrix, lower), solution}, "the matrix is left above the diagonal",
               "what stands above the diagonal of a lower triangle?")
      .mistake(Cholesky{naive, solve_upper(transposed(naive), solve_lower(naive, right))},
               "nothing is subtracted before the root or the division",
               "matrix(i, j) is a sum of products: which of them do you know already?")
      .mistake(Cholesky{unit_lower(lower), solution}, "the roots of the pivots are missing",
               "this is the triangle of LDL': a fine decomposition, and another one")
      .mistake(Cholesky{with_pivots(unit_lower(lower), lower), solution}, "no root is taken",
               "what has to be squared to give matrix(0, 0)?")
      .mistake(Cholesky{lower, z}, "the second staircase is missing",
               "lower z = right; and what has z to do with the solution?")
      .mistake(Cholesky{lower, solve_upper(transposed(lower), right)}, "the first staircase is missing",
               "transpose(lower) solution = z; where does z come from?")
      .mistake(Cholesky{lower, solve_lower(lower, z)}, "the same staircase is gone down twice",
               "in which of the two systems does the last row come first?")
      .mistake(Cholesky{lower, right}, "the solution is still the right side");
}

/// What a reflection step does, with its usual mistakes built in.
struct Mistaken {
  bool keeps_sign = false;      ///< the target has the sign of the entry
  double factor = 2;            ///< of the part along the normal
  int first_row = -1;           ///< k unless given
  int last_column = -1;         ///< all unless given
  bool forgets_length = false;  ///< the normal is not divided by its length
};
TensorD reflected(const TensorD& table, int k, const Mistaken& how = {}) {
  const int rows = table.shape()[0], columns = table.shape()[1], first = how.first_row < 0 ? k : how.first_row;
  double squares = 0;
  for (int i = first; i < rows; ++i) squares += table(i, k) * table(i, k);
  const double sign = (table(first, k) >= 0 ? -1 : 1) * (how.keeps_sign ? -1 : 1);
  TensorD normal({rows});
  for (int i = first; i < rows; ++i) normal(i) = table(i, k) - (i == first ? sign * std::sqrt(squares) : 0);
  double squared_length = 0;
  for (const double value : normal) squared_length += value * value;
  if (how.forgets_length) squared_length = 1;
  TensorD result = table;
  for (int j = k; j < (how.last_column < 0 ? columns : how.last_column); ++j) {
    double along = 0;
    for (int i = first; i < rows; ++i) along += normal(i) * table(i, j);
    for (int i = first; i < rows; ++i) result(i, j) -= how.factor * along / squared_length * normal(i);
  }
  return result;
}

TensorD eliminated(const TensorD& table, int k) {
  TensorD result = table;
  for (int i = k + 1; i < table.shape()[0]; ++i)
    for (int j = k; j < table.shape()[1]; ++j) result(i, j) -= table(i, k) / table(k, k) * table(k, j);
  return result;
}

template <class Expectation>
void name_reflection_mistakes(Expectation&& expectation, const TensorD& table, int k) {
  std::forward<Expectation>(expectation)
      .mistake(reflected(table, k, {.keeps_sign = true}), "entry (k, k) keeps its sign",
               "a correct mirror, and the wrong one of two: with it the normal's first entry is a difference of two "
               "numbers that may be nearly equal")
      .mistake(reflected(table, k, {.factor = 1}), "this projects onto the mirror instead of reflecting in it",
               "how many times do you go from a point to the mirror to get to its image?")
      .mistake(reflected(table, k, {.last_column = k + 1}), "only column k is reflected",
               "the mirror is the same for all columns from k on")
      .mistake(reflected(table, k, {.forgets_length = true}), "the normal is not divided by its squared length",
               "what if the normal were twice as long? Should the image move?")
      .mistake(reflected(table, k, {.factor = -2}), "the part along the normal is added",
               "away from which side of the mirror?")
      .mistake(reflected(table, k, {.first_row = 0}), "the rows above k are reflected too",
               "where does the vector that you fold begin?")
      .mistake(reflected(table, 0), "column 0 is folded whatever k is", "which column is k?")
      .mistake(eliminated(table, k), "this is elimination", "has the column kept its length?");
}

double length_below(const TensorD& table, int k, int column) {
  double squares = 0;
  for (int i = k; i < table.shape()[0]; ++i) squares += table(i, column) * table(i, column);
  return std::sqrt(squares);
}

}  // namespace

// normal-equations

TEST(NormalEquations, OfThreeRowsAndTwoColumns) {
  const TensorD x({3, 2}, {1, 2, 1, 3, 1, 5}), y({3}, {4, 1, 2});
  name_mistakes(EXPECT_ANSWER(student::normal_equations(x, y),
                              (NormalEquations{TensorD({2, 2}, {3, 10, 10, 38}), TensorD({2}, {7, 21})})),
                x, y);
}

TEST(NormalEquations, OfAnyTable) {
  const int rows = draws().below(8) + 6, columns = draws().below(3) + 2;
  const TensorD x = whole({rows, columns}, -9, 9), y = whole({rows}, -9, 9);
  name_mistakes(EXPECT_ANSWER(student::normal_equations(x, y), equations_of(x, y)), x, y);
}

TEST(NormalEquations, KeepSixteenDigits) {
  const TensorD x({2, 1}, {4097, 1}), y({2}, {1, 0.1});
  const TensorD exact({1, 1}, {16785410}), moments({1}, {4097.1});
  const float rounded = 4097.0F * 4097.0F + 1.0F;
  EXPECT_ANSWER(student::normal_equations(x, y), (NormalEquations{exact, moments}))
      .mistake(NormalEquations{TensorD({1, 1}, {rounded}), moments}, "the sums in gram are floats",
               "of which type is your sum?")
      .mistake(NormalEquations{TensorD({1, 1}, {rounded}), TensorD({1}, {4097.1F})}, "the sums are floats",
               "of which type is your sum?");
}

TEST(NormalEquations, OfTwoHalvesAddUp) {
  const TensorD x = gaussian_d({8, 3}), y = gaussian_d({8});
  const NormalEquations all = student::normal_equations(x, y), first = of_rows(x, y, 0, 3), rest = of_rows(x, y, 3, 8);
  NormalEquations sum = first;
  for (std::ptrdiff_t k = 0; k < sum.gram.size(); ++k) sum.gram[k] += rest.gram[k];
  for (std::ptrdiff_t k = 0; k < sum.moments.size(); ++k) sum.moments[k] += rest.moments[k];
  EXPECT_ANSWER(all, sum).because(
      "a table of any length leaves the same few sums: rows may come in any number of pieces");
}

TEST(NormalEquations, OfOneColumnOfOnesCountAndAddUp) {
  const TensorD y = whole({5});
  double sum = 0;
  for (const double value : y) sum += value;
  TensorD ones({5, 1});
  for (double& value : ones) value = 1;
  EXPECT_ANSWER(student::normal_equations(ones, y), (NormalEquations{TensorD({1, 1}, {5}), TensorD({1}, {sum})}))
      .because("a constant alone makes the equation 5 * b = sum of y: its solution is the mean");
}

// cholesky-solve

TEST(CholeskySolve, OfTwoUnknowns) {
  // 4 = 2 * 2, 6 = 2 * 3, 10 = 3 * 3 + 1 * 1
  const TensorD lower({2, 2}, {2, 0, 3, 1}), solution({2}, {5, -2});
  name_cholesky_mistakes(EXPECT_ANSWER(student::cholesky_solve(squared(lower), product(squared(lower), solution)),
                                       (Cholesky{lower, solution})),
                         lower, solution);
}

TEST(CholeskySolve, FindsTheTriangleAndTheSolutionItWasMadeFrom) {
  const int size = draws().below(4) + 3;
  const TensorD lower = whole_lower(size), solution = whole({size}, 1, 9);
  name_cholesky_mistakes(EXPECT_ANSWER(student::cholesky_solve(squared(lower), product(squared(lower), solution)),
                                       (Cholesky{lower, solution}))
                             .within(1e-6),
                         lower, solution);
}

TEST(CholeskySolve, OfOneUnknownDividesAndTakesARoot) {
  EXPECT_ANSWER(student::cholesky_solve(TensorD({1, 1}, {9}), TensorD({1}, {18})),
                (Cholesky{TensorD({1, 1}, {3}), TensorD({1}, {2})}));
}

TEST(CholeskySolve, DoesNotMindUnitsAMillionTimesApart) {
  // A pound against a ton in the first unknown, milliseconds in the second.
  const TensorD lower({2, 2}, {1e6, 0, 2, 1e-3}), solution({2}, {3e-6, 4e3});
  const Cholesky answer = student::cholesky_solve(squared(lower), product(squared(lower), solution));
  EXPECT_PROPERTY(answer.solution.shape() == solution.shape() && std::abs(answer.solution(0) / 3e-6 - 1) < 1e-5 &&
                      std::abs(answer.solution(1) / 4e3 - 1) < 1e-5,
                  "columns in other units cost Cholesky no digits")
      .shows("solution", answer.solution)
      .shows("expected", solution)
      .help("compare a pivot with 0, not with some small number: what is small depends on the unit");
}

TEST(CholeskySolve, RefusesAMatrixThatIsNoSumOfSquares) {
  EXPECT_REFUSAL(student::cholesky_solve(TensorD({2, 2}, {1, 2, 2, 1}), TensorD({2}, {1, 1})),
                 "a number below zero has no root: throw instead of returning NaN");
}

TEST(CholeskySolve, RefusesColumnsThatAreTheSame) {
  EXPECT_REFUSAL(student::cholesky_solve(TensorD({2, 2}, {4, 4, 4, 4}), TensorD({2}, {1, 1})),
                 "after the first column nothing is left of the second: throw instead of dividing by zero");
}

// householder-step

TEST(HouseholderStep, FoldsThreeAndFourOntoFive) {
  const TensorD table({2, 2}, {3, 5, 4, 10});
  name_reflection_mistakes(EXPECT_ANSWER(student::householder_step(table, 0), TensorD({2, 2}, {-5, -11, 0, 2}))
                               .because("the column (3, 4) has length 5, and 3 is above 0"),
                           table, 0);
}

TEST(HouseholderStep, FoldsAnyColumnOfAnyTable) {
  const int rows = draws().below(4) + 5;
  const TensorD table = gaussian_d({rows, 4});
  for (const int k : {0, 1, 2}) {
    name_reflection_mistakes(EXPECT_ANSWER(student::householder_step(table, k), reflected(table, k)), table, k);
  }
}

TEST(HouseholderStep, KeepsTheLengthOfEveryColumn) {
  const TensorD table = gaussian_d({6, 3}), result = student::householder_step(table, 1);
  double worst = result.shape() == table.shape() ? 0 : 1;
  for (int j = 1; worst < 1e-9 && j < 3; ++j)
    worst = std::max(worst, std::abs(length_below(result, 1, j) - length_below(table, 1, j)));
  EXPECT_PROPERTY(worst < 1e-9, "below row k every column is as long as it was")
      .shows("result", result)
      .shows("largest change of a length", worst)
      .because("a mirror keeps lengths, and squared residuals are lengths");
}

TEST(HouseholderStep, TakesAnEntryBelowZeroToThePositiveLength) {
  EXPECT_ANSWER(student::householder_step(TensorD({2, 1}, {-3, 4}), 0), TensorD({2, 1}, {5, 0}))
      .mistake(TensorD({2, 1}, {-5, 0}), "entry (k, k) keeps its sign, or always becomes negative",
               "what sign does the entry have, and which one should it get?");
}

TEST(HouseholderStep, KeepsItsDigitsWhenTheColumnIsNearlyFolded) {
  const TensorD table({3, 2}, {1, 2, 1e-9, 3, 0, 4});
  EXPECT_ANSWER(student::householder_step(table, 0), TensorD({3, 2}, {-1, -2 - 3e-9, 0, 3 - 2e-9, 0, 4}))
      .within(1e-12)
      .because("1 - length would be 0 here after rounding; 1 + length is not")
      .help("which sign of the target makes the normal's first entry a sum and not a difference?");
}

TEST(HouseholderStep, LeavesAColumnOfZerosAlone) {
  const TensorD table({3, 2}, {0, 1, 0, 2, 0, 3});
  TensorD undefined({3, 2});
  for (double& value : undefined) value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_ANSWER(student::householder_step(table, 0), table)
      .mistake(undefined, "a column of zeros is divided by its length of 0", "what is there to fold?")
      .because("there is nothing to fold, and a normal of length 0 points nowhere");
}

TEST(HouseholderStep, FoldsAColumnWhoseFirstEntryIsZero) {
  const TensorD table({2, 2}, {0, 1, 2, 3});
  EXPECT_ANSWER(student::householder_step(table, 0), TensorD({2, 2}, {-2, -3, 0, -1}))
      .mistake(TensorD({2, 2}, {2, 3, 0, 1}), "an entry of 0 goes to the positive length",
               "-length where it was 0 or above");
}

TEST(HouseholderStep, TakenColumnByColumnSolvesLeastSquares) {
  // Beside x stands y: the mirrors that make x a triangle act on it too.
  const int rows = 9, columns = 3;
  const TensorD x = gaussian_d({rows, columns}), coefficients = whole({columns}, 1, 9);
  const TensorD y = product(x, coefficients);
  TensorD table({rows, columns + 1});
  for (int n = 0; n < rows; ++n) {
    for (int i = 0; i < columns; ++i) table(n, i) = x(n, i);
    table(n, columns) = y(n);
  }
  for (int k = 0; k < columns && table.shape() == Shape({rows, columns + 1}); ++k)
    table = student::householder_step(table, k);
  TensorD upper({columns, columns}), right({columns});
  if (table.shape() == Shape({rows, columns + 1}))
    for (int i = 0; i < columns; ++i) {
      for (int j = i; j < columns; ++j) upper(i, j) = table(i, j);
      right(i) = table(i, columns);
    }
  EXPECT_ANSWER(solve_upper(upper, right), coefficients)
      .within(1e-7)
      .because("after a step for each column, the triangle and what became of y give the coefficients");
}
