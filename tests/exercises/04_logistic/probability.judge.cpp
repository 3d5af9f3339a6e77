#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include "grader/judge/judge.hpp"
#include "regression/logistic.hpp"
#include "tasks.hpp"

using namespace handbuilt::grader;
namespace regression = handbuilt::regression;

STUDENT(logistic, sigmoid, z);
STUDENT(logistic, log_loss, log_odds, labels);
STUDENT(logistic, log_loss_gradient, x, labels, coefficients);
STUDENT(logistic, softmax, scores);

namespace {

using Column = std::vector<double>;
using Labels = std::vector<int>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Floors that students put under a probability before its log is taken.
constexpr double kFloors[] = {1e-6,
                              1e-7,
                              1e-8,
                              1e-9,
                              1e-10,
                              1e-12,
                              1e-15,
                              1e-16,
                              1e-20,
                              1e-30,
                              1e-100,
                              1e-300,
                              std::numeric_limits<double>::epsilon(),
                              std::numeric_limits<double>::min()};

Column gaussian_column(int count, double standard_deviation) {
  const TensorD numbers = gaussian_d({count}, standard_deviation);
  return {numbers.begin(), numbers.end()};
}

/// Labels of both kinds, in random order.
Labels yes_and_no(int count) {
  Labels labels;
  for (int n = 0; n < count; ++n) labels.push_back(n % 2);
  draws().shuffle(labels);
  return labels;
}

/// The mean over the rows of `of_row(log odds, label)`.
template <class OfRow>
double mean_over(const Column& log_odds, const Labels& labels, OfRow&& of_row) {
  double sum = 0;
  for (std::size_t n = 0; n < labels.size(); ++n) sum += of_row(log_odds[n], labels[n]);
  return sum / static_cast<double>(labels.size());
}

double surprise(double log_odds, int label) { return regression::softplus(label == 1 ? -log_odds : log_odds); }
double log_loss_of(const Column& log_odds, const Labels& labels) { return mean_over(log_odds, labels, surprise); }

double surprise_with_floor(double log_odds, int label, double floor) {
  return -std::log(std::max(regression::sigmoid(label == 1 ? log_odds : -log_odds), floor));
}
/// The same with the probability of a yes kept away from both its ends.
double surprise_clamped(double log_odds, int label, double floor) {
  const double yes = std::clamp(regression::sigmoid(log_odds), floor, 1 - floor);
  return -std::log(label == 1 ? yes : 1 - yes);
}

TensorD times(TensorD tensor, double factor) {
  for (double& value : tensor) value *= factor;
  return tensor;
}

/// The gradient made of `error(log odds, label)` for each row.
template <class Error>
TensorD gradient_of(const TensorD& x, const Labels& labels, const TensorD& coefficients, Error&& error) {
  const int rows = x.shape()[0], columns = x.shape()[1];
  TensorD gradient({columns});
  for (int n = 0; n < rows; ++n) {
    double z = 0;
    for (int i = 0; i < columns; ++i) z += x(n, i) * coefficients(i);
    const double of_row = error(z, labels[static_cast<std::size_t>(n)]);
    for (int i = 0; i < columns; ++i) gradient(i) += of_row * x(n, i) / rows;
  }
  return gradient;
}

double residual(double log_odds, int label) { return regression::sigmoid(log_odds) - label; }
TensorD right_gradient(const TensorD& x, const Labels& labels, const TensorD& coefficients) {
  return gradient_of(x, labels, coefficients, residual);
}

/// The first column are ones.
TensorD with_intercept(int rows, int columns) {
  TensorD x = gaussian_d({rows, columns});
  for (int n = 0; n < rows; ++n) x(n, 0) = 1;
  return x;
}

double mean_log_loss(const TensorD& x, const Labels& labels, const TensorD& coefficients) {
  Column log_odds;
  for (int n = 0; n < x.shape()[0]; ++n) {
    double sum = 0;
    for (int i = 0; i < x.shape()[1]; ++i) sum += x(n, i) * coefficients(i);
    log_odds.push_back(sum);
  }
  return log_loss_of(log_odds, labels);
}

/// The largest score of row `n` that a search finds which begins with `start`.
double largest_from(double start, const TensorD& scores, int n) {
  for (int k = 0; k < scores.shape()[1]; ++k) start = std::max(start, scores(n, k));
  return start;
}
double largest_of(const TensorD& scores, int n) { return largest_from(scores(n, 0), scores, n); }

/// exp(score - subtracted(n)) over the sum of the row.
template <class Subtracted>
TensorD softmax_less(const TensorD& scores, Subtracted&& subtracted) {
  const int birds = scores.shape()[0], classes = scores.shape()[1];
  TensorD shared(scores.shape());
  for (int n = 0; n < birds; ++n) {
    double total = 0;
    for (int k = 0; k < classes; ++k) total += shared(n, k) = std::exp(scores(n, k) - subtracted(n));
    for (int k = 0; k < classes; ++k) shared(n, k) /= total;
  }
  return shared;
}
TensorD softmax_of(const TensorD& scores) {
  return softmax_less(scores, [&](int n) { return largest_of(scores, n); });
}

TensorD each(TensorD tensor, double (*function)(double)) {
  for (double& value : tensor) value = function(value);
  return tensor;
}

TensorD over_columns(const TensorD& scores) {
  TensorD result = each(scores, std::exp);
  for (int k = 0; k < scores.shape()[1]; ++k) {
    double total = 0;
    for (int n = 0; n < scores.shape()[0]; ++n) total += result(n, k);
    for (int n = 0; n < scores.shape()[0]; ++n) result(n, k) /= total;
  }
  return result;
}

TensorD over_everything(const TensorD& scores) {
  const TensorD exponentials = each(scores, std::exp);
  double total = 0;
  for (const double value : exponentials) total += value;
  return times(exponentials, 1 / total);
}

/// Each row divided by a total that still holds those of the rows before.
template <class Subtracted>
TensorD with_a_running_total(const TensorD& scores, Subtracted&& subtracted) {
  TensorD result = scores;
  double total = 0;
  for (int n = 0; n < scores.shape()[0]; ++n) {
    for (int k = 0; k < scores.shape()[1]; ++k) total += result(n, k) = std::exp(scores(n, k) - subtracted(n));
    for (int k = 0; k < scores.shape()[1]; ++k) result(n, k) /= total;
  }
  return result;
}

}  // namespace

