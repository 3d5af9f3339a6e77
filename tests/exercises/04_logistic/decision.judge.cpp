#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "grader/judge/judge.hpp"
#include "regression/classification_metrics.hpp"
#include "tasks.hpp"

using namespace handbuilt::grader;
using logistic::Calibration;
using logistic::Choice;
namespace regression = handbuilt::regression;

STUDENT(logistic, cheapest_threshold, probabilities, labels, false_alarm, miss);
STUDENT(logistic, calibration, probabilities, labels, bins);

namespace {

using Column = std::vector<double>;
using Labels = std::vector<int>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

handbuilt::VectorD as_vector(const Column& values) {
  return Eigen::Map<const handbuilt::VectorD>(values.data(), std::ssize(values));
}

/// What one threshold costs a row. `yes_at_threshold` is whether a probability that equals it is called yes.
double cost_of(double threshold, const Column& probabilities, const Labels& labels, double false_alarm, double miss,
               bool yes_at_threshold = true) {
  double cost = 0;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const bool yes = yes_at_threshold ? probabilities[n] >= threshold : probabilities[n] > threshold;
    cost += yes ? (labels[n] == 0 ? false_alarm : 0) : (labels[n] == 1 ? miss : 0);
  }
  return cost / static_cast<double>(labels.size());
}

double cheapest(const Column& candidates, const Column& probabilities, const Labels& labels, double false_alarm,
                double miss, bool yes_at_threshold = true) {
  double best = kInfinity;
  for (const double threshold : candidates)
    best = std::min(best, cost_of(threshold, probabilities, labels, false_alarm, miss, yes_at_threshold));
  return best;
}

double dearest(const Column& candidates, const Column& probabilities, const Labels& labels, double false_alarm,
               double miss) {
  double worst = 0;
  for (const double threshold : candidates)
    worst = std::max(worst, cost_of(threshold, probabilities, labels, false_alarm, miss));
  return worst;
}

Column grid(int steps) {
  Column values;
  for (int step = 0; step <= steps; ++step) values.push_back(static_cast<double>(step) / steps);
  return values;
}

Column with_never(Column candidates) {
  candidates.push_back(kInfinity);
  return candidates;
}

/// The cost when each row may be decided apart, though others have the same probability: rows in order, cut anywhere.
double cheapest_cut_within_ties(const Column& probabilities, const Labels& labels, double false_alarm, double miss) {
  std::vector<std::size_t> order(labels.size());
  for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  double cost = miss * static_cast<double>(std::count(labels.begin(), labels.end(), 1)), best = cost;
  for (const std::size_t n : order) {
    cost += labels[n] == 1 ? -miss : false_alarm;
    best = std::min(best, cost);
  }
  return best / static_cast<double>(labels.size());
}

/// Probabilities that differ, in (0, 1), and labels drawn by them: a forecaster that means what it says.
struct Forecasts {
  Column probabilities;
  Labels labels;
};
Forecasts forecasts(int rows) {
  Forecasts made;
  for (int n = 0; n < rows; ++n) {
    made.probabilities.push_back(draws().uniform(0.03, 0.97));
    made.labels.push_back(draws().chance(made.probabilities.back()) ? 1 : 0);
  }
  return made;
}

