#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "grader/judge/judge.hpp"
#include "reference.hpp"
#include "tasks.hpp"

using least_squares::Line;
using least_squares::Quality;
using namespace handbuilt::grader;

STUDENT(least_squares, fit_line, x, y);
STUDENT(least_squares, fit_quality, y, predicted);

namespace {

/// The sum of (a - shift_a) (b - shift_b).
double products(const Column& a, double shift_a, const Column& b, double shift_b) {
  double sum = 0;
  for (std::size_t n = 0; n < a.size(); ++n) sum += (a[n] - shift_a) * (b[n] - shift_b);
  return sum;
}
double centred(const Column& a, const Column& b) { return products(a, mean_of(a), b, mean_of(b)); }

Line through_means(const Column& x, const Column& y, double slope) { return {slope, mean_of(y) - slope * mean_of(x)}; }
Line best_line(const Column& x, const Column& y) { return through_means(x, y, centred(x, y) / centred(x, x)); }

/// First set of Anscombe (1973), "Graphs in statistical analysis".
const Column kAnscombeX{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
const Column kAnscombeY{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};

template <class Expectation>
void name_mistakes(Expectation&& expectation, const Column& x, const Column& y) {
  const Line best = best_line(x, y);
  const double sxx = centred(x, x), syy = centred(y, y), sxy = centred(x, y);
  const double raw_slope = products(x, 0, y, 0) / products(x, 0, x, 0);
  const auto count = static_cast<double>(x.size());
  std::forward<Expectation>(expectation)
      .rules_out_other_mistakes()
      .mistake(Line{raw_slope, 0}, "this is the line through the origin",
               "from which point are x and y measured, and who says that the line runs through 0?")
      .mistake(through_means(x, y, raw_slope), "this is the slope of the line through the origin",
               "from which point are x and y measured when you form the two sums?")
      .mistake(through_means(x, y, sxy / syy), "x and y have changed places in the divisor",
               "whose variation does the slope divide by?")
      .mistake(through_means(x, y, sxx / sxy), "the quotient is upside down", "in which unit is a slope?")
      .mistake(through_means(x, y, syy / sxy), "this line has the smallest squared distances in x",
               "which of the two is predicted from the other?")
      .mistake(through_means(x, y, sxy / std::sqrt(sxx * syy)), "the slope is the correlation",
               "what would become of it if y were in other units?")
      .mistake(through_means(x, y, sxy / count), "the slope is the covariance", "what is it divided by?")
      .mistake(through_means(x, y, sxy / sxx * count / (count - 1)), "numerator and denominator count differently",
               "is one of the two a sum and the other a mean?")
      .mistake(through_means(x, y, (y.back() - y.front()) / (x.back() - x.front())),
               "the slope is that from the first to the last point", "what do the other points say?")
      .mistake(Line{best.slope, mean_of(y)}, "the intercept is the mean of y", "where is the line when x is 0?")
      .mistake(Line{best.slope, mean_of(y) + best.slope * mean_of(x)},
               "the intercept has the wrong sign in front of the slope",
               "the line runs through the mean of x and the mean of y: solve that for the intercept")
      .mistake(Line{(y.back() - y.front()) / (x.back() - x.front()),
                    y.front() - (y.back() - y.front()) / (x.back() - x.front()) * x.front()},
               "the line joins the first and the last point", "what do the other points say?")
      .mistake(Line{best.slope, y.front() - best.slope * x.front()}, "the line runs through the first point",
               "which point do all the data agree on?")
      .mistake(Line{best.slope, y.back() - best.slope * x.back()}, "the line runs through the last point",
               "which point do all the data agree on?")
      .mistake(Line{best.slope, 0}, "the intercept is left at 0", "where is the line when x is 0?")
      .mistake(Line{best.intercept, best.slope}, "slope and intercept have changed places",
               "which of the two does Line name first?");
}

Quality quality_of(const Column& y, const Column& predicted, double about) {
  Quality quality;
  double squares = 0;
  for (std::size_t n = 0; n < y.size(); ++n) {
    quality.residuals.push_back(y[n] - predicted[n]);
    squares += quality.residuals[n] * quality.residuals[n];
  }
  quality.rmse = std::sqrt(squares / static_cast<double>(y.size()));
  quality.r_squared = 1 - squares / products(y, about, y, about);
  return quality;
}
Quality quality_of(const Column& y, const Column& predicted) { return quality_of(y, predicted, mean_of(y)); }

Quality with(Quality quality, double rmse, double r_squared) {
  quality.rmse = rmse;
  quality.r_squared = r_squared;
  return quality;
}

Quality with_opposite_residuals(Quality quality) {
  quality.residuals = times(quality.residuals, -1);
  return quality;
}

Column eighths(int count, int low, int high) { return times(reference::whole_column(count, low, high), 1.0 / 8); }

Column scattered_about_a_line(const Column& x) {
  Column y = eighths(static_cast<int>(x.size()), -40, 40);
  for (std::size_t n = 0; n < x.size(); ++n) y[n] += 1.5 * x[n] + 20;
  return y;
}

Quality with_residuals_without_sign(Quality quality) {
  quality.residuals = each(quality.residuals, std::abs);
  return quality;
}

template <class Expectation>
void name_quality_mistakes(Expectation&& expectation, const Column& y, const Column& predicted) {
  const Quality right = quality_of(y, predicted);
  const double points = static_cast<double>(y.size());
  const double squares = right.rmse * right.rmse * points, total = centred(y, y);
  const double explained = products(predicted, mean_of(y), predicted, mean_of(y));
  const double correlation = centred(y, predicted) / std::sqrt(centred(y, y) * centred(predicted, predicted));
  double distances = 0;
  for (const double residual : right.residuals) distances += std::abs(residual);
  std::forward<Expectation>(expectation)
      .rules_out_other_mistakes()
      .mistake(with_opposite_residuals(right), "the residuals have the opposite sign",
               "a point above the line: is its residual above 0?")
      .mistake(with_residuals_without_sign(right), "the residuals have lost their sign",
               "what tells a point above the line from one below it?")
      .mistake(with(right, distances / points, right.r_squared), "the rmse is the mean absolute error",
               "which of the two makes one big miss count more than several small ones?")
      .mistake(with(right, std::sqrt(squares / (points - 2)), right.r_squared),
               "the squares are divided by two less than their number",
               "that estimates the scatter about a line; what is a mean?")
      .mistake(with(right, squares / points, right.r_squared), "the root of the mean is missing",
               "in which unit should the rmse be?")
      .mistake(with(right, std::sqrt(squares), right.r_squared), "the mean is missing: this is the root of the sum",
               "does it stay the same when every row stands there twice?")
      .mistake(with(right, std::sqrt(squares) / points, right.r_squared), "the root is taken before the mean",
               "root, mean, square: in which order do you go through them?")
      .mistake(with(right, std::sqrt(squares / (points - 1)), right.r_squared),
               "the squares are divided by one less than their number", "that belongs to a variance; what is a mean?")
      .mistake(with(right, right.rmse, squares / total), "this is the share that is not explained",
               "what is R^2 of a perfect fit?")
      .mistake(with(right, right.rmse, quality_of(y, predicted, 0).r_squared),
               "y is measured from 0 and not from its mean", "which dumb estimate are you compared with?")
      .mistake(with(right, right.rmse, quality_of(y, predicted, mean_of(predicted)).r_squared),
               "y is measured from the mean of the predictions", "whose mean is the dumb estimate of y?")
      .mistake(with(right, right.rmse, 1 - squares / centred(predicted, predicted)),
               "the variation is that of the predictions", "what is there to be explained: y or the predictions?")
      .mistake(
          with(right, right.rmse, correlation * correlation), "this is the squared correlation",
          "it is the same for least squares on the training rows only; what does it say of predictions that are all "
          "10 too high?")
      .mistake(with(right, right.rmse, explained / total), "this is the variation of the predictions over that of y",
               "can it tell predictions that vary as much as y, and at the wrong rows?")
      .mistake(with(right, right.rmse, std::max(0.0, right.r_squared)), "R^2 is not allowed below 0",
               "what should it say of predictions worse than the mean?")
      .mistake(with(right, right.rmse, 1 - right.rmse * right.rmse / total),
               "a mean of squares is compared with a sum of squares", "are the two sums of the same kind?")
      .mistake(with(right, right.rmse, 1 - std::sqrt(squares / total)), "lengths are compared, not squares",
               "what does the square in R^2 stand for?");
}

}  // namespace

// fit-line

TEST(FitLine, OfThreePoints) {
  // y = 2 x - 1 at the ends, and one point 3 above it: the line is lifted by 1.
  const Column x{0, 2, 4}, y{-1, 6, 7};
  name_mistakes(EXPECT_ANSWER(student::fit_line(x, y), (Line{2, 0})), x, y);
}

TEST(FitLine, OfAnscombesFirstSet) {
  name_mistakes(EXPECT_ANSWER(student::fit_line(kAnscombeX, kAnscombeY), best_line(kAnscombeX, kAnscombeY))
                    .because("Anscombe's line is close to y = 0.5 x + 3"),
                kAnscombeX, kAnscombeY);
}

TEST(FitLine, OfAnyPoints) {
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int count = draws().below(20) + 5;
    const Column x = eighths(count, -80, 80), y = scattered_about_a_line(x);
    name_mistakes(EXPECT_ANSWER(student::fit_line(x, y), best_line(x, y)), x, y);
  }
}