// sigmoid

TEST(Sigmoid, OfOddsOfThreeToOneIsThreeQuarters) {
  const double z = std::log(3.0);
  EXPECT_ANSWER(student::sigmoid(z), 0.75)
      .mistake(0.25, "the sign of z is reversed", "should a larger z make yes more or less likely?")
      .mistake(3.0, "these are the odds, not the probability", "odds of three to one: how many chances in how many?")
      .mistake(1.0 / 3, "these are the odds against", "odds of three to one: how many chances in how many?")
      .mistake(std::tanh(z), "this is the hyperbolic tangent", "a probability of 1/2 belongs to log odds of 0")
      .mistake((1 + std::tanh(z)) / 2, "z is taken twice", "(1 + tanh(u)) / 2: what is u for log odds z?")
      .mistake(1 / (1 + std::pow(2, -z)), "the base of the power is 2", "log odds are natural logarithms")
      .mistake(1 / (1 + std::pow(10, -z)), "the base of the power is 10", "log odds are natural logarithms")
      .mistake(0.75 * 0.25, "this is the slope of the curve, not its height", "p (1 - p) is the derivative")
      .mistake(0.0, "the division of whole numbers leaves no fraction", "what type is what you divide?")
      .because("log odds of log 3 are odds of three to one: three chances in four");
}

TEST(Sigmoid, OfAnyLogOdds) {
  for (int draw = 0; draw < 8; ++draw) {
    const double z = draws().uniform(-6, 6);
    EXPECT_ANSWER(student::sigmoid(z), regression::sigmoid(z))
        .mistake(regression::sigmoid(std::abs(z)), "the sign of z is lost", "which form belongs to a z below 0?")
        .mistake(regression::sigmoid(-std::abs(z)), "the sign of z is lost", "which form belongs to a z above 0?")
        .mistake(regression::sigmoid(-z), "the sign of z is reversed",
                 "should a larger z make yes more or less likely?")
        .mistake(std::exp(z), "these are the odds, not the probability");
  }
}

