#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"
#include "tasks.hpp"

using least_squares::Descent;
using reference::whole;
using namespace handbuilt::grader;

STUDENT(least_squares, gradient_descent, x, y, learning_rate, steps);

namespace {

/// Gradient descent with its usual mistakes built in.
struct Mistaken {
  double factor = 1;          ///< of the gradient
  double loss_factor = 1;     ///< of the loss
  double start = 0;           ///< of every coefficient
  bool one_by_one = false;    ///< each coefficient moves before the next one's gradient is formed
  bool old_gradient = false;  ///< the first gradient is used for ever
  bool forgets_prediction = false;
  bool last_row_only = false;
  bool first_coefficient_only = false;
  bool piles_up = false;           ///< the gradient is added to that of the step before
  bool row_by_row = false;         ///< the coefficients move after every row
  bool loss_while_moving = false;  ///< and the loss is added up meanwhile
  bool moves_at_the_end = false;   ///< then also when the last loss is added up
};

Descent walk(const TensorD& x, const TensorD& y, double rate, int steps, const Mistaken& how = {}) {
  const int rows = x.shape()[0], columns = x.shape()[1];
  Descent path{TensorD({columns}), {}};
  TensorD& b = path.coefficients;
  for (double& value : b) value = how.start;
  const auto error = [&](int n) {
    double sum = -y(n);
    for (int i = 0; i < columns && !how.forgets_prediction; ++i) sum += x(n, i) * b(i);
    return sum;
  };
  const auto slope = [&](int i) {
    double sum = 0;
    for (int n = how.last_row_only ? rows - 1 : 0; n < rows; ++n) sum += error(n) * x(n, i) / rows;
    return how.factor * sum;
  };
  TensorD gradient({columns});
  for (int step = 0;; ++step) {
    double loss = 0;
    for (int n = 0; n < rows; ++n) {
      const double e = error(n);
      loss += how.loss_factor * e * e / (2.0 * rows);
      const bool moves = how.loss_while_moving && (step < steps || how.moves_at_the_end);
      for (int i = 0; moves && i < columns; ++i) b(i) -= rate * how.factor * e * x(n, i) / rows;
    }
    path.losses.push_back(loss);
    if (step == steps) return path;
    for (int n = 0; how.row_by_row && n < rows; ++n) {
      const double e = error(n);
      for (int i = 0; i < columns; ++i) b(i) -= rate * how.factor * e * x(n, i) / rows;
    }
    if (how.row_by_row || how.loss_while_moving) continue;
    for (int i = 0; i < columns; ++i)
      if (!how.one_by_one && (step == 0 || !how.old_gradient))
        gradient(i) = slope(i) + (how.piles_up ? gradient(i) : 0);
    for (int i = 0; i < (how.first_coefficient_only ? 1 : columns); ++i)
      b(i) -= rate * (how.one_by_one ? slope(i) : gradient(i));
  }
}

Descent without_first_loss(Descent descent) {
  descent.losses.erase(descent.losses.begin());
  return descent;
}
Descent without_last_loss(Descent descent) {
  descent.losses.pop_back();
  return descent;
}

constexpr const char* kAfterAllRows = "to which coefficients does the second row's residual belong?";
constexpr const char* kWholeNumbers = "what is 1 / 2 when both are whole numbers?";
constexpr const char* kAllSteps = "how many steps were asked for?";
constexpr const char* kStepTooMany = "where do the coefficients stand after 0 steps?";

template <class Expectation>
AnswerExpectation<Descent>& name_mistakes(Expectation&& expectation, const TensorD& x, const TensorD& y, double rate,
                                          int steps) {
  const double rows = x.shape()[0];
  const Descent right = walk(x, y, rate, steps);
  const auto like = [&](const Mistaken& how) { return walk(x, y, rate, steps, how); };
  return std::forward<Expectation>(expectation)
      .rules_out_other_mistakes()
      .mistake(like({.factor = -1}), "the step goes uphill", "the gradient points where the loss grows")
      .mistake(like({.factor = rows}), "the gradient is a sum and the loss a mean", "which of the two did you divide?")
      .mistake(like({.factor = rows, .loss_factor = rows}), "loss and gradient are sums, not means",
               "what would twice as many rows do to the learning rate that you need?")
      .mistake(like({.factor = 2}), "the gradient is twice too long", "what is the derivative of half a square?")
      .mistake(like({.factor = 2, .loss_factor = 2}), "the half is missing",
               "what is the loss in tasks.hpp divided by?")
      .mistake(like({.loss_factor = 2}), "the half is missing in the loss", "what is the loss in tasks.hpp divided by?")
      .mistake(like({.factor = 0.5}), "the gradient is twice too short", "what is the derivative of half a square?")
      .mistake(like({.start = 1}), "the coefficients start from 1", "where does the walk begin?")
      .mistake(like({.one_by_one = true}), "the coefficients move one after the other",
               "the second one's gradient belongs to the coefficients before the step: is the first one still there?")
      .mistake(like({.old_gradient = true}), "every step uses the first gradient", "what has changed after a step?")
      .mistake(like({.forgets_prediction = true}), "the predictions have no part in it", "what is a residual?")
      .mistake(like({.last_row_only = true}), "the gradient holds only the last row",
               "is the line with the sum an = or a +=?")
      .mistake(like({.piles_up = true}), "the gradient is added to that of the step before",
               "what does the gradient have to be before its first row is added?")
      .mistake(like({.row_by_row = true}), "the coefficients move after every row", kAfterAllRows)
      .mistake(like({.loss_while_moving = true}), "the coefficients move after every row", kAfterAllRows)
      .mistake(like({.loss_while_moving = true, .moves_at_the_end = true}), "the coefficients move after every row",
               kAfterAllRows)
      .mistake(like({.factor = rows, .loss_while_moving = true, .moves_at_the_end = true}),
               "the coefficients move after every row", kAfterAllRows)
      .mistake(like({.factor = rows, .row_by_row = true}), "the coefficients move after every row", kAfterAllRows)
      .mistake(like({.factor = rows, .loss_while_moving = true}), "the coefficients move after every row",
               kAfterAllRows)
      .mistake(like({.loss_factor = 0}), "the loss is always 0", kWholeNumbers)
      .mistake(like({.factor = 0}), "the coefficients never move", kWholeNumbers)
      .mistake(like({.factor = 0, .loss_factor = 0}), "loss and gradient are always 0", kWholeNumbers)
      .mistake(Descent{walk(x, y, rate, steps + 1).coefficients, right.losses},
               "the coefficients move once more after the last loss", kStepTooMany)
      .mistake(walk(x, y, rate, steps + 1), "there is one step too many", kStepTooMany)
      .mistake(walk(x, y, rate, std::max(0, steps - 1)), "there is one step too few", "where does your loop end?")
      .mistake(like({.first_coefficient_only = true}), "only the first coefficient moves",
               "where does your last loop end?")
      .mistake(without_first_loss(right), "the loss before the first step is missing",
               "how many losses are there for 0 steps?")
      .mistake(without_last_loss(right), "the loss after the last step is missing",
               "how many losses are there for 0 steps?")
      .mistake(Descent{right.coefficients, {}}, "there are no losses", "who adds to Descent::losses?");
}

}  // namespace

