#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/judge.hpp"
#include "regression/classification_metrics.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

using namespace handbuilt::grader;
using logistic::Calibration;
using logistic::Choice;
namespace regression = handbuilt::regression;

STUDENT(logistic, cheapest_threshold, probabilities, labels, false_alarm, miss);
STUDENT(logistic, calibration, probabilities, labels, bins);

namespace {

using Labels = std::vector<int>;

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

/// The candidate that is cheapest when mistakes cost `false_alarm` and `miss`; of several the first or the last.
double cheapest_of(const Column& candidates, const Column& probabilities, const Labels& labels, double false_alarm,
                   double miss, bool yes_at_threshold = true, bool takes_first = true) {
  double best = candidates.front(), least = kInfinity;
  for (const double threshold : candidates) {
    const double cost = cost_of(threshold, probabilities, labels, false_alarm, miss, yes_at_threshold);
    if (takes_first ? cost < least : cost <= least) {
      least = cost;
      best = threshold;
    }
  }
  return best;
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

/// The cost when each row may be decided apart, though others have the same probability: rows in order, or those of one
/// label first, cut anywhere.
double cheapest_cut_within_ties(const Column& probabilities, const Labels& labels, double false_alarm, double miss,
                                int first_label) {
  std::vector<std::size_t> order(labels.size());
  for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
  const auto rank = [&](std::size_t n) { return first_label < 0 ? 0 : labels[n] == first_label ? 0 : 1; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : rank(a) < rank(b);
  });
  int alarms = 0, misses = static_cast<int>(std::count(labels.begin(), labels.end(), 1));
  double best = misses * miss;
  for (const std::size_t n : order) {
    if (labels[n] == 1)
      --misses;
    else
      ++alarms;
    best = std::min(best, alarms * false_alarm + misses * miss);
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

struct Days {
  Column probabilities;
  Labels labels;
  double false_alarm = 1, miss = 1;
  std::string because;
};

double right_cost(const Days& days) {
  return regression::cheapest_threshold(as_vector(days.probabilities), days.labels, days.false_alarm, days.miss).cost;
}

/// Half way between each probability and the next; none for a single one.
Column midpoints(const Column& probabilities) {
  const Column values = sorted(probabilities);
  Column between;
  for (std::size_t n = 1; n < values.size(); ++n) between.push_back((values[n - 1] + values[n]) / 2);
  return between;
}

/// `is_as_priced` is whether the thresholds returned cost what was said of them: calling a probability no that equals
/// the threshold, and never saying yes on every row, are told apart by nothing else.
std::vector<KnownMistake<Days, double>> threshold_mistakes(bool is_as_priced) {
  using Function = std::function<double(const Days&)>;
  /// Tries what `candidates` says.
  const auto trying = [](auto candidates, bool yes_at_threshold = true) -> Function {
    return [=](const Days& d) {
      const double best =
          cheapest_of(candidates(d), d.probabilities, d.labels, d.false_alarm, d.miss, yes_at_threshold);
      return cost_of(best, d.probabilities, d.labels, d.false_alarm, d.miss, yes_at_threshold);
    };
  };
  /// Chooses by other costs than those it then counts.
  const auto choosing_by = [](auto costs, bool takes_first) -> Function {
    return [=](const Days& d) {
      const auto [false_alarm, miss] = costs(d);
      const double best = cheapest_of(with_never(sorted(d.probabilities)), d.probabilities, d.labels, false_alarm, miss,
                                      true, takes_first);
      return cost_of(best, d.probabilities, d.labels, d.false_alarm, d.miss);
    };
  };
  /// Chooses and counts by other costs.
  const auto counting_by = [](auto costs) -> Function {
    return [=](const Days& d) {
      const auto [false_alarm, miss] = costs(d);
      const double best = cheapest_of(with_never(d.probabilities), d.probabilities, d.labels, false_alarm, miss);
      return cost_of(best, d.probabilities, d.labels, false_alarm, miss);
    };
  };
  const auto right_by = [](auto change) -> Function {
    return [=](const Days& d) { return change(right_cost(d), static_cast<double>(d.labels.size())); };
  };
  const auto exchanged = [](const Days& d) { return std::pair{d.miss, d.false_alarm}; };
  const auto all_alike = [](const Days&) { return std::pair{1.0, 1.0}; };
  const auto own = [](const Days& d) { return d.probabilities; };
  const auto dearest = [](const Days& d) { return std::pair{-d.false_alarm, -d.miss}; };
  const auto without = [](auto element) {
    return [=](const Days& d) {
      Column left = sorted(d.probabilities);
      if (left.size() > 1) left.erase(element(left));
      return with_never(left);
    };
  };
  const std::string never = "\"never\" is not tried", say_no = "what does it cost to say no on every row?",
                    say_yes = "what does it cost to say yes on every row?",
                    which = "which of the two is a no where the label is 1?",
                    each = "how often does each kind happen, and what does it cost?",
                    where = "between which two values do the decisions not change?";
  std::vector<KnownMistake<Days, double>> mistakes{
      {counting_by(exchanged), "miss and false alarm are exchanged", which},
      {choosing_by(exchanged, true), "miss and false alarm are exchanged in the choice", which},
      {choosing_by(exchanged, false), "miss and false alarm are exchanged in the choice", which},
      {counting_by(all_alike), "every mistake costs 1", each},
      {choosing_by(all_alike, true), "the threshold with the fewest mistakes is chosen, whatever they cost", each},
      {choosing_by(all_alike, false), "the threshold with the fewest mistakes is chosen, whatever they cost", each},
      {counting_by([](const Days& d) {
         return std::pair{0.0, d.miss};
       }),
       "false alarms cost nothing", each},
      {counting_by([](const Days& d) {
         return std::pair{d.false_alarm, 0.0};
       }),
       "misses cost nothing", each},
      {choosing_by(dearest, true), "this is the dearest threshold", "which way does your comparison point?"},
      {trying([](const Days&) { return Column{0.5}; }), "the threshold is always one half",
       "half is cheapest when both mistakes cost the same and probabilities mean what they say: is that given here?"},
      {trying([](const Days& d) { return Column{d.false_alarm / (d.false_alarm + d.miss)}; }),
       "this is the threshold for probabilities that mean what they say, not the cheapest on these rows",
       "which threshold would have been cheapest here, whatever the probabilities promise?"},
      {trying([](const Days& d) { return Column{d.miss / (d.false_alarm + d.miss)}; }),
       "this is a threshold by formula, with the costs exchanged, not the cheapest on these rows", which},
      {trying([](const Days&) { return Column{kInfinity}; }), "\"never\" is always taken", say_yes},
      {trying([](const Days&) { return Column{0.0}; }), "\"always\" is always taken", say_no},
      {trying(own), never, say_no},
      {trying([](const Days& d) {
         Column tried = d.probabilities;
         tried.push_back(1);
         return tried;
       }),
       never + " where a row was certain", "is a probability of 1 below a threshold of 1?"},
      {trying([](const Days& d) { return d.labels.size() > 1 ? midpoints(d.probabilities) : d.probabilities; }),
       "only thresholds between two probabilities are tried",
       "what does it cost to say yes on every row, and no on every row?"},
      {trying([](const Days& d) { return with_never(midpoints(d.probabilities)); }),
       "the smallest probability is not tried", say_yes},
      {trying([](const Days& d) {
         Column tried = midpoints(d.probabilities);
         tried.push_back(0);
         return tried;
       }),
       never, say_no},
      {trying(without([](Column& c) { return c.begin(); })), "the smallest probability is not tried", say_yes},
      {trying(without([](Column& c) { return c.end() - 1; })), "the largest probability is not tried",
       "what does it cost to say yes on the surest row alone?"},
      {trying([](const Days& d) {
         Column tried = d.probabilities;
         if (tried.size() > 1) tried.erase(tried.begin());
         return with_never(tried);
       }),
       "the first row's probability is not tried", "where does your loop begin?"},
      {trying([](const Days& d) {
         Column tried = d.probabilities;
         if (tried.size() > 1) tried.pop_back();
         return with_never(tried);
       }),
       "the last row's probability is not tried", "where does your loop end?"},
      {[](const Days& d) {
         double best = cost_of(kInfinity, d.probabilities, d.labels, d.false_alarm, d.miss);
         for (const double threshold : d.probabilities)
           best = std::min(best, cost_of(threshold, d.probabilities, d.labels, d.miss, d.false_alarm));
         return best;
       },
       "miss and false alarm are exchanged", which},
      {right_by([](double right, double n) { return right * n; }),
       "this is the cost of all rows, not of one on average", "how many rows are there?"},
      {right_by([](double, double) { return 0; }), "the cost is left at zero", ""}};
  if (!is_as_priced)
    for (const bool tries_never : {false, true})
      mistakes.insert(
          mistakes.begin(),
          {trying([=](const Days& d) { return tries_never ? with_never(own(d)) : own(d); }, false),
           "a probability that equals the threshold is called no", "yes where the probability is this or more"});
  for (const int first_label : {-1, 0, 1})
    mistakes.push_back({[first_label](const Days& d) {
                          return cheapest_cut_within_ties(d.probabilities, d.labels, d.false_alarm, d.miss,
                                                          first_label);
                        },
                        "rows with the same probability are decided differently", "can a threshold tell them apart?"});
  for (const auto& [steps, name] :
       {std::pair{10, "tenths"}, {20, "twentieths"}, {100, "hundredths"}, {1000, "thousandths"}})
    for (const bool tries_never : {false, true})
      for (const bool yes_at_threshold : {true, false})
        mistakes.push_back({trying([steps = steps, tries_never](
                                       const Days&) { return tries_never ? with_never(grid(steps)) : grid(steps); },
                                   yes_at_threshold),
                            std::string("only the ") + name + " are tried", where});
  return mistakes;
}

bool is_paid(double paid, double cost) { return std::abs(paid - cost) <= 1e-9 * (1 + cost); }

/// Judges both members: the smallest cost there is, and a threshold that really costs it.
void expect_cheapest(const std::vector<Days>& cases) {
  const auto ask = [](const Days& d) {
    return student::cheapest_threshold(d.probabilities, d.labels, d.false_alarm, d.miss);
  };
  const auto paid_for = [](const Days& d, const Choice& choice) {
    return cost_of(choice.threshold, d.probabilities, d.labels, d.false_alarm, d.miss);
  };
  const bool is_as_priced = std::all_of(cases.begin(), cases.end(), [&](const Days& d) {
    const Choice choice = ask(d);
    return is_paid(paid_for(d, choice), choice.cost);
  });
  expect_answers(
      cases, [&](const Days& d) { return ask(d).cost; }, right_cost, threshold_mistakes(is_as_priced), 1e-9);
  for (const Days& d : cases) {
    const Choice choice = ask(d);
    const double right = right_cost(d), paid = paid_for(d, choice);
    EXPECT_PROPERTY(is_paid(paid, right), "the threshold you return costs what the cheapest costs")
        .shows("threshold", choice.threshold)
        .shows("its cost", paid)
        .shows("cheapest cost", right)
        .because("a row is called yes where its probability is the threshold or more; above all of them means never");
    if (!is_paid(paid, right)) return;
  }
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
  const std::size_t size = place(bins);
  const auto rows = static_cast<double>(labels.size());
  Calibration filled{std::vector<int>(size, 0), Column(size, 0), Column(size, 0), 0};
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const std::size_t bin = place(std::clamp(static_cast<int>(bin_of(probabilities[n])), 0, bins - 1));
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

Column with_nan_as_zero(Column values) {
  for (double& value : values)
    if (std::isnan(value)) value = 0;
  return values;
}

struct Promises {
  Column probabilities;
  Labels labels;
  int bins = 1;
  std::string because;
};

Calibration right_calibration(const Promises& of) { return calibration_of(of.probabilities, of.labels, of.bins); }

std::vector<KnownMistake<Promises, Calibration>> calibration_mistakes() {
  using Function = std::function<Calibration(const Promises&)>;
  const auto of_right = [](auto change) -> Function {
    return [=](const Promises& of) { return change(right_calibration(of)); };
  };
  const auto with_bins = [](auto bin_of) -> Function {
    return [=](const Promises& of) {
      return binned(of.probabilities, of.labels, of.bins, [&](double p) { return bin_of(p, of.bins); });
    };
  };
  const auto error_by = [&](auto gap, auto weight) {
    return of_right([=](const Calibration& right) { return with_error(right, mean_gap(right, gap, weight)); });
  };
  const auto scaled = [&](auto factor) {
    return of_right([=](const Calibration& right) {
      double rows = 0, occupied = 0;
      for (const int count : right.counts) {
        rows += count;
        occupied += count > 0 ? 1 : 0;
      }
      return with_error(right, right.error * factor(rows, occupied, static_cast<double>(right.counts.size())));
    });
  };
  const auto rows = [](int count) { return static_cast<double>(count); };
  const auto one = [](int) { return 1.0; };
  /// Shares are of all rows, not of the bin's.
  const auto of_all_rows = [](Column Calibration::*member) -> Function {
    return [=](const Promises& of) {
      return changed(right_calibration(of), [&](Calibration& c) {
        for (std::size_t bin = 0; bin < c.counts.size(); ++bin)
          (c.*member)[bin] =
              c.counts[bin] == 0 ? 0 : (c.*member)[bin] * c.counts[bin] / static_cast<double>(of.labels.size());
      });
    };
  };
  const std::string
      alike = "every bin counts the same in the error",
      how_much = "a bin of 2 rows and one of 40: how much should each count?",
      cancel = "gaps above and below cancel in the error",
      make_up = "a bin that promises too much does not make up for one that promises too little",
      middle = "the middle of a bin stands for its rows", said = "predicted is the mean of what was said",
      rounding = "the bins are found by rounding", which = "which of 4 bins does 0.7 fall into?",
      width = "how wide is each of 4 bins, and which one begins at 0.75?",
      nobody = "nothing came, and nothing was promised: who could tell it from a bin in which it never rained?";
  return {
      {error_by(magnitude, one), alike, how_much},
      {of_right([=](const Calibration& right) {
         const auto occupied = std::count_if(right.counts.begin(), right.counts.end(), [](int c) { return c > 0; });
         return with_error(right, mean_gap(right, magnitude, one) * static_cast<double>(occupied) /
                                      static_cast<double>(right.counts.size()));
       }),
       alike, how_much},
      {error_by(as_it_is, rows), cancel, make_up},
      {of_right([=](const Calibration& right) { return with_error(right, std::abs(mean_gap(right, as_it_is, rows))); }),
       cancel, make_up},
      {of_right([=](const Calibration& right) { return with_error(right, -mean_gap(right, as_it_is, rows)); }), cancel,
       make_up},
      {error_by(squared, rows), "the gaps are squared", "|promised - came|, and nothing is squared"},
      {of_right([=](const Calibration& right) { return with_error(right, std::sqrt(mean_gap(right, squared, rows))); }),
       "the gaps are squared", "|promised - came|, and nothing is squared"},
      {scaled([](double n, double, double) { return n; }), "the error is a sum over the rows, not a mean",
       "how many rows are there?"},
      {scaled([](double n, double, double bins) { return n / bins; }),
       "the error is divided by the bins, not by the rows", "over what is the mean?"},
      {scaled([](double n, double occupied, double) { return n / occupied; }),
       "the error is divided by the bins, not by the rows", "over what is the mean?"},
      {of_right([](const Calibration& right) {
         double largest = 0;
         for (std::size_t bin = 0; bin < right.counts.size(); ++bin)
           if (right.counts[bin] > 0) largest = std::max(largest, std::abs(right.predicted[bin] - right.observed[bin]));
         return with_error(right, largest);
       }),
       "the error is the largest gap, not the mean over the rows", "over what is the mean?"},
      {[](const Promises& of) {
         double sum = 0;
         for (std::size_t n = 0; n < of.labels.size(); ++n) sum += std::abs(of.probabilities[n] - of.labels[n]);
         return with_error(right_calibration(of), sum / static_cast<double>(of.labels.size()));
       },
       "each row is compared with its own label, not with what came in its bin",
       "a row of 0.3 is never right or wrong: whose share is compared with its bin's promise?"},
      {of_right([](const Calibration& right) {
         return std::count(right.counts.begin(), right.counts.end(), 0) > 0 ? with_error(right, kNan) : right;
       }),
       "an empty bin makes the error NaN", "how many rows does it add to the mean?"},
      {of_right([](const Calibration& right) { return with_error(right, 0); }), "the error is left at zero",
       "|predicted - observed| of each row's bin, and the mean of that"},
      {of_right([](const Calibration& right) { return with_empty_as(right, 0); }), "an empty bin says 0", nobody},
      {of_right([](const Calibration& right) { return with_empty_as(right, 0.5); }), "an empty bin says one half",
       nobody},
      {of_right(with_middles), middle, said},
      {of_right([](const Calibration& right) { return with_error(with_middles(right), right.error); }), middle, said},
      {of_right([](const Calibration& right) {
         return changed(with_sums(right, false), [](Calibration& c) { c.observed = with_nan_as_zero(c.observed); });
       }),
       "observed is a count, not a share", "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) {
         return changed(with_sums(right, true), [](Calibration& c) { c.predicted = with_nan_as_zero(c.predicted); });
       }),
       "predicted is a sum, not a mean", "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) { return with_sums(right, false); }), "observed is a count, not a share",
       "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) { return with_sums(right, true); }), "predicted is a sum, not a mean",
       "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) { return with_sums(with_sums(right, true), false); }),
       "predicted and observed are sums, not means", "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) { return with_empty_as(with_sums(with_sums(right, true), false), 0); }),
       "predicted and observed are sums, not means", "how many rows does the bin hold?"},
      {of_all_rows(&Calibration::observed), "observed is a share of all rows, not of the bin's",
       "how many rows does the bin hold?"},
      {of_all_rows(&Calibration::predicted), "predicted is divided by all rows, not by the bin's",
       "how many rows does the bin hold?"},
      {of_right([](const Calibration& right) {
         return changed(right, [](Calibration& c) {
           for (double& share : c.observed) share = std::isnan(share) ? share : std::floor(share);
         });
       }),
       "the division of whole numbers leaves no fraction", "what type has a count divided by a count?"},
      {[](const Promises& of) {
         Labels other = of.labels;
         for (int& label : other) label = 1 - label;
         return calibration_of(of.probabilities, other, of.bins);
       },
       "observed is the share of label 0", "what does a probability of 0.9 promise?"},
      {of_right(exchanged), "predicted and observed are exchanged", "which of them is what was said?"},
      {with_bins([](double p, int bins) { return std::floor(p * (bins - 1)); }),
       "the bins are too wide: the probability is multiplied by one less than their number", width},
      {with_bins([](double p, int bins) { return std::floor(p * (bins + 1)); }),
       "the bins are too narrow: the probability is multiplied by one more than their number", width},
      {with_bins([](double p, int bins) { return std::lround(p * (bins - 1)); }), rounding, which},
      {with_bins([](double p, int bins) { return std::lround(p * bins); }), rounding, which},
      {with_bins([](double p, int bins) { return std::ceil(p * bins) - 1; }),
       "a probability on the border goes into the bin below", "k / bins <= probability: which side is the border's?"},
      {with_bins([](double p, int bins) { return p >= 1 ? 0 : p * bins; }),
       "a probability of 1 goes into the first bin", "which bin holds it?"},
      {with_bins([](double p, int bins) { return bins - 1 - std::floor(p * bins); }), "the bins are in reverse order",
       "which bin begins at 0?"},
      {[](const Promises& of) {
         Promises fewer{{}, {}, of.bins, ""};
         for (std::size_t n = 0; n < of.labels.size(); ++n) {
           if (of.probabilities[n] >= 1) continue;
           fewer.probabilities.push_back(of.probabilities[n]);
           fewer.labels.push_back(of.labels[n]);
         }
         Calibration lost = right_calibration(fewer);
         return lost;
       },
       "the probability of 1 is lost", "which bin holds it?"},
      {[](const Promises& of) {
         Promises fewer{{}, {}, of.bins, ""};
         for (std::size_t n = 0; n < of.labels.size(); ++n) {
           if (of.probabilities[n] >= 1) continue;
           fewer.probabilities.push_back(of.probabilities[n]);
           fewer.labels.push_back(of.labels[n]);
         }
         const Calibration lost = right_calibration(fewer);
         return with_error(
             lost, lost.error * static_cast<double>(fewer.labels.size()) / static_cast<double>(of.labels.size()));
       },
       "the probability of 1 is lost", "which bin holds it?"}};
}

}  // namespace

// cheapest-threshold

TEST(CheapestThreshold, CostsLeastOnTheseRows) {
  const Column five{0.15, 0.35, 0.55, 0.65, 0.95};
  std::vector<Days> cases{
      {five,
       {0, 1, 0, 0, 1},
       1,
       6,
       "from 0.35 on two of the five are false alarms, 2/5; a higher threshold misses a rain, 6/5 and more"},
      {five, {0, 1, 0, 0, 1}, 6, 1, "from 0.95 on there is no false alarm and one miss, 1/5"},
      {{0.2, 0.9, 0.6, 0.4},
       {1, 0, 0, 0},
       3,
       1,
       "no is right for three of four, and the one miss costs 1: a quarter of a unit a row"},
      {{0.21, 0.9, 0.6, 0.4}, {1, 1, 0, 1}, 1, 3, "yes for all costs one false alarm in four rows"},
      {{0.3, 0.7, 0.7, 0.7, 0.1},
       {0, 1, 0, 0, 0},
       1,
       1,
       "the three rows of 0.7 are all yes or all no: one miss costs less than two false alarms"},
      {{0.31, 0.3412, 0.3447, 0.3481, 0.36}, {0, 0, 1, 1, 1}, 1, 1, "a threshold of 0.3447 makes no mistake at all"},
      {{0.31, 0.3412, 0.3441, 0.3444, 0.3447, 0.36, 0.37},
       {0, 0, 0, 1, 1, 1, 1},
       1,
       1,
       "a threshold of 0.3444 makes no mistake at all"},
      {{1, 0.2, 0.6, 0.4},
       {0, 1, 0, 0},
       3,
       1,
       "even the row that was called certain was a no: never costs one miss in four rows"},
      // A forecaster that is always too sure.
      {{0.92, 0.97, 0.94, 0.99, 0.91}, {0, 1, 0, 1, 0}, 1, 1, "with these rows a threshold of 0.97 makes no mistake"},
      {{0.4}, {1}, 2, 5, "yes is right"},
      {{0.4}, {0}, 2, 5, "no is right"}};
  const auto any_days = [] {
    auto [probabilities, labels] = forecasts(draws().chance(0.1) ? 40 : 6);
    if (draws().chance(0.3))
      for (double& p : probabilities) p = std::round(10 * p) / 10;
    return Days{probabilities, labels, draws().uniform(0.5, 4), draws().uniform(0.5, 4),
                "a row costs `miss` for a no where the label is 1, `false_alarm` for a yes where it is 0"};
  };
  for (const Days& more : telling_cases(any_days, right_cost, threshold_mistakes(false), 4, 200)) cases.push_back(more);
  expect_cheapest(cases);
}

// calibration

TEST(Calibration, ComparesWhatWasPromisedWithWhatCame) {
  std::vector<Promises> cases{{{0.1, 0.3, 0.2, 0.6, 0.9, 0.96},
                               {0, 1, 0, 1, 0, 1},
                               2,
                               "the first three rows were promised 0.2 on average, and one of three came"},
                              {{0, 0.25, 0.5, 0.75, 0.9},
                               {0, 0, 1, 1, 1},
                               4,
                               "a bin holds its lower border: 0.25 belongs to the second of four"}};
  for (const int bins : {8, 5, 10}) {
    // Too sure, so that the bins have something to say; and none near one half, so that some are empty.
    auto [probabilities, labels] = forecasts(90);
    for (double& p : probabilities) p = p < 0.5 ? p / 4 : 1 - (1 - p) / 4;
    cases.push_back({probabilities, labels, bins,
                     "for each bin: how many rows, the mean of what was said, the share of "
                     "label 1; and over all rows, how far their bins are off"});
  }
  const auto ask = [](const Promises& of) { return student::calibration(of.probabilities, of.labels, of.bins); };
  const auto mistakes = calibration_mistakes();
  expect_answers(cases, ask, right_calibration, mistakes);
  // A probability of 1, last: who has no bin for it may write past the end.
  cases.insert(cases.begin(), {{0.2, 1}, {0, 1}, 2, "the last bin holds a probability of 1, too"});
  cases.push_back({{0, 0.25, 0.5, 0.75, 1, 1}, {0, 0, 1, 1, 1, 0}, 4, "the last bin holds a probability of 1, too"});
  expect_answers(cases, ask, right_calibration, mistakes);
}

TEST(Calibration, LeavesAnEmptyBinUnknown) {
  const Calibration answer = student::calibration({0.1, 0.2, 0.9}, {0, 0, 1}, 3);
  const Column right{0, kNan, 1};
  EXPECT_ANSWER(answer.observed, right)
      .mistake(with_nan_as_zero(right), "an empty bin says 0", "who could tell it from a bin in which it never rained?")
      .because("nothing was promised between 1/3 and 2/3, so nobody knows how often it comes");
}

TEST(Calibration, HasAsManyBinsAsAskedFor) {
  const Calibration answer = student::calibration({0, 0.25, 0.5, 0.75, 1, 1}, {0, 0, 1, 1, 1, 1}, 4);
  EXPECT_ANSWER(answer.counts, (std::vector<int>{1, 1, 1, 3}))
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