TEST(Sigmoid, OfLogOddsBeyondWhatExpCanHold) {
  for (const double z : {800.0, -800.0, 1e300, -1e300})
    EXPECT_ANSWER(student::sigmoid(z), z > 0 ? 1.0 : 0.0)
        .mistake(kNan, "exp overflows, and infinity divided by infinity is not a number",
                 "exp(800) is infinite and exp(-800) is 0: which form only ever needs the second?")
        .mistake(kInfinity, "exp overflows", "which form only ever takes exp of something below 0?")
        .because("a probability lies between 0 and 1, however sure the forecaster is");
}

TEST(Sigmoid, KeepsItsDigitsWhereTheAnswerIsNearlyNothing) {
  for (const double z : {-40.0, -300.0, -700.0}) {
    auto answer = EXPECT_ANSWER(student::sigmoid(z), std::exp(z));
    for (const double end : {20.0, 30.0, 35.0, 36.0, 50.0, 100.0, 250.0, 500.0})
      answer.mistake(regression::sigmoid(-end), "z is cut off",
                     "no z needs cutting off when exp only sees what is below 0");
    for (const double floor : kFloors)
      answer.mistake(floor, "the probability is held above a floor", "which form of the formula never gives 0 here?");
    answer
        .mistake(0.0, "a tiny probability has become 0",
                 "1 - p loses everything when p is nearly 1: can you write exp(z) / (1 + exp(z))?")
        .because("for z far below 0 the denominator is 1 and sigmoid(z) is exp(z)");
  }
}

TEST(Sigmoid, OfEvenOddsIsExactlyHalf) { EXPECT_ANSWER(student::sigmoid(0), 0.5); }

TEST(Sigmoid, OfYesAndOfNoAddUpToOne) {
  const double z = draws().uniform(0.5, 5), yes = student::sigmoid(z), no = student::sigmoid(-z);
  EXPECT_PROPERTY(std::abs(yes + no - 1) < 1e-12, "sigmoid(z) and sigmoid(-z) add up to 1")
      .shows("sigmoid(z)", yes)
      .shows("sigmoid(-z)", no)
      .because("the odds against are one over the odds for: turning yes and no round changes the sign of the log odds");
}

// log-loss

TEST(LogLoss, OfThreeChancesInFour) {
  const Column log_odds{std::log(3.0)};
  const double right = std::log(4.0 / 3), wrong = std::log(4.0);
  EXPECT_ANSWER(student::log_loss(log_odds, {1}), right)
      .mistake(wrong, "yes and no are exchanged", "it rained, and he had given it three chances in four")
      .mistake(-right, "the loss has the wrong sign",
               "the log of a probability is never positive; a loss is never negative")
      .mistake(right / std::numbers::ln2, "the loss is in bits", "which logarithm belongs to exp?")
      .mistake(right / std::numbers::ln10, "the loss is a decimal logarithm", "which logarithm belongs to exp?")
      .mistake(0.25, "the loss is the probability that was missing", "how surprised is one who gave it three quarters?")
      .mistake(0.0625, "the loss is a squared error", "that is Brier's score, and another one")
      .mistake(0.75, "the loss is the probability itself", "how surprised is one who gave it three quarters?")
      .mistake(0.0, "only the rows with label 0 are counted", "a yes that was given less than 1 is a surprise too")
      .because("he gave what came a probability of 3/4, and -log(3/4) is 0.288");
  EXPECT_ANSWER(student::log_loss(log_odds, {0}), wrong)
      .mistake(right, "a no is counted as if it were a yes", "what probability did he give to what came?")
      .mistake(0.0, "only the rows with label 1 are counted", "what probability did he give to what came?")
      .mistake(-wrong, "the loss has the wrong sign",
               "the log of a probability is never positive; a loss is never negative")
      .because("it stayed dry, which he had given 1/4: -log(1/4) is 1.386");
}