TEST(GradientDescent, TakesOneStepFromZero) {
  // d_b = X'(X b - y) / 3 with b = 0 is -(4, 34 / 3).
  const TensorD x({3, 2}, {1, 2, 1, 4, 1, 0}), y({3}, {3, 7, 2});
  name_mistakes(
      EXPECT_ANSWER(student::gradient_descent(x, y, 0.75, 1), (Descent{TensorD({2}, {3, 8.5}), {62.0 / 6, 1190.0 / 6}}))
          .because("at coefficients of 0 the loss is half the mean of y squared, and the gradient is minus the mean of "
                   "y times each column"),
      x, y, 0.75, 1);
}

TEST(GradientDescent, WalksAsTheFormulaSays) {
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int rows = draws().below(6) + 5, columns = draws().below(3) + 2, steps = draws().below(4) + 3;
    const TensorD x = gaussian_d({rows, columns}), y = gaussian_d({rows}, 3);
    name_mistakes(EXPECT_ANSWER(student::gradient_descent(x, y, 0.1, steps), walk(x, y, 0.1, steps)), x, y, 0.1, steps);
  }
}

TEST(GradientDescent, DoesNotMindTheUnits) {
  for (const double unit : {1e9, 1e-9}) {
    const TensorD x = gaussian_d({7, 3}), y = gaussian_d({7}, unit);
    name_mistakes(EXPECT_ANSWER(student::gradient_descent(x, y, 0.1, 6), walk(x, y, 0.1, 6))
                      .because("a step is the learning rate times the gradient, be that long or short, and y in other "
                               "units makes the same walk in other units")
                      .help("is there a number in your code that cuts a gradient or ends the walk?"),
                  x, y, 0.1, 6);
  }
}

TEST(GradientDescent, GoesOnWhenTheLossGrows) {
  // Columns at right angles and of length 2: with a rate of 3, every step doubles what is missing.
  const TensorD x({4, 2}, {1, 1, 1, -1, 1, 1, 1, -1}), y = whole({4}, 1, 9);
  name_mistakes(EXPECT_ANSWER(student::gradient_descent(x, y, 3, 5), walk(x, y, 3, 5))
                    .because("a learning rate that is too long makes the loss grow: the losses are there to show it")
                    .help("does your walk end before its last step, or take back one?"),
                x, y, 3, 5)
      .mistake(walk(x, y, 3, 1), "the walk ends when the loss grows", kAllSteps)
      .mistake(Descent{TensorD({2}), walk(x, y, 3, 1).losses}, "the walk ends when the loss grows", kAllSteps)
      .mistake(walk(x, y, 3, 0), "the walk ends when the loss grows", kAllSteps);
}

TEST(GradientDescent, StaysWhereItIsWithoutSteps) {
  const TensorD x = whole({4, 2}), y({4}, {2, -2, 2, -2});
  name_mistakes(EXPECT_ANSWER(student::gradient_descent(x, y, 0.1, 0), (Descent{TensorD({2}), {2.0}}))
                    .because("without a step the coefficients are 0, and there is the loss before the first step"),
                x, y, 0.1, 0);
}

TEST(GradientDescent, ReachesTheCoefficientsThatTheDataWereMadeOf) {
  const TensorD x({4, 3}, {1, 1, 1, 1, -1, 1, 1, 1, -1, 1, -1, -1}), coefficients = whole({3}, -9, 9);
  // The columns are at right angles and of length 2, so every step halves what is missing.
  const Descent descent = student::gradient_descent(x, reference::product(x, coefficients), 0.5, 50);
  EXPECT_ANSWER(descent.coefficients, coefficients)
      .within(1e-9)
      .because("after 50 halvings nothing is missing any more");
}

TEST(GradientDescent, NeverClimbsWithASmallStep) {
  const TensorD x = gaussian_d({12, 3}), y = gaussian_d({12});
  const std::vector<double> losses = student::gradient_descent(x, y, 0.05, 40).losses;
  bool falls = losses.size() == 41;
  for (std::size_t k = 1; falls && k < losses.size(); ++k) falls = losses[k] <= losses[k - 1] * (1 + 1e-12);
  EXPECT_PROPERTY(falls, "every one of 40 small steps makes the loss smaller").shows("losses", losses);
}
