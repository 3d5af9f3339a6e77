#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/judge.hpp"
#include "regression/logistic.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

using namespace handbuilt::grader;
namespace regression = handbuilt::regression;

STUDENT(logistic, sigmoid, z);
STUDENT(logistic, log_loss, log_odds, labels);
STUDENT(logistic, log_loss_gradient, x, labels, coefficients);
STUDENT(logistic, softmax, scores);

namespace {

using Labels = std::vector<int>;

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

/// The gradient made of `error(log odds, label)` for each row.
template <class Error>
TensorD gradient_of(const TensorD& x, const Labels& labels, const TensorD& coefficients, Error&& error) {
  const int rows = x.shape()[0], columns = x.shape()[1];
  TensorD gradient({columns});
  for (int n = 0; n < rows; ++n) {
    double z = 0;
    for (int i = 0; i < columns; ++i) z += x(n, i) * coefficients(i);
    const double of_row = error(z, labels[place(n)]);
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

struct LogOdds {
  double z = 0;
  std::string because;
};

struct Forecasted {
  Column log_odds;
  Labels labels;
  std::string because;
};

std::vector<KnownMistake<Forecasted, double>> log_loss_mistakes() {
  using Function = std::function<double(const Forecasted&)>;
  const auto mean = [](auto of_row) -> Function {
    return [of_row](const Forecasted& of) { return mean_over(of.log_odds, of.labels, of_row); };
  };
  const auto right_by = [](auto change) -> Function {
    return [change](const Forecasted& of) {
      return change(log_loss_of(of.log_odds, of.labels), static_cast<double>(of.labels.size()));
    };
  };
  const auto of_one_row = [](bool is_first, bool is_shared) -> Function {
    return [=](const Forecasted& of) {
      const std::size_t row = is_first ? 0 : of.labels.size() - 1;
      return surprise(of.log_odds[row], of.labels[row]) / (is_shared ? static_cast<double>(of.labels.size()) : 1);
    };
  };
  const std::string logarithm = "which logarithm belongs to exp?", how_many = "how many rows are there?",
                    one_of_them = "one logarithm a row: of what came", where = "where does the label enter?",
                    inside = "what does `return` do inside a loop?",
                    overwritten = "what does `=` do to what the rows before have added?";
  return {{right_by([](double right, double n) { return n * right; }), "this is the sum, not the mean", how_many},
          {right_by([](double right, double n) { return n > 1 ? n * right / (n - 1) : kInfinity; }),
           "the sum is divided by one less than the count", how_many},
          {right_by([](double right, double) { return -right; }), "the loss has the wrong sign",
           "the log of a probability is never positive; a loss is never negative"},
          {right_by([](double right, double n) { return -n * right; }), "the loss has the wrong sign, and is a sum",
           "a loss is never negative, and how many rows are there?"},
          {right_by([](double right, double) { return right / std::numbers::ln2; }), "the loss is in bits", logarithm},
          {right_by([](double right, double) { return right / std::numbers::ln10; }), "the loss is a decimal logarithm",
           logarithm},
          {mean([](double z, int label) { return surprise(z, 1 - label); }), "yes and no are exchanged",
           "of which label is sigmoid(z) the probability?"},
          {mean([](double z, int label) { return label == 1 ? surprise(z, 1) : 0; }),
           "only the rows with label 1 are counted", "what is the surprise of a dry day?"},
          {mean([](double z, int label) { return label == 0 ? surprise(z, 0) : 0; }),
           "only the rows with label 0 are counted", "what is the surprise of a rainy day?"},
          {mean([](double z, int) { return surprise(z, 1); }), "a no is counted as if it were a yes", where},
          {mean([](double z, int) { return surprise(z, 0); }), "a yes is counted as if it were a no", where},
          {mean([](double z, int label) { return surprise(z, 1) + (label == 1 ? 0 : surprise(z, 0)); }),
           "a dry day is counted under both labels", one_of_them},
          {mean([](double z, int label) { return surprise(z, 0) + (label == 0 ? 0 : surprise(z, 1)); }),
           "a rainy day is counted under both labels", one_of_them},
          {mean([](double z, int label) { return surprise(z, label) + surprise(z, 1 - label); }),
           "the logs of both outcomes are added", "only one of them came"},
          {mean([](double z, int label) { return std::pow(residual(z, label), 2); }), "the loss is a squared error",
           "that is Brier's score, and another one"},
          {mean([](double z, int label) { return std::abs(residual(z, label)); }),
           "the loss is the probability that was missing", "how surprised is one who gave it three quarters?"},
          {mean([](double z, int label) { return 1 - std::abs(residual(z, label)); }),
           "the loss is the probability itself", "how surprised is one who gave it three quarters?"},
          {mean([](double z, int label) { return std::exp(label == 1 ? -z : z); }),
           "the odds against what came are averaged, without a log",
           "log(1 + exp(-z)): what has become of the 1 and the log?"},
          {mean([](double z, int label) { return std::max(0.0, label == 1 ? -z : z); }),
           "the smaller of the two exps is dropped", "what is left of log(1 + exp(-z)) beside the larger one?"},
          {of_one_row(true, true), "only the first row is counted", inside},
          {of_one_row(true, false), "only the first row is counted", inside},
          {of_one_row(false, true), "only the last row is counted", overwritten},
          {of_one_row(false, false), "only the last row is counted", overwritten}};
}

struct Rows {
  TensorD x;
  Labels labels;
  TensorD coefficients;
  std::string because;
};

/// How the log odds of a row are added up. By default as they should be.
enum class Adding { kRight, kOverwritten, kNotReset, kFromTheFirstCoefficient, kWithoutTheFirst };

/// The gradient when the log odds are added up in another way.
TensorD gradient_adding(const Rows& of, Adding how) {
  const int rows = of.x.shape()[0], columns = of.x.shape()[1];
  TensorD gradient({columns});
  double z = 0;
  for (int n = 0; n < rows; ++n) {
    if (how != Adding::kNotReset) z = how == Adding::kFromTheFirstCoefficient ? of.coefficients(0) : 0;
    for (int i = how == Adding::kWithoutTheFirst ? 1 : 0; i < columns; ++i)
      z = (how == Adding::kOverwritten ? 0 : z) + of.x(n, i) * of.coefficients(i);
    const double error = residual(z, of.labels[place(n)]);
    for (int i = 0; i < columns; ++i) gradient(i) += error * of.x(n, i) / rows;
  }
  return gradient;
}

std::vector<KnownMistake<Rows, TensorD>> gradient_mistakes() {
  using Function = std::function<TensorD(const Rows&)>;
  const auto with_error = [](auto error) -> Function {
    return [error](const Rows& of) { return gradient_of(of.x, of.labels, of.coefficients, error); };
  };
  const auto right_times = [](auto factor) -> Function {
    return [factor](const Rows& of) {
      return times(right_gradient(of.x, of.labels, of.coefficients),
                   factor(static_cast<double>(of.x.shape()[0]), static_cast<double>(of.x.shape()[1])));
    };
  };
  const auto adding = [](Adding how) -> Function { return [how](const Rows& of) { return gradient_adding(of, how); }; };
  /// `entry(rows, row, column)` stands where the entry of the row should.
  const auto with_entry = [](auto entry) -> Function {
    return [entry](const Rows& of) {
      TensorD x = of.x, gradient({of.x.shape()[1]});
      for (int n = 0; n < x.shape()[0]; ++n) {
        double z = 0;
        for (int i = 0; i < x.shape()[1]; ++i) z += of.x(n, i) * of.coefficients(i);
        const double error = residual(z, of.labels[place(n)]);
        for (int i = 0; i < x.shape()[1]; ++i) gradient(i) += error * entry(of, n, i) / x.shape()[0];
      }
      return gradient;
    };
  };
  const auto only_row = [](bool is_first, bool is_shared) -> Function {
    return [=](const Rows& of) {
      const int rows = of.x.shape()[0];
      int n = 0;  // rows come in order
      const TensorD gradient = gradient_of(of.x, of.labels, of.coefficients, [&](double z, int label) {
        return n++ == (is_first ? 0 : rows - 1) ? residual(z, label) : 0;
      });
      return is_shared ? gradient : times(gradient, rows);
    };
  };
  const std::string which_way = "probability minus label, or label minus probability?",
                    mean = "the loss is a mean; its gradient?",
                    square = "the 2 belongs to a square, and nothing is squared here",
                    overwritten = "what does `=` do to what the rows before have added?",
                    inside = "what does `return` do inside a loop?",
                    forecast = "what is the error of a forecast of 0.7 when it rained?",
                    sum = "log_odds(n) is a sum over all columns, and starts at 0 for each row: does yours?";
  return {
      {right_times([](double n, double) { return n; }), "this is the sum over the rows, not the mean", mean},
      {right_times([](double, double) { return -1; }), "the gradient points the wrong way", which_way},
      {right_times([](double n, double) { return -n; }), "the gradient points the wrong way, and is a sum",
       which_way + " And how many rows are there?"},
      {right_times([](double, double) { return 2; }), "the gradient is twice as long as it should be", square},
      {right_times([](double n, double) { return 2 * n; }), "the gradient is a sum, and twice as long at that", square},
      {right_times([](double, double) { return 0.5; }), "the gradient is half as long as it should be",
       "is there a 1/2 in front of the loss?"},
      {right_times([](double n, double columns) { return n / columns; }),
       "the sum is divided by the columns, not the rows", "over what is the mean?"},
      {right_times([](double, double columns) { return 1 / columns; }), "the mean is divided by the columns once more",
       "over what is the mean?"},
      {right_times([](double n, double) { return 1 / n; }), "the mean is divided by the rows twice",
       "where does your division stand, and how often is it done?"},
      {right_times([](double, double) { return 0; }), "the gradient is left at zero",
       "what is added to the entries, and where do they start?"},
      {with_error([](double z, int) { return regression::sigmoid(z); }), "the label is not subtracted", forecast},
      {with_error([](double z, int label) { return z - label; }), "the sigmoid is missing",
       "the neighbour predicts a number; here it has to become a probability first"},
      {with_error([](double z, int label) { return residual(-z, label); }), "the sign of the log odds is reversed",
       "should larger log odds make rain more likely?"},
      {with_error([](double z, int label) { return residual(z, 1 - label); }), "yes and no are exchanged",
       "which label has a rainy day?"},
      {with_error([](double z, int label) { return residual(z, 2 * label - 1); }), "a no is taken for a label of -1",
       "labels are 1 and 0: what is the error of 0.2 when it stayed dry?"},
      {with_error([](double z, int label) { return (z >= 0 ? 1 : 0) - label; }),
       "the error is taken of a yes or no, not of a probability", "by how much was 0.7 off when it rained?"},
      {with_error(
           [](double z, int label) { return residual(z, label) * regression::sigmoid(z) * regression::sigmoid(-z); }),
       "this is the gradient of half the squared error", "p (1 - p) cancels when the loss is the log loss"},
      {with_error([](double z, int label) {
         return 2 * residual(z, label) * regression::sigmoid(z) * regression::sigmoid(-z);
       }),
       "this is the gradient of the squared error", "p (1 - p) cancels when the loss is the log loss"},
      {with_error([](double z, int label) { return std::abs(residual(z, label)); }), "the error has lost its sign",
       "should a dry day that was given 0.7 pull the same way as a rainy one?"},
      {with_error([](double z, int label) { return surprise(z, label); }), "the loss stands where its slope should",
       "how does the loss of a row change when its log odds rise?"},
      {with_entry([](const Rows&, int, int) { return 1.0; }),
       "the error is not multiplied with what the coefficient was multiplied with",
       "how far do the log odds rise when coefficient i rises by 1?"},
      {with_entry([](const Rows& of, int, int i) { return of.coefficients(i); }),
       "the error is multiplied with the coefficient, not with what it was multiplied with",
       "how far do the log odds rise when coefficient i rises by 1?"},
      {with_entry([](const Rows& of, int n, int) { return of.x(n, 0); }),
       "the error is multiplied with the first column everywhere", "which column belongs to coefficient i?"},
      {adding(Adding::kOverwritten), "only the last column counts in the log odds", sum},
      {adding(Adding::kNotReset), "the log odds of one row go on into the next", sum},
      {adding(Adding::kFromTheFirstCoefficient), "the first coefficient is added as an intercept of its own",
       "where there is an intercept, it is a column of ones that is there already"},
      {adding(Adding::kWithoutTheFirst), "the first column is left out of the log odds", sum},
      {[](const Rows& of) {
         TensorD gradient = right_gradient(of.x, of.labels, of.coefficients);
         for (int i = 0; i < gradient.shape()[0]; ++i) gradient(i) += of.coefficients(i);
         return gradient;
       },
       "the sums start from the coefficients, not from 0", "what does a new TensorD({columns}) hold?"},
      {only_row(false, true), "only the last row is counted", overwritten},
      {only_row(false, false), "only the last row is counted", overwritten},
      {only_row(true, true), "only the first row is counted", inside},
      {only_row(true, false), "only the first row is counted", inside}};
}

}  // namespace

// sigmoid

TEST(Sigmoid, OfAnyLogOdds) {
  using Mistakes = std::vector<KnownMistake<LogOdds, double>>;
  const auto of = [](auto function) { return [function](const LogOdds& odds) { return double(function(odds.z)); }; };
  const std::string more_likely = "should a larger z make yes more or less likely?",
                    chances = "odds of three to one: how many chances in how many?",
                    natural = "log odds are natural logarithms";
  const Mistakes mistakes{
      {of([](double z) { return regression::sigmoid(-z); }), "the sign of z is reversed", more_likely},
      {of([](double z) { return regression::sigmoid(std::abs(z)); }), "the sign of z is lost",
       "which form belongs to a z below 0?"},
      {of([](double z) { return regression::sigmoid(-std::abs(z)); }), "the sign of z is lost",
       "which form belongs to a z above 0?"},
      {of([](double z) { return std::exp(z); }), "these are the odds, not the probability", chances},
      {of([](double z) { return std::exp(-z); }), "these are the odds against", chances},
      {of([](double z) { return 1 + std::exp(-z); }), "this is one over the probability", "on which side of the line?"},
      {of([](double z) { return std::tanh(z); }), "this is the hyperbolic tangent",
       "a probability of 1/2 belongs to log odds of 0"},
      {of([](double z) { return (1 + std::tanh(z)) / 2; }), "z is taken twice",
       "(1 + tanh(u)) / 2: what is u for log odds z?"},
      {of([](double z) { return 1 / (1 + std::pow(2, -z)); }), "the base of the power is 2", natural},
      {of([](double z) { return 1 / (1 + std::pow(10, -z)); }), "the base of the power is 10", natural},
      {of([](double z) { return regression::sigmoid(z) * regression::sigmoid(-z); }),
       "this is the slope of the curve, not its height", "p (1 - p) is the derivative"},
      {of([](double z) { return -std::log1p(std::exp(-z)); }), "this is the log of the probability",
       "where does a log come into 1 / (1 + exp(-z))?"},
      {of([](double z) { return 1 / (1 - std::exp(-z)); }), "exp(-z) is subtracted", "with which sign does it stand?"},
      {of([](double) { return 0.0; }), "the division of whole numbers leaves no fraction",
       "what type is what you divide?"}};
  std::vector<LogOdds> cases{{std::log(3.0), "log odds of log 3 are odds of three to one: three chances in four"},
                             {-std::log(3.0), "log odds of -log 3 are odds of one to three: one chance in four"},
                             {0, "even odds are one half"}};
  for (int draw = 0; draw < 8; ++draw) cases.push_back({draws().uniform(-6, 6), ""});
  expect_answers(
      cases, [](const LogOdds& odds) { return student::sigmoid(odds.z); },
      [](const LogOdds& odds) { return regression::sigmoid(odds.z); }, mistakes);
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
    answer.within(1e-10 * std::exp(z));  // for mistakes, too: nearly 0 is not 0 here
    for (const double end : {20.0, 30.0, 35.0, 36.0, 50.0, 100.0, 250.0, 500.0})
      if (end < -z)
        answer.mistake(regression::sigmoid(-end), "z is cut off",
                       "no z needs cutting off when exp only sees what is below 0");
    for (const double floor : kFloors)
      if (floor > std::exp(z))
        answer.mistake(floor, "the probability is held above a floor", "which form of the formula never gives 0 here?");
    answer
        .mistake(0.0, "a tiny probability has become 0",
                 "1 - p loses everything when p is nearly 1: can you write exp(z) / (1 + exp(z))?")
        .because("for z far below 0 the denominator is 1 and sigmoid(z) is exp(z)");
  }
}

TEST(Sigmoid, OfYesAndOfNoAddUpToOne) {
  const double z = draws().uniform(0.5, 5), yes = student::sigmoid(z), no = student::sigmoid(-z);
  EXPECT_PROPERTY(std::abs(yes + no - 1) < 1e-12, "sigmoid(z) and sigmoid(-z) add up to 1")
      .shows("sigmoid(z)", yes)
      .shows("sigmoid(-z)", no)
      .because("the odds against are one over the odds for: turning yes and no round changes the sign of the log odds");
}

// log-loss

TEST(LogLoss, IsTheMeanSurprise) {
  const auto mistakes = log_loss_mistakes();
  const double third = std::log(3.0);
  std::vector<Forecasted> cases{{{third}, {1}, "what came had been given a probability of 3/4, and -log(3/4) is 0.288"},
                                {{third}, {0}, "it stayed dry, which had been given 1/4: -log(1/4) is 1.386"}};
  for (const int rows : {7, 5, 9}) cases.push_back({gaussian_column(rows, 2), yes_and_no(rows), ""});
  expect_answers(
      cases, [](const Forecasted& of) { return student::log_loss(of.log_odds, of.labels); },
      [](const Forecasted& of) { return log_loss_of(of.log_odds, of.labels); }, mistakes);
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
  answer.within(1e-10 * std::exp(-z));  // for mistakes, too: nearly 0 is not 0 here
  for (const double floor : kFloors)
    if (floor > 1e-14)
      answer.mistake((surprise_clamped(z, 1, floor) + surprise_clamped(-z, 0, floor)) / 2,
                     "the probability is clamped before its log is taken",
                     "can you take the log before a probability is made?");
  answer
      .mistake(0.0, "a tiny loss has become 0",
               "in a double 1 + 4e-18 is 1, and 40 + 4e-18 - 40 is 0: which function is made for log(1 + u), and which "
               "sign of z belongs to a yes?")
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

TEST(LogLossGradient, IsTheMeanOverTheRowsOfErrorTimesEntry) {
  const auto mistakes = gradient_mistakes();
  const auto right = [](const Rows& of) { return right_gradient(of.x, of.labels, of.coefficients); };
  const double third = std::log(3.0);
  std::vector<Rows> cases{{TensorD({1, 3}, {1, 4, 2}),
                           {1},
                           TensorD({3}, {-third, 0, 0}),
                           "the log odds are -log 3, the probability 1/4, the label 1: an error of -3/4, and the row "
                           "holds 1, 4 and 2"},
                          {TensorD({1, 3}, {1, 4, 2}),
                           {0},
                           TensorD({3}, {-third, 0, 0}),
                           "the log odds are -log 3, the probability 1/4, the label 0: an error of 1/4, and the row "
                           "holds 1, 4 and 2"}};
  for (const auto& [rows, columns] : {std::pair{6, 4}, {7, 3}, {4, 5}})
    cases.push_back({with_intercept(rows, columns), yes_and_no(rows), gaussian_d({columns}), ""});
  expect_answers(
      cases, [](const Rows& of) { return student::log_loss_gradient(of.x, of.labels, of.coefficients); }, right,
      mistakes);
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
  const TensorD scores({5, 3}, {1000, 998, 999, 5000, -5000, 0, 0, 900, 899, -3000, 0, 1, 800, 799, 0});
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(softmax_less(scores, [](int) { return 0.0; }), "exp of a large score overflows",
               "which number can you subtract from a whole row so that exp never sees more than 0?")
      .mistake(softmax_less(scores, [&](int n) { return scores(n, 0); }),
               "the first score is subtracted, and another one is far larger",
               "which score of the row is safe to subtract?")
      .mistake(softmax_less(scores, [&](int n) { return -largest_of(times(scores, -1), n); }),
               "the smallest score is subtracted, and the largest lies far above it",
               "which score of the row is safe to subtract?")
      .mistake(softmax_less(scores, [&](int n) { return scores(n, 2); }),
               "the last score is subtracted, and another one is far larger",
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
  // exp(-600) is no 0 yet, exp(-1000) is.
  const TensorD scores({3, 2}, {-600, -601, -1000, -1001, -5000, -5002});
  const auto of_magnitude = [&](int n) { return std::max(std::abs(scores(n, 0)), std::abs(scores(n, 1))); };
  EXPECT_ANSWER(student::softmax(scores), softmax_of(scores))
      .mistake(softmax_less(scores, of_magnitude), "the largest magnitude is subtracted, not the largest score",
               "which is larger, -1000 or -1001?")
      .mistake(softmax_less(scores, [](int) { return 0.0; }), "all exps of a row have become 0",
               "which number does your search for the largest start from, and is it sure to be in the row?")
      .mistake(softmax_less(scores, [&](int n) { return largest_from(std::numeric_limits<double>::min(), scores, n); }),
               "all exps of a row have become 0",
               "which number does your search for the largest start from? numeric_limits' min() is a tiny one above 0")
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