TEST(LogLoss, IsTheMeanOverTheRows) {
  const Column log_odds = gaussian_column(7, 2);
  const Labels labels = yes_and_no(7);
  const double right = log_loss_of(log_odds, labels);
  const auto mean = [&](auto of_row) { return mean_over(log_odds, labels, of_row); };
  const auto brier = [](double z, int label) { return std::pow(residual(z, label), 2); };
  EXPECT_ANSWER(student::log_loss(log_odds, labels), right)
      .mistake(7 * right, "this is the sum, not the mean", "how many rows are there?")
      .mistake(7 * right / 6, "the sum is divided by one less than the count", "how many rows are there?")
      .mistake(-right, "the loss has the wrong sign", "a loss is never negative")
      .mistake(right / std::numbers::ln2, "the loss is in bits", "which logarithm belongs to exp?")
      .mistake(right / std::numbers::ln10, "the loss is a decimal logarithm", "which logarithm belongs to exp?")
      .mistake(mean([](double z, int label) { return surprise(z, 1 - label); }), "yes and no are exchanged",
               "of which label is sigmoid(z) the probability?")
      .mistake(mean([](double z, int label) { return label == 1 ? surprise(z, 1) : 0; }),
               "only the rows with label 1 are counted", "what is the surprise of a dry day?")
      .mistake(mean([](double z, int label) { return label == 0 ? surprise(z, 0) : 0; }),
               "only the rows with label 0 are counted", "what is the surprise of a rainy day?")
      .mistake(mean([](double z, int) { return surprise(z, 1); }), "every row is taken for a yes",
               "where does the label enter?")
      .mistake(mean([](double z, int) { return surprise(z, 0); }), "every row is taken for a no",
               "where does the label enter?")
      .mistake(mean([](double z, int label) { return surprise(z, 1) + (label == 1 ? 0 : surprise(z, 0)); }),
               "a dry day is counted under both labels", "one logarithm a row: of what came")
      .mistake(mean([](double z, int label) { return surprise(z, label) + surprise(z, 1 - label); }),
               "the logs of both outcomes are added", "only one of them came")
      .mistake(mean(brier), "the loss is a squared error", "that is Brier's score, and another one")
      .mistake(surprise(log_odds[0], labels[0]) / 7, "only the first row is counted",
               "what does `return` do inside a loop?")
      .mistake(surprise(log_odds[0], labels[0]), "only the first row is counted",
               "what does `return` do inside a loop?");
}

TEST(LogLoss, StaysFiniteForLogOddsOfAThousand) {
  const Column log_odds{1000, -2000, 1000};
  const Labels labels{0, 1, 1};
  auto answer = EXPECT_ANSWER(student::log_loss(log_odds, labels), 1000.0);
  answer
      .mistake(kInfinity, "a probability has become 0 before its log was taken, or exp overflowed",
               "-log(sigmoid(z)) = log(1 + exp(-z)): which of the two exps in log(exp(0) + exp(-z)) can you take out?")
      .mistake(kNan, "infinities met, and what is left is not a number",
               "-log(sigmoid(z)) = log(1 + exp(-z)): which of the two exps in log(exp(0) + exp(-z)) can you take out?")
      .because("two rows bet everything on what did not come: their losses are 1000 and 2000, no less");
  for (const double floor : kFloors)
    for (const auto of_row : {surprise_with_floor, surprise_clamped})
      answer.mistake(mean_over(log_odds, labels, [&](double z, int label) { return of_row(z, label, floor); }),
                     "the probability is clamped before its log is taken",
                     "a floor hides how wrong the bet was: can you take the log before a probability is made?");
}

TEST(LogLoss, KeepsItsDigitsWhereItIsNearlyNothing) {
  const double z = 40;
  auto answer = EXPECT_ANSWER(student::log_loss({z, -z}, {1, 0}), std::exp(-z));
  for (const double floor : kFloors)
    if (floor > 1e-14)
      answer.mistake((surprise_clamped(z, 1, floor) + surprise_clamped(-z, 0, floor)) / 2,
                     "the probability is clamped before its log is taken",
                     "can you take the log before a probability is made?");
  answer
      .mistake(0.0, "a tiny loss has become 0", "1 + exp(-40) is 1 in a double: which function is made for log(1 + u)?")
      .because("for a tiny u log(1 + u) is u, and exp(-40) is 4.25e-18");
}

TEST(LogLoss, OfOneWhoSaysHalfIsTheLogOfTwo) {
  EXPECT_ANSWER(student::log_loss(Column(5, 0.0), yes_and_no(5)), std::numbers::ln2)
      .because("whatever comes was given 1/2");
}