TEST(FitLine, DoesNotMindTheUnits) {
  for (const double unit : {1e-4, 1e-12, 1e9}) {
    const Column eighths_x = eighths(8, -80, 80), x = times(eighths_x, unit), y = scattered_about_a_line(eighths_x);
    name_mistakes(
        EXPECT_ANSWER(student::fit_line(x, y), best_line(x, y))
            .because("the same points in other units have the same line, in other units")
            .help("what is small depends on the unit: is there a number in your code that x is compared with?"),
        x, y);
  }
}

TEST(FitLine, LeavesResidualsThatNeitherLeanNorFloat) {
  const Column x = eighths(12, -80, 80), y = eighths(12, -80, 80);
  const Line line = student::fit_line(x, y);
  double sum = 0, lever = 0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double residual = y[n] - line.slope * x[n] - line.intercept;
    sum += residual;
    lever += residual * x[n];
  }
  EXPECT_PROPERTY(std::abs(sum) < 1e-8 && std::abs(lever) < 1e-7,
                  "the residuals add up to 0, and so do the residuals times x")
      .shows("line", line)
      .shows("sum of residuals", sum)
      .shows("sum of residuals times x", lever)
      .because("otherwise lifting or turning the line a little would make the squares smaller");
}

TEST(FitLine, RunsThroughTwoPoints) { EXPECT_ANSWER(student::fit_line({1, 3}, {5, -1}), (Line{-3, 8})); }