/// Judges both members: the smallest cost there is, and a threshold that really costs it.
void expect_cheapest(const Column& probabilities, const Labels& labels, double false_alarm, double miss,
                     const char* because) {
  const Choice choice = student::cheapest_threshold(probabilities, labels, false_alarm, miss);
  const double right = regression::cheapest_threshold(as_vector(probabilities), labels, false_alarm, miss).cost;
  const auto rows = static_cast<double>(labels.size());
  const Column tenths = grid(10), hundredths = grid(100), thousandths = grid(1000), own = probabilities;
  Column inner = own;
  inner.erase(std::min_element(inner.begin(), inner.end()));
  const auto best = [&](const Column& candidates, bool yes_at_threshold = true) {
    return cheapest(candidates, probabilities, labels, false_alarm, miss, yes_at_threshold);
  };
  EXPECT_ANSWER(choice.cost, right)
      .mistake(cheapest(with_never(own), probabilities, labels, miss, false_alarm),
               "miss and false alarm are exchanged", "which of the two is a no where the label is 1?")
      .mistake(
          cost_of(0.5, probabilities, labels, false_alarm, miss), "the threshold is always one half",
          "half is cheapest when both mistakes cost the same and probabilities mean what they say: is that given here?")
      .mistake(best(own), "\"never\" is not tried", "what does it cost to say no on every row?")
      .mistake(best(tenths), "only the tenths are tried", "between which two values do the decisions not change?")
      .mistake(best(hundredths), "only the hundredths are tried",
               "between which two values do the decisions not change?")
      .mistake(best(with_never(tenths)), "only the tenths are tried",
               "between which two values do the decisions not change?")
      .mistake(best(with_never(hundredths)), "only the hundredths are tried",
               "between which two values do the decisions not change?")
      .mistake(best(thousandths), "only the thousandths are tried",
               "between which two values do the decisions not change?")
      .mistake(best(with_never(thousandths)), "only the thousandths are tried",
               "between which two values do the decisions not change?")
      .mistake(best(own, false), "a probability that equals the threshold is called no",
               "yes where the probability is this or more")
      .mistake(cost_of(false_alarm / (false_alarm + miss), probabilities, labels, false_alarm, miss),
               "this is the threshold for probabilities that mean what they say, not the cheapest on these rows",
               "which threshold would have been cheapest here, whatever the probabilities promise?")
      .mistake(best(with_never(inner)), "the smallest probability is not tried",
               "what does it cost to say yes on every row?")
      .mistake(cheapest_cut_within_ties(probabilities, labels, false_alarm, miss),
               "rows with the same probability are decided differently", "can a threshold tell them apart?")
      .mistake(dearest(with_never(own), probabilities, labels, false_alarm, miss), "this is the dearest threshold",
               "which way does your comparison point?")
      .mistake(cheapest(with_never(own), probabilities, labels, 1, 1), "every mistake costs 1",
               "how often does each kind happen, and what does it cost?")
      .mistake(right * rows, "this is the cost of all rows, not of one on average", "how many rows are there?")
      .mistake(0.0, "the cost is left at zero")
      .because(because);
  const double paid = cost_of(choice.threshold, probabilities, labels, false_alarm, miss);
  EXPECT_PROPERTY(std::abs(paid - right) <= 1e-9 * (1 + right),
                  "the threshold you return costs what the cheapest costs")
      .shows("threshold", choice.threshold)
      .shows("its cost", paid)
      .shows("cheapest cost", right)
      .because("a row is called yes where its probability is the threshold or more; above all of them means never");
}

/// The library's answer in the form of the task's.
Calibration calibration_of(const Column& probabilities, const Labels& labels, int bins) {
  const std::vector<regression::CalibrationBin> curve =
      regression::calibration_curve(as_vector(probabilities), labels, bins);
  Calibration result;
  for (const regression::CalibrationBin& bin : curve) {
    result.counts.push_back(bin.count);
    result.predicted.push_back(bin.predicted);
    result.observed.push_back(bin.observed);
  }
  result.error = regression::expected_calibration_error(curve);
  return result;
}

/// The same, with the rows in the bins that `bin_of(probability)` says.
template <class BinOf>
Calibration binned(const Column& probabilities, const Labels& labels, int bins, BinOf&& bin_of) {
  const auto size = static_cast<std::size_t>(bins);
  const auto rows = static_cast<double>(labels.size());
  Calibration filled{std::vector<int>(size, 0), Column(size, 0), Column(size, 0), 0};
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const auto bin = static_cast<std::size_t>(std::clamp(static_cast<int>(bin_of(probabilities[n])), 0, bins - 1));
    ++filled.counts[bin];
    filled.predicted[bin] += probabilities[n];
    filled.observed[bin] += labels[n];
  }
  for (std::size_t bin = 0; bin < size; ++bin) {
    if (filled.counts[bin] > 0) filled.error += std::abs(filled.predicted[bin] - filled.observed[bin]) / rows;
    filled.predicted[bin] /= filled.counts[bin];
    filled.observed[bin] /= filled.counts[bin];
  }
  return filled;
}