TEST(LogLoss, IsSmallestForTheBaseRate) {
  // Three of ten rows are a yes: no constant is less surprised than log odds of log(3 / 7).
  const Labels labels{1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
  const auto of_constant = [&](double z) { return student::log_loss(Column(10, z), labels); };
  const double base = std::log(3.0 / 7), own = of_constant(base), above = of_constant(base + 0.4),
               below = of_constant(base - 0.4);
  EXPECT_PROPERTY(own < above && own < below, "of all constants the base rate has the smallest log loss")
      .shows("loss of the base rate", own)
      .shows("loss of more", above)
      .shows("loss of less", below);
}

// log-loss-gradient

TEST(LogLossGradient, OfOneRainyDayThatWasGivenOneQuarter) {
  const double third = std::log(3.0);
  const TensorD x({1, 2}, {1, 4}), coefficients({2}, {-third, 0}), none({2});
  const auto with_error = [&](double error) { return TensorD({2}, {error, 4 * error}); };
  EXPECT_ANSWER(student::log_loss_gradient(x, {1}, coefficients), with_error(-0.75))
      .mistake(with_error(0.75), "the gradient points the wrong way",
               "probability minus label: what is it for a rainy day that was given 1/4?")
      .mistake(with_error(0.25), "the label is not subtracted", "what is the error of 1/4 when it rained?")
      .mistake(with_error(-0.25), "the sign of the log odds is reversed",
               "should larger log odds make rain more likely?")
      .mistake(with_error(-1), "the error is taken of a yes or no, not of a probability",
               "by how much was 1/4 off when it rained?")
      .mistake(TensorD({2}, {-0.75, -0.75}),
               "the error is not multiplied with what the coefficient was multiplied with",
               "how far do the log odds rise when coefficient i rises by 1?")
      .mistake(with_error(-third - 1), "the sigmoid is missing", "the log odds are not the probability")
      .mistake(with_error(-1.5), "the gradient is twice as long as it should be",
               "the 2 belongs to a square, and nothing is squared here")
      .mistake(with_error(-0.375), "the gradient is half as long as it should be",
               "is there a 1/2 in front of the loss, or a number of columns in the mean?")
      .mistake(with_error(-0.75 * 0.1875), "this is the gradient of half the squared error",
               "p (1 - p) cancels when the loss is the log loss")
      .mistake(TensorD({2}, {-0.75 - third, -3}), "the sums start from the coefficients, not from 0",
               "what does a new TensorD({columns}) hold?")
      .mistake(none, "the gradient is left at zero", "what is added to the entries, and where do they start?")
      .because(
          "the log odds are -log 3, the probability 1/4, the label 1: an error of -3/4, and the row holds 1 and 4");
}

TEST(LogLossGradient, IsTheMeanOverTheRows) {
  const int rows = 6, columns = 4;
  const TensorD x = with_intercept(rows, columns), coefficients = gaussian_d({columns});
  const Labels labels = yes_and_no(rows);
  const TensorD right = right_gradient(x, labels, coefficients);
  const auto with_error = [&](auto error) { return gradient_of(x, labels, coefficients, error); };
  const auto only_row = [&](int row) {
    int n = 0;  // rows come in order
    return with_error([=](double z, int label) mutable { return n++ == row ? residual(z, label) : 0; });
  };
  const TensorD of_first_row = only_row(0), of_last_row = only_row(rows - 1);
  EXPECT_ANSWER(student::log_loss_gradient(x, labels, coefficients), right)
      .mistake(times(right, rows), "this is the sum over the rows, not the mean", "the loss is a mean; its gradient?")
      .mistake(times(right, -1), "the gradient points the wrong way",
               "probability minus label, or label minus probability?")
      .mistake(times(right, -rows), "the gradient points the wrong way, and is a sum",
               "probability minus label, or label minus probability? And how many rows are there?")
      .mistake(times(right, 2), "the gradient is twice as long as it should be",
               "the 2 belongs to a square, and nothing is squared here")
      .mistake(times(right, static_cast<double>(rows) / columns), "the sum is divided by the columns, not the rows")
      .mistake(of_last_row, "only the last row is counted", "what does `=` do to what the rows before have added?")
      .mistake(of_first_row, "only the first row is counted", "what does `return` do inside a loop?")
      .mistake(with_error([](double z, int label) { return z - label; }), "the sigmoid is missing",
               "the neighbour predicts a number; here it has to become a probability first")
      .mistake(with_error([](double z, int) { return regression::sigmoid(z); }), "the label is not subtracted",
               "what is the error of a forecast of 0.7 when it rained?")
      .mistake(with_error([](double z, int label) {
                 const double p = regression::sigmoid(z);
                 return (p - label) * p * (1 - p);
               }),
               "this is the gradient of half the squared error", "p (1 - p) cancels when the loss is the log loss")
      .mistake(with_error([](double z, int label) { return (z >= 0 ? 1 : 0) - label; }),
               "the error is taken of a yes or no, not of a probability", "by how much was 0.7 off when it rained?")
      .mistake(with_error([](double z, int label) { return regression::sigmoid(-z) - label; }),
               "the sign of the log odds is reversed")
      .mistake(with_error([](double z, int label) { return residual(z, 1 - label); }), "yes and no are exchanged")
      .help("the worked neighbour has the same loops: only the error of a row differs");
}

TEST(LogLossGradient, AgreesWithATinyNudgeOfEveryCoefficient) {
  const TensorD x = with_intercept(9, 3), coefficients = gaussian_d({3}, 0.7);
  const Labels labels = yes_and_no(9);
  const TensorD nudged =
      numerical_gradient([&](const TensorD& point) { return mean_log_loss(x, labels, point); }, coefficients);
  EXPECT_ANSWER(student::log_loss_gradient(x, labels, coefficients), nudged)
      .within(1e-7)
      .because("raise one coefficient by a hair: the loss changes by the gradient times the hair");
}

TEST(LogLossGradient, TakesATableOfOneColumnOrOneRow) {
  for (const Shape& shape : {Shape{5, 1}, Shape{1, 5}, Shape{1, 1}}) {
    const TensorD x = gaussian_d(shape), coefficients = gaussian_d({shape[1]});
    const Labels labels = class_labels(shape[0], 2);
    EXPECT_ANSWER(student::log_loss_gradient(x, labels, coefficients), right_gradient(x, labels, coefficients))
        .because("the gradient has one entry a column, however many rows there are");
  }
}

TEST(LogLossGradient, StaysFiniteForARowThatIsFarOut) {
  const TensorD x({2, 2}, {1, 900, 1, -900}), coefficients({2}, {0, 1});
  EXPECT_ANSWER(student::log_loss_gradient(x, {0, 0}, coefficients), TensorD({2}, {0.5, 450}))
      .mistake(TensorD({2}, {kNan, kNan}), "exp overflows", "your own sigmoid can take any z: did you call it?")
      .because("the first row was certain and wrong, an error of 1; the second certain and right, an error of 0");
}

TEST(LogLossGradient, LeadsDownhillToWhatTheLibraryFinds) {
  const int rows = 60, columns = 3;
  const TensorD x = with_intercept(rows, columns);
  Labels labels;
  for (int n = 0; n < rows; ++n) labels.push_back(draws().chance(regression::sigmoid(0.5 + x(n, 1) - x(n, 2))) ? 1 : 0);
  labels[0] = 0;
  labels[1] = 1;
  // A little l2 for all, the intercept too, so that the best coefficients are finite whatever was drawn.
  constexpr double kL2 = 3;
  const regression::LogisticFit best =
      regression::fit_logistic(handbuilt::as_matrix(x), labels, {.intercept = false, .l2 = kL2});
  TensorD coefficients({columns});
  for (int step = 0; step < 300; ++step) {
    const TensorD gradient = student::log_loss_gradient(x, labels, coefficients);
    if (gradient.shape() != coefficients.shape()) break;
    for (int i = 0; i < columns; ++i) coefficients(i) -= gradient(i) + kL2 / rows * coefficients(i);
  }
  const TensorD expected({columns}, std::vector<double>(best.coefficients.begin(), best.coefficients.end()));
  EXPECT_ANSWER(coefficients, expected)
      .within(1e-4)
      .because(
          "three hundred steps against the gradient, and a little pull towards 0, end where the library's fit does");
}

// softmax

TEST(Softmax, OfThreeToOne) {
  const double third = std::log(3.0);
  const TensorD scores({1, 2}, {0, third});
  EXPECT_ANSWER(student::softmax(scores), TensorD({1, 2}, {0.25, 0.75}))
      .mistake(TensorD({1, 2}, {0.75, 0.25}), "the sign of the scores is reversed",
               "should a larger score get more or less?")
      .mistake(TensorD({1, 2}, {1, 3}), "the row does not add up to 1", "by what is each exp divided?")
      .mistake(TensorD({1, 2}, {1.0 / 3, 1}), "each exp is divided by the largest, not by the sum")
      .mistake(TensorD({1, 2}, {0, 1}), "the scores themselves are shared out, without exp, or the largest takes all",
               "how does a score become something that is never negative?")
      .mistake(TensorD({1, 2}, {0.5, 0.75}), "each score has a sigmoid of its own",
               "the classes share one row: what must it add up to?")
      .mistake(TensorD({1, 2}, {std::log(0.25), std::log(0.75)}), "these are the logs of the probabilities")
      .because("scores of 0 and log 3 are odds of one to three");
}

TEST(Softmax, OfEveryRowApart) {
  const TensorD scores = gaussian_d({4, 3}, 1.5);
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(over_columns(scores), "the columns add up to 1, not the rows", "which index runs over the classes?")
      .mistake(over_everything(scores), "the whole table adds up to 1, not each row",
               "where does the total start anew?")
      .mistake(with_a_running_total(scores, [](int) { return 0.0; }), "one row's total goes on into the next",
               "where does the total start anew?")
      .mistake(with_a_running_total(scores, [&](int n) { return largest_of(scores, n); }),
               "one row's total goes on into the next", "where does the total start anew?")
      .mistake(each(scores, std::exp), "the rows do not add up to 1", "by what is each exp divided?")
      .mistake(each(scores, regression::sigmoid), "each score has a sigmoid of its own",
               "the classes share one row: what must it add up to?")
      .mistake(softmax_of(times(scores, -1)), "the sign of the scores is reversed",
               "should a larger score get more or less?")
      .mistake(scores, "these are the scores as they came")
      .because("each row is another bird, and its probabilities add up to 1");
}

TEST(Softmax, StaysFiniteForScoresOfAThousand) {
  const TensorD scores({3, 3}, {1000, 998, 999, 5000, -5000, 0, 0, 900, 899});
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(softmax_less(scores, [](int) { return 0.0; }), "exp of a large score overflows",
               "which number can you subtract from a whole row so that exp never sees more than 0?")
      .mistake(softmax_less(scores, [&](int n) { return scores(n, 0); }),
               "the first score is subtracted, and another one is far larger",
               "which score of the row is safe to subtract?")
      .mistake(softmax_less(scores, [&](int n) { return (scores(n, 0) + scores(n, 1) + scores(n, 2)) / 3; }),
               "the mean of the row is subtracted, and one score lies far above it",
               "which score of the row is safe to subtract?")
      .because("softmax knows differences only: 1000 and 998 are as far apart as 2 and 0");
  const TensorD last_is_largest({1, 3}, {0, 0, 900});
  EXPECT_ANSWER(student::softmax(last_is_largest), TensorD({1, 3}, {0, 0, 1}))
      .mistake(TensorD({1, 3}, {0, 0, kNan}), "the last score is left out of the search for the largest",
               "where does that loop end?")
      .mistake(TensorD({1, 3}, {kNan, kNan, kNan}), "exp of a large score overflows",
               "which score is safe to subtract?");
}

TEST(Softmax, OfScoresFarBelowZero) {
  const TensorD scores({2, 2}, {-1000, -1001, -5000, -5002});
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(TensorD({2, 2}, {kNan, kNan, kNan, kNan}), "all exps of a row have become 0",
               "which number does your search for the largest start from, and is it sure to be in the row?")
      .because("softmax knows differences only, and these differ by 1 and by 2");
}

TEST(Softmax, JudgesEveryRowByItsOwnLargest) {
  const TensorD scores({2, 2}, {900, 901, -901, -900});
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(softmax_less(scores, [](int) { return 901.0; }), "one number is subtracted from all rows alike",
               "what does exp make of a row that lies 1800 lower?");
}

TEST(Softmax, OfTwoClassesIsTheSigmoidOfTheirDifference) {
  const TensorD scores = gaussian_d({1, 2}, 2);
  const double second = regression::sigmoid(scores(0, 1) - scores(0, 0));
  EXPECT_ANSWER(student::softmax(scores), TensorD({1, 2}, {1 - second, second}))
      .because("divide above and below by the first exp: what is left is 1 / (1 + exp(-difference))");
}

TEST(Softmax, OfOneClassIsCertain) {
  EXPECT_ANSWER(student::softmax(TensorD({2, 1}, {3, -4})), TensorD({2, 1}, {1, 1}));
}