TEST(FitLine, KeepsItsDigitsOnAClockThatStartedLongAgo) {
  // Ten seconds of a robot's log, stamped in seconds since 1970; it covers 0.25 m in each.
  Column time_s, way_m;
  for (int n = 0; n < 10; ++n) {
    time_s.push_back(1.7e9 + n);
    way_m.push_back(0.25 * n);
  }
  const double speed_mps = student::fit_line(time_s, way_m).slope;
  EXPECT_PROPERTY(std::abs(speed_mps - 0.25) < 1e-6, "the start of the clock does not change the slope")
      .shows("slope", speed_mps)
      .shows("expected", 0.25)
      .because("0.25 m in each second is 0.25 m/s, whenever the clock was started")
      .help(
          "the squares of such large numbers agree in all digits that a double keeps. Measure x from its mean before "
          "you multiply");
}

TEST(FitLine, HasNoSlopeWhenAllXAreEqual) {
  EXPECT_ANSWER(student::fit_line({4, 4, 4}, {1, 2, 6}), (Line{kNan, kNan}))
      .mistake(Line{0, 3}, "a level line is given where any slope fits as well",
               "who could tell it from a slope that was measured and came out 0?")
      .mistake(Line{kNan, 3}, "the slope is NaN and the intercept is not",
               "through which point would the line run where x is 0?")
      .because("any line through the mean of x and of y has the same residuals here: NaN says that there is no answer");
}

TEST(FitLine, HasNoSlopeWhenAllXAreEqualAndTheirMeanIsRounded) {
  for (const double value : {0.1, -1.1, 1e-9, 1.7e9})
    for (const std::size_t count : {3U, 6U, 10U}) {
      const Column x(count, value), y = reference::whole_column(static_cast<int>(count), 1, 9);
      EXPECT_ANSWER(student::fit_line(x, y), (Line{kNan, kNan}))
          .because(
              "any line through the mean of x and of y has the same residuals here: NaN says that there is no "
              "answer. In binary a mean of tenths is rarely a tenth")
          .help(
              "distances from the mean may come out as rounding instead of 0: look at the x themselves and ask "
              "whether one of them differs from the first");
    }
}

// fit-quality