template <class Change>
Calibration changed(Calibration calibration, Change&& change) {
  change(calibration);
  return calibration;
}

Calibration with_error(const Calibration& right, double error) {
  return changed(right, [&](Calibration& c) { c.error = error; });
}

/// Mean over the bins that hold a row of `of_bin(predicted - observed)`, each bin counting `weight(rows)`.
template <class OfBin, class Weight>
double mean_gap(const Calibration& right, OfBin&& of_bin, Weight&& weight) {
  double sum = 0, weights = 0;
  for (std::size_t bin = 0; bin < right.counts.size(); ++bin) {
    if (right.counts[bin] == 0) continue;
    sum += weight(right.counts[bin]) * of_bin(right.predicted[bin] - right.observed[bin]);
    weights += weight(right.counts[bin]);
  }
  return sum / weights;
}

double magnitude(double gap) { return std::abs(gap); }
double as_it_is(double gap) { return gap; }
double squared(double gap) { return gap * gap; }

Calibration with_empty_as(const Calibration& right, double value) {
  return changed(right, [&](Calibration& c) {
    for (std::size_t bin = 0; bin < c.counts.size(); ++bin)
      if (c.counts[bin] == 0) c.predicted[bin] = c.observed[bin] = value;
  });
}

Calibration with_middles(const Calibration& right) {
  return changed(right, [](Calibration& c) {
    const auto bins = static_cast<double>(c.counts.size());
    double rows = 0;
    c.error = 0;
    for (std::size_t bin = 0; bin < c.counts.size(); ++bin) {
      c.predicted[bin] = (static_cast<double>(bin) + 0.5) / bins;
      rows += c.counts[bin];
      if (c.counts[bin] > 0) c.error += c.counts[bin] * std::abs(c.predicted[bin] - c.observed[bin]);
    }
    c.error /= rows;
  });
}

Calibration with_sums(const Calibration& right, bool of_predicted) {
  return changed(right, [&](Calibration& c) {
    for (std::size_t bin = 0; bin < c.counts.size(); ++bin)
      (of_predicted ? c.predicted : c.observed)[bin] *= c.counts[bin] > 0 ? c.counts[bin] : 0;
  });
}

Calibration exchanged(const Calibration& right) {
  return changed(right, [](Calibration& c) { std::swap(c.predicted, c.observed); });
}

Column without_signs_of_nan(Column values) {
  for (double& value : values)
    if (std::isnan(value)) value = 0;
  return values;
}

}  // namespace

// cheapest-threshold

TEST(CheapestThreshold, OfFiveDays) {
  // Calling the three highest yes costs one false alarm; leaving out the second misses a rain.
  expect_cheapest({0.15, 0.35, 0.55, 0.65, 0.95}, {0, 1, 0, 0, 1}, 1, 6,
                  "from 0.35 on two of the five are false alarms, 2/5; a higher threshold misses a rain, 6/5 and more");
}

TEST(CheapestThreshold, WhenFalseAlarmsAreDear) {
  expect_cheapest({0.15, 0.35, 0.55, 0.65, 0.95}, {0, 1, 0, 0, 1}, 6, 1,
                  "from 0.95 on there is no false alarm and one miss, 1/5");
}

TEST(CheapestThreshold, MayBeNever) {
  expect_cheapest({0.2, 0.9, 0.6, 0.4}, {1, 0, 0, 0}, 3, 1,
                  "no is right for three of four, and the one miss costs 1: a quarter of a unit a row");
}

TEST(CheapestThreshold, MayBeAlways) {
  expect_cheapest({0.21, 0.9, 0.6, 0.4}, {1, 1, 0, 1}, 1, 3, "yes for all costs one false alarm in four rows");
}

TEST(CheapestThreshold, CannotTellEqualProbabilitiesApart) {
  expect_cheapest({0.3, 0.7, 0.7, 0.7, 0.1}, {0, 1, 0, 0, 0}, 1, 1,
                  "the three rows of 0.7 are all yes or all no: one miss costs less than two false alarms");
}

TEST(CheapestThreshold, LooksBetweenTheHundredths) {
  expect_cheapest({0.31, 0.3412, 0.3447, 0.3481, 0.36}, {0, 0, 1, 1, 1}, 1, 1,
                  "a threshold of 0.3447 makes no mistake at all");
}

