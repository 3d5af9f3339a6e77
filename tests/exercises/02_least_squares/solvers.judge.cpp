#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "grader/judge/judge.hpp"
#include "reference.hpp"
#include "tasks.hpp"

using least_squares::Cholesky;
using least_squares::NormalEquations;
using reference::product;
using reference::squared;
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

TensorD column_sums(const TensorD& x) { return product(transposed(x), filled_with({x.shape()[0]}, 1)); }

/// In every entry (i, j) the sum of the squares of column i.
TensorD squared_columns(const TensorD& x) {
  const TensorD gram = squared(transposed(x));
  TensorD result = gram;
  for (int i = 0; i < gram.shape()[0]; ++i)
    for (int j = 0; j < gram.shape()[1]; ++j) result(i, j) = gram(i, i);
  return result;
}

template <class Expectation>
void name_mistakes(Expectation&& expectation, const TensorD& x, const TensorD& y) {
  const NormalEquations right = equations_of(x, y);
  const int rows = x.shape()[0];
  std::forward<Expectation>(expectation)
      .rules_out_other_mistakes()
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
      .mistake(NormalEquations{squared_columns(x), right.moments}, "each column is multiplied with itself only",
               "which two columns meet in gram(i, j)?")
      .mistake(NormalEquations{right.gram, times(right.moments, x.shape()[1])},
               "moments are added up once for every column", "inside which loops does the line with moments stand?")
      .mistake(NormalEquations{right.gram, times(right.moments, 1.0 / rows)},
               "moments is divided by the number of rows and gram is not", "what does that do to the solution?")
      .mistake(NormalEquations{right.gram, TensorD({x.shape()[1]})}, "moments is left at 0", "who adds to it?")
      .mistake(NormalEquations{of_rows(x, y, rows - 1, rows).gram, right.moments}, "gram holds only the last row",
               "is the line with the sum an = or a +=?")
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

/// What the plain loops of the decomposition give with a mistake in them; NaN where they need the root of what is
/// below 0.
struct MistakenTriangle {
  bool takes_root = true;
  bool divides = true;
  bool divides_by_matrix = false;  ///< by its diagonal, not by lower's
  bool divides_by_square = false;  ///< of lower's diagonal
  bool adds = false;               ///< the products, instead of subtracting them
};
Cholesky decomposed(const TensorD& matrix, const TensorD& right, const MistakenTriangle& how) {
  TensorD lower(matrix.shape());
  for (int i = 0; i < matrix.shape()[0]; ++i)
    for (int j = 0; j <= i; ++j) {
      double left = matrix(i, j);
      for (int k = 0; k < j; ++k) left -= (how.adds ? -1 : 1) * lower(i, k) * lower(j, k);
      const double divisor = !how.divides            ? 1
                             : how.divides_by_matrix ? matrix(j, j)
                             : how.divides_by_square ? lower(j, j) * lower(j, j)
                                                     : lower(j, j);
      lower(i, j) = i != j ? left / divisor : how.takes_root ? std::sqrt(left) : left;
    }
  return {lower, solve_upper(transposed(lower), solve_lower(lower, right))};
}

/// The last staircase as it comes out of the zeros above the diagonal.
TensorD only_divided(const TensorD& lower, TensorD right) {
  for (int i = 0; i < right.shape()[0]; ++i) right(i) /= lower(i, i);
  return right;
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
      .rules_out_other_mistakes()
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
      .mistake(Cholesky{lower, only_divided(lower, z)}, "the way up reads the zeros above the diagonal",
               "the second system is that of the transpose: where in lower does its entry (i, k) stand?")
      .mistake(decomposed(matrix, right, {.takes_root = false}), "the diagonal is left without a root",
               "what has to be squared to give matrix(0, 0)?")
      .mistake(decomposed(matrix, right, {.divides = false}), "the entries below the diagonal are not divided",
               "matrix(1, 0) is lower(1, 0) times what?")
      .mistake(decomposed(matrix, right, {.divides_by_matrix = true}), "the matrix' diagonal is what you divide by",
               "matrix(1, 0) is lower(1, 0) times what?")
      .mistake(decomposed(matrix, right, {.divides_by_square = true}),
               "you divide by the number under the root, not by the root", "matrix(1, 0) is lower(1, 0) times what?")
      .mistake(decomposed(matrix, right, {.adds = true}), "the known products are added and not subtracted",
               "matrix(i, j) is a sum: how do you get at its last part?")
      .mistake(Cholesky{lower, right}, "the solution is still the right side");
}

/// The student's answer to a system that has one. A refusal is told by what was refused.
Cholesky solved(const TensorD& lower, const TensorD& solution) {
  const TensorD matrix = squared(lower);
  try {
    return student::cholesky_solve(matrix, product(matrix, solution));
  } catch (const StudentFailed& failed) {
    if (Session::current().task_is_over() || failed.status() != Status::crashed) throw;
    Session::current().forgive();
    EXPECT_PROPERTY(false, "your code solves this system instead of throwing, for its matrix has a triangle")
        .shows("lower", lower)
        .help(
            "what was left under the root is wrong, so an entry before it is: print each number that you divide by. "
            "Is it the right one, and set already at that point?");
    throw;
  }
}

/// What a reflection step does, with its usual mistakes built in.
struct Mistaken {
  bool keeps_sign = false;      ///< the target has the sign of the entry
  double factor = 2;            ///< of the part along the normal
  int first_row = -1;           ///< k unless given
  int last_column = -1;         ///< all unless given
  bool forgets_length = false;  ///< the normal is not divided by its length
  int first_column = -1;        ///< k unless given
  int length_from = -1;         ///< the row where the length begins
  int target_row = -1;          ///< where the column is folded to: `first_row` unless given
};
TensorD reflected(const TensorD& table, int k, const Mistaken& how = {}) {
  const int rows = table.shape()[0], columns = table.shape()[1], first = how.first_row < 0 ? k : how.first_row;
  const int to = how.target_row < 0 ? first : how.target_row;
  double squares = 0;
  for (int i = how.length_from < 0 ? first : how.length_from; i < rows; ++i) squares += table(i, k) * table(i, k);
  const double sign = (table(to, k) >= 0 ? -1 : 1) * (how.keeps_sign ? -1 : 1);
  TensorD normal({rows});
  for (int i = first; i < rows; ++i) normal(i) = table(i, k) - (i == to ? sign * std::sqrt(squares) : 0);
  double squared_length = 0;
  for (const double value : normal) squared_length += value * value;
  if (how.forgets_length) squared_length = 1;
  TensorD result = table;
  for (int j = how.first_column < 0 ? k : how.first_column; j < (how.last_column < 0 ? columns : how.last_column);
       ++j) {
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

constexpr const char* kLostNormal = "the normal is read from column k after it has changed";
constexpr const char* kKeepNormal = "a normal of zeros is left: keep the first one in a variable of its own";

/// What a division by a normal of zeros leaves in the columns after k.
TensorD without_numbers_after(TensorD table, int k) {
  for (int i = k; i < table.shape()[0]; ++i)
    for (int j = k + 1; j < table.shape()[1]; ++j) table(i, j) = kNan;
  return table;
}

template <class Expectation>
AnswerExpectation<TensorD>& name_reflection_mistakes(Expectation&& expectation, const TensorD& table, int k) {
  return std::forward<Expectation>(expectation)
      .rules_out_other_mistakes()
      .mistake(reflected(table, k, {.keeps_sign = true}), "entry (k, k) keeps its sign",
               "a correct mirror, and the wrong one of two: with it the normal's first entry is a difference of two "
               "numbers that may be nearly equal")
      .mistake(reflected(table, k, {.factor = 1}), "this projects onto the mirror instead of reflecting in it",
               "how many times do you go from a point to the mirror to get to its image?")
      .mistake(reflected(table, k, {.last_column = k + 1}), "only column k is reflected",
               "the mirror is the same for all columns from k on: do you still have its normal when column k has "
               "changed?")
      .mistake(reflected(table, k, {.first_column = k + 1}), "column k itself is not reflected",
               "what should stand below entry (k, k)?")
      .mistake(reflected(table, k, {.first_column = 0}), "the columns before k are reflected too",
               "in which column does the loop over the columns start?")
      .mistake(reflected(table, k, {.length_from = 0}), "the length is that of the whole column",
               "in which row does the vector a begin?")
      .mistake(reflected(table, k, {.first_row = 0, .target_row = k}), "the rows above k belong to the mirror too",
               "in which row does the vector a begin?")
      .mistake(reflected(table, k, {.first_row = 0, .length_from = k, .target_row = k}), "the normal begins in row 0",
               "in which row does the vector a begin?")
      .mistake(reflected(table, k, {.first_row = k + 1, .length_from = k + 1}), "the mirror begins below row k",
               "in which row does the vector a begin?")
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
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int rows = draws().below(8) + 6, columns = draws().below(3) + 2;
    const TensorD x = whole({rows, columns}, -9, 9), y = whole({rows}, -9, 9);
    name_mistakes(EXPECT_ANSWER(student::normal_equations(x, y), equations_of(x, y)), x, y);
  }
}

TEST(NormalEquations, OfAWideTable) {
  const TensorD x = whole({2, 4}, -9, 9), y = whole({2}, -9, 9);
  name_mistakes(EXPECT_ANSWER(student::normal_equations(x, y), equations_of(x, y))
                    .because("gram has a row and a column for every column of x, also where x has fewer rows"),
                x, y);
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
  EXPECT_ANSWER(student::normal_equations(filled_with({5, 1}, 1), y),
                (NormalEquations{TensorD({1, 1}, {5}), TensorD({1}, {sum})}))
      .because("a constant alone makes the equation 5 * b = sum of y: its solution is the mean");
}

// cholesky-solve

TEST(CholeskySolve, OfTwoUnknowns) {
  // 4 = 2 * 2, 6 = 2 * 3, 10 = 3 * 3 + 1 * 1
  const TensorD lower({2, 2}, {2, 0, 3, 1}), solution({2}, {5, -2});
  name_cholesky_mistakes(EXPECT_ANSWER(solved(lower, solution), (Cholesky{lower, solution})), lower, solution);
}

TEST(CholeskySolve, OfUnknownsThatHardlyMeet) {
  const TensorD two({2, 2}, {2, 0, 0.5, 3}), three({3, 3}, {2, 0, 0, 0.5, 3, 0, -0.25, 0.5, 1.5});
  const TensorD pair({2}, {5, -2}), triple({3}, {5, -2, 4});
  name_cholesky_mistakes(EXPECT_ANSWER(solved(two, pair), (Cholesky{two, pair})), two, pair);
  name_cholesky_mistakes(EXPECT_ANSWER(solved(three, triple), (Cholesky{three, triple})), three, triple);
}

TEST(CholeskySolve, FindsTheTriangleAndTheSolutionItWasMadeFrom) {
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int size = draws().below(4) + 3;
    const TensorD lower = whole_lower(size), solution = whole({size}, 1, 9);
    name_cholesky_mistakes(EXPECT_ANSWER(solved(lower, solution), (Cholesky{lower, solution})).within(1e-6), lower,
                           solution);
  }
}

TEST(CholeskySolve, DoesNotMindTheUnits) {
  for (const double unit : {1e-5, 1e-10, 1e6}) {
    const TensorD lower({2, 2}, {2 * unit, 0, 3 * unit, unit}), solution({2}, {5, -2});
    EXPECT_ANSWER(solved(lower, solution), (Cholesky{lower, solution}))
        .because("the same system in other units has the same triangle, in other units")
        .help(
            "compare what is left under the root with 0, not with some small number: what is small depends on the "
            "unit");
  }
}

TEST(CholeskySolve, OfOneUnknownDividesAndTakesARoot) {
  EXPECT_ANSWER(student::cholesky_solve(TensorD({1, 1}, {9}), TensorD({1}, {18})),
                (Cholesky{TensorD({1, 1}, {3}), TensorD({1}, {2})}));
}

TEST(CholeskySolve, DoesNotMindUnitsAMillionTimesApart) {
  // A pound against a ton in the first unknown, milliseconds in the second.
  const TensorD lower({2, 2}, {1e6, 0, 2, 1e-3}), solution({2}, {3e-6, 4e3});
  const Cholesky answer = solved(lower, solution);
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

TEST(CholeskySolve, RefusesAFirstNumberThatHasNoRoot) {
  EXPECT_REFUSAL(student::cholesky_solve(TensorD({1, 1}, {-4}), TensorD({1}, {1})),
                 "every number under a root has to be above zero, the first one too");
}

TEST(CholeskySolve, RefusesColumnsThatAreTheSame) {
  for (const double value : {4.0, 9.0, std::ldexp(1.0, -60), 0.0})
    EXPECT_REFUSAL(student::cholesky_solve(TensorD({2, 2}, {value, value, value, value}), TensorD({2}, {1, 1})),
                   "after the first column nothing is left of the second: throw instead of dividing by zero");
}

// householder-step

TEST(HouseholderStep, FoldsThreeAndFourOntoFive) {
  const TensorD table({2, 2}, {3, 5, 4, 10});
  name_reflection_mistakes(EXPECT_ANSWER(student::householder_step(table, 0), TensorD({2, 2}, {-5, -11, 0, 2}))
                               .because("the column (3, 4) has length 5, and 3 is above 0"),
                           table, 0)
      .mistake(reflected(table, 0, {.last_column = 1}), kLostNormal, kKeepNormal)
      .mistake(without_numbers_after(reflected(table, 0), 0), kLostNormal, kKeepNormal);
}

TEST(HouseholderStep, FoldsAnyColumnOfAnyTable) {
  for (int repeat = 0; repeat < 2; ++repeat) {
    const int rows = draws().below(4) + 5;
    const TensorD table = gaussian_d({rows, 4});
    for (const int k : {0, 1, 2})
      name_reflection_mistakes(EXPECT_ANSWER(student::householder_step(table, k), reflected(table, k)), table, k);
  }
}

TEST(HouseholderStep, DoesNotMindTheUnits) {
  for (const double unit : {1e-7, 1e-12, 1e9}) {
    const TensorD table = times(TensorD({3, 3}, {1, 2, 7, 5, 3, 5, -2, 4, 10}), unit);
    EXPECT_ANSWER(student::householder_step(table, 1), times(TensorD({3, 3}, {1, 2, 7, 5, -5, -11, -2, 0, 2}), unit))
        .mistake(table, "a short column is left as it is", "is it all zeros, or only in a large unit?")
        .because("the column (3, 4) has length 5 in any unit")
        .help("what is small depends on the unit: is there a number in your code that the length is compared with?");
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
  EXPECT_ANSWER(student::householder_step(table, 0), table)
      .mistake(filled_with({3, 2}, kNan), "a column of zeros is divided by its length of 0", "what is there to fold?")
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