TEST(FitQuality, OfFourPredictions) {
  const Column y{1, 3, 5, 11}, predicted{2, 3, 3, 10};
  name_quality_mistakes(EXPECT_ANSWER(student::fit_quality(y, predicted), quality_of(y, predicted)), y, predicted);
}

TEST(FitQuality, OfAnyPredictions) {
  for (int repeat = 0; repeat < 3; ++repeat) {
    const int count = draws().below(20) + 5;
    const Column y = eighths(count, -80, 160), noise = eighths(count, -16, 24);
    Column predicted;
    for (std::size_t n = 0; n < y.size(); ++n) predicted.push_back(y[n] + noise[n]);
    name_quality_mistakes(EXPECT_ANSWER(student::fit_quality(y, predicted), quality_of(y, predicted)), y, predicted);
  }
}

TEST(FitQuality, DoesNotMindTheUnits) {
  for (const double unit : {1e-5, 1e-12, 1e9}) {
    Column y = eighths(8, -80, 160), predicted = eighths(8, -16, 24);
    for (std::size_t n = 0; n < y.size(); ++n) predicted[n] = unit * (y[n] + predicted[n]);
    for (double& value : y) value *= unit;
    name_quality_mistakes(
        EXPECT_ANSWER(student::fit_quality(y, predicted), quality_of(y, predicted))
            .because("the same fit in other units has the same R^2")
            .help("what is small depends on the unit: is there a number in your code that a sum is compared with?"),
        y, predicted);
  }
}

TEST(FitQuality, KeepsItsDigitsWhereAllYAreLargeAndClose) {
  Column y, predicted;
  for (int n = 0; n < 10; ++n) {
    y.push_back(1e8 + n);
    predicted.push_back(1e8 + n + (n % 2 == 0 ? 1 : -1));
  }
  const double r_squared = student::fit_quality(y, predicted).r_squared, expected = 1 - 10 / 82.5;
  EXPECT_PROPERTY(std::abs(r_squared - expected) < 1e-6, "R^2 does not change when y and predictions are moved alike")
      .shows("r_squared", r_squared)
      .shows("expected", expected)
      .help(
          "the squares of such large numbers agree in nearly all digits that a double keeps: subtract the mean of y "
          "before you square, and not afterwards");
}

TEST(FitQuality, OfPredictionsThatAreAllTooHighIsBelowZero) {
  const Column y{1, 2, 3, 4}, predicted{11, 12, 13, 14};
  name_quality_mistakes(EXPECT_ANSWER(student::fit_quality(y, predicted), quality_of(y, predicted))
                            .because("the mean of y would have been far better, and R^2 has to say so"),
                        y, predicted);
}

TEST(FitQuality, OfPerfectPredictionsIsOne) {
  const Column y = eighths(6, -80, 0), more{3, 4.5};
  Column all = y;
  all.insert(all.end(), more.begin(), more.end());
  EXPECT_ANSWER(student::fit_quality(all, all), (Quality{Column(8, 0.0), 0, 1}))
      .mistake(Quality{Column(8, 0.0), 0, 0}, "this is the share that is not explained");
}

TEST(FitQuality, OfTheMeanIsZero) {
  const Column y{2, 4, 9};
  EXPECT_ANSWER(student::fit_quality(y, {5, 5, 5}).r_squared, 0.0)
      .because("R^2 says how much better you are than the mean, and this is the mean");
}

TEST(FitQuality, HasNoRSquaredWhereNothingVaries) {
  // A mean of tenths is rarely a tenth.
  for (const double value : {7.0, 0.0, 0.1, -1.1, 1e-9, 1.7e9})
    for (const std::size_t count : {1U, 3U, 6U, 10U}) {
      const Column y(count, value);
      Column predicted = y;
      predicted.back() += 1;
      const Quality right = with(quality_of(y, predicted),
                                 std::abs(y.back() - predicted.back()) / std::sqrt(static_cast<double>(count)), kNan);
      EXPECT_ANSWER(student::fit_quality(y, predicted), right)
          .mistake(with(right, right.rmse, -kInfinity), "R^2 is divided by a variation of 0",
                   "ask whether y varies before you divide")
          .mistake(with(right, right.rmse, 0), "R^2 is given where nothing varies",
                   "who could tell it from a fit that explains nothing?")
          .because("there was no variation to explain")
          .help(
              "distances from the mean may come out as rounding instead of 0: look at the y themselves and ask "
              "whether one of them differs from the first");
    }
}