TEST(CheapestThreshold, LooksBetweenTheThousandths) {
  expect_cheapest({0.31, 0.3412, 0.3441, 0.3444, 0.3447, 0.36, 0.37}, {0, 0, 0, 1, 1, 1, 1}, 1, 1,
                  "a threshold of 0.3444 makes no mistake at all");
}

TEST(CheapestThreshold, MayBeNeverThoughOneWasCertain) {
  expect_cheapest({1, 0.2, 0.6, 0.4}, {0, 1, 0, 0}, 3, 1,
                  "even the row that was called certain was a no: never costs one miss in four rows");
}

TEST(CheapestThreshold, DoesNotTrustWhatTheProbabilitiesPromise) {
  // A forecaster that is always too sure.
  expect_cheapest({0.92, 0.97, 0.94, 0.99, 0.91}, {0, 1, 0, 1, 0}, 1, 1,
                  "with these rows a threshold of 0.97 makes no mistake");
}

TEST(CheapestThreshold, OfOneRow) {
  expect_cheapest({0.4}, {1}, 2, 5, "yes is right");
  expect_cheapest({0.4}, {0}, 2, 5, "no is right");
}

TEST(CheapestThreshold, OfManyRowsAndAnyCosts) {
  for (int draw = 0; draw < 4; ++draw) {
    const auto [probabilities, labels] = forecasts(40);
    const double false_alarm = draws().uniform(0.5, 4), miss = draws().uniform(0.5, 4);
    expect_cheapest(probabilities, labels, false_alarm, miss,
                    "a row costs `miss` for a no where the label is 1, `false_alarm` for a yes where it is 0");
  }
}

// calibration

TEST(Calibration, OfSixDaysInTwoBins) {
  const Column probabilities{0.1, 0.3, 0.2, 0.6, 0.9, 1.0};
  const Labels labels{0, 1, 0, 1, 0, 1};
  const Calibration right = calibration_of(probabilities, labels, 2);
  EXPECT_ANSWER(student::calibration(probabilities, labels, 2), right)
      .mistake(changed(right,
                       [](Calibration& c) {
                         c.counts[1] = 2;
                         c.predicted[1] = 0.75;
                         c.observed[1] = 0.5;
                       }),
               "the probability of 1 is lost", "which bin holds it?")
      .mistake(binned(probabilities, labels, 2, [](double p) { return p == 1 ? 0 : p * 2; }),
               "a probability of 1 goes into the first bin", "which bin holds it?")
      .mistake(with_middles(right), "the middle of a bin stands for its rows", "predicted is the mean of what was said")
      .mistake(with_error(with_middles(right), right.error), "the middle of a bin stands for its rows",
               "predicted is the mean of what was said")
      .mistake(with_sums(right, false), "observed is a count, not a share")
      .mistake(with_sums(right, true), "predicted is a sum, not a mean")
      .mistake(exchanged(right), "predicted and observed are exchanged")
      .mistake(with_error(right, 0), "the error is left at zero")
      .because("the first three rows were promised 0.2 on average, and one of three came");
}

TEST(Calibration, OfAnyForecaster) {
  const auto [probabilities, labels] = forecasts(90);
  // Too sure, so that the bins have something to say; and none between 1/8 and 7/8 of the way.
  Column sure;
  for (const double p : probabilities) sure.push_back(p < 0.5 ? p / 4 : 1 - (1 - p) / 4);
  const Calibration right = calibration_of(sure, labels, 8);
  const auto rows = [](int count) { return static_cast<double>(count); };
  const auto one = [](int) { return 1.0; };
  const double bins = 8, occupied = static_cast<double>(
                             std::count_if(right.counts.begin(), right.counts.end(), [](int c) { return c > 0; }));
  EXPECT_ANSWER(student::calibration(sure, labels, 8), right)
      .mistake(with_error(right, mean_gap(right, magnitude, one)), "every bin counts the same in the error",
               "a bin of 2 rows and one of 40: how much should each count?")
      .mistake(with_error(right, mean_gap(right, magnitude, one) * occupied / bins),
               "every bin counts the same in the error", "a bin of 2 rows and one of 40: how much should each count?")
      .mistake(with_error(right, mean_gap(right, as_it_is, rows)), "gaps above and below cancel in the error",
               "a bin that promises too much does not make up for one that promises too little")
      .mistake(with_error(right, std::abs(mean_gap(right, as_it_is, rows))), "gaps above and below cancel in the error",
               "a bin that promises too much does not make up for one that promises too little")
      .mistake(with_error(right, mean_gap(right, squared, rows)), "the gaps are squared")
      .mistake(with_error(right, std::sqrt(mean_gap(right, squared, rows))), "the gaps are squared")
      .mistake(with_error(right, mean_gap(right, magnitude, rows) * 90), "the error is a sum over the rows, not a mean")
      .mistake(with_error(right, kNan), "an empty bin makes the error NaN", "how many rows does it add to the mean?")
      .mistake(with_empty_as(right, 0), "an empty bin says 0",
               "nothing came, and nothing was promised: who could tell it from a bin in which it never rained?")
      .mistake(with_middles(right), "the middle of a bin stands for its rows", "predicted is the mean of what was said")
      .mistake(with_error(with_middles(right), right.error), "the middle of a bin stands for its rows",
               "predicted is the mean of what was said")
      .mistake(with_sums(right, false), "observed is a count, not a share")
      .mistake(with_sums(right, true), "predicted is a sum, not a mean")
      .mistake(exchanged(right), "predicted and observed are exchanged")
      .mistake(binned(sure, labels, 8, [](double p) { return std::lround(p * 7); }), "the bins are found by rounding",
               "which of 4 bins does 0.7 fall into?")
      .mistake(binned(sure, labels, 8, [](double p) { return std::lround(p * 8); }), "the bins are found by rounding",
               "which of 4 bins does 0.7 fall into?")
      .help("for each bin: how many rows, the sum of their probabilities, the sum of their labels");
}

TEST(Calibration, LeavesAnEmptyBinUnknown) {
  const Calibration answer = student::calibration({0.1, 0.2, 0.9}, {0, 0, 1}, 3);
  const Column right{0, kNan, 1};
  EXPECT_ANSWER(answer.observed, right)
      .mistake(without_signs_of_nan(right), "an empty bin says 0",
               "who could tell it from a bin in which it never rained?")
      .because("nothing was promised between 1/3 and 2/3, so nobody knows how often it comes");
}

TEST(Calibration, PutsTheEndsWhereTheyBelong) {
  const Column ends{0, 0.25, 0.5, 0.75, 1, 1};
  const Labels labels{0, 0, 1, 1, 1, 1};
  const Calibration answer = student::calibration(ends, labels, 4);
  EXPECT_ANSWER(answer.counts, (std::vector<int>{1, 1, 1, 3}))
      .mistake(std::vector<int>{3, 1, 1, 1}, "a probability of 1 goes into the first bin", "which bin holds it?")
      .mistake(std::vector<int>{2, 1, 1, 2}, "a probability on the border goes into the bin below",
               "k / bins <= probability: which side does the border belong to?")
      .mistake(std::vector<int>{1, 1, 1, 1}, "the probability of 1 is lost", "which bin holds it?")
      .mistake(std::vector<int>{1, 1, 2, 2}, "the bins are found by rounding", "which of 4 bins does 0.7 fall into?")
      .mistake(std::vector<int>{1, 1, 1, 1, 2}, "there is a bin too many", "a probability of 1 belongs to the last one")
      .because("a bin holds its lower border, and the last one its upper one too");
}

TEST(Calibration, OfOneBinComparesTheMeans) {
  const auto [probabilities, labels] = forecasts(12);
  EXPECT_ANSWER(student::calibration(probabilities, labels, 1), calibration_of(probabilities, labels, 1))
      .because("one bin holds all rows: the mean promise against the base rate");
}

TEST(Calibration, OfAForecasterThatAlwaysSaysTheBaseRateIsPerfect) {
  const Calibration answer = student::calibration(Column(8, 0.25), {1, 0, 0, 0, 1, 0, 0, 0}, 10);
  EXPECT_ANSWER(answer.error, 0.0)
      .because("it promised one in four and one in four came: calibrated, and no help at all");
}
