#include "regression/classification_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

#include "core/error.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse_row(const char* where, std::size_t row, const std::string& expected, double got) {
  std::ostringstream message;
  message << where << ": row " << row << ": expected " << expected << ", got " << got;
  throw ValueError(message.str());
}

void require_sizes(const char* where, Index predictions, std::size_t labels) {
  if (predictions != static_cast<Index>(labels) || labels == 0)
    throw ShapeError(std::string(where) + ": expected as many predictions as labels and at least one, got " +
                     std::to_string(predictions) + " and " + std::to_string(labels));
}

void check(const char* where, const VectorD& probability, const std::vector<int>& labels) {
  require_sizes(where, probability.size(), labels.size());
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double p = probability[static_cast<Index>(row)];
    if (!(p >= 0 && p <= 1)) refuse_row(where, row, "a probability in [0, 1]", p);
    if (labels[row] != 0 && labels[row] != 1) refuse_row(where, row, "the label 0 or 1", labels[row]);
  }
}

/// Rows in order of falling probability.
std::vector<std::size_t> by_falling_probability(const VectorD& probability) {
  std::vector<std::size_t> order(static_cast<std::size_t>(probability.size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probability[static_cast<Index>(a)] > probability[static_cast<Index>(b)];
  });
  return order;
}

/// Calls visit(threshold, positives so far, negatives so far) after each group of equal probabilities, from above.
template <class Visit>
void sweep(const VectorD& probability, const std::vector<int>& labels, Visit&& visit) {
  int positives = 0, negatives = 0;
  const std::vector<std::size_t> order = by_falling_probability(probability);
  for (std::size_t i = 0; i < order.size(); ++i) {
    ++(labels[order[i]] == 1 ? positives : negatives);
    const double own = probability[static_cast<Index>(order[i])];
    if (i + 1 == order.size() || probability[static_cast<Index>(order[i + 1])] != own) visit(own, positives, negatives);
  }
}

CalibrationBin filled(double low, double high, int count, double sum, int ones) {
  CalibrationBin bin{low, high, count, kNone, kNone, wilson_interval(ones, count)};
  if (count > 0) {
    bin.predicted = sum / count;
    bin.observed = static_cast<double>(ones) / count;
  }
  return bin;
}

}  // namespace

double log_loss(const VectorD& probability, const std::vector<int>& labels, double floor) {
  check("log_loss", probability, labels);
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double p = probability[static_cast<Index>(row)];
    // log1p keeps the digits of a probability near 1.
    sum -= labels[row] == 1 ? std::log(std::max(p, floor)) : std::log1p(-std::min(p, 1 - floor));
  }
  return sum / static_cast<double>(labels.size());
}

double log_loss(const MatrixD& probabilities, const std::vector<int>& labels, double floor) {
  constexpr const char* kWhere = "log_loss";
  constexpr double kRounding = 1e-6;
  require_sizes(kWhere, probabilities.rows(), labels.size());
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const auto of_row = probabilities.row(static_cast<Index>(row));
    if (labels[row] < 0 || labels[row] >= probabilities.cols())
      refuse_row(kWhere, row, "a label from 0 to " + std::to_string(probabilities.cols() - 1), labels[row]);
    if (!(of_row.minCoeff() >= 0 && std::abs(of_row.sum() - 1) <= kRounding))
      refuse_row(kWhere, row, "probabilities that are not negative and add up to 1", of_row.sum());
    sum -= std::log(std::max(of_row[labels[row]], floor));
  }
  return sum / static_cast<double>(labels.size());
}

double brier_score(const VectorD& probability, const std::vector<int>& labels) {
  check("brier_score", probability, labels);
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double difference = probability[static_cast<Index>(row)] - labels[row];
    sum += difference * difference;
  }
  return sum / static_cast<double>(labels.size());
}

double accuracy(const std::vector<int>& predicted, const std::vector<int>& labels) {
  return ConfusionMatrix(predicted, labels).accuracy();
}

ConfusionMatrix::ConfusionMatrix(const std::vector<int>& predicted, const std::vector<int>& labels, int classes) {
  constexpr const char* kWhere = "confusion matrix";
  constexpr int kMostClasses = 10'000;
  require_sizes(kWhere, std::ssize(predicted), labels.size());
  int needed = 0;
  for (std::size_t row = 0; row < labels.size(); ++row)
    for (const int label : {predicted[row], labels[row]}) {
      if (label < 0 || label >= (classes > 0 ? classes : kMostClasses))
        refuse_row(kWhere, row, "a label from 0 to " + std::to_string((classes > 0 ? classes : kMostClasses) - 1),
                   label);
      needed = std::max(needed, label + 1);
    }
  if (classes > 0) needed = classes;
  counts_ = Eigen::MatrixXi::Zero(needed, needed);
  for (std::size_t row = 0; row < labels.size(); ++row) ++counts_(labels[row], predicted[row]);
}

double ConfusionMatrix::accuracy() const {
  return static_cast<double>(counts_.diagonal().sum()) / static_cast<double>(counts_.sum());
}

double ConfusionMatrix::precision(int label) const {
  const int called = counts_.col(label).sum();
  return called == 0 ? kNone : static_cast<double>(counts_(label, label)) / called;
}

double ConfusionMatrix::recall(int label) const {
  const int there = counts_.row(label).sum();
  return there == 0 ? kNone : static_cast<double>(counts_(label, label)) / there;
}

double ConfusionMatrix::f1(int label) const {
  const int either = counts_.col(label).sum() + counts_.row(label).sum();
  return either == 0 ? kNone : 2.0 * counts_(label, label) / either;
}

double ConfusionMatrix::balanced_accuracy() const {
  double sum = 0;
  int there = 0;
  for (int label = 0; label < classes(); ++label)
    if (counts_.row(label).sum() > 0) {
      sum += recall(label);
      ++there;
    }
  return sum / there;
}

std::string ConfusionMatrix::summary(const std::vector<std::string>& names) const {
  if (!names.empty() && std::ssize(names) != classes())
    throw ShapeError("confusion matrix: expected " + std::to_string(classes()) + " names, got " +
                     std::to_string(names.size()));
  const auto name = [&](int label) {
    return names.empty() ? std::to_string(label) : names[static_cast<std::size_t>(label)];
  };
  std::size_t widest = 6;
  for (int label = 0; label < classes(); ++label) widest = std::max(widest, name(label).size());
  const auto padded = [&](const std::string& text) {
    return std::string(widest + 2 - std::min(widest + 2, text.size()), ' ') + text;
  };
  const auto percent = [](double share) {
    if (std::isnan(share)) return std::string("-");
    std::ostringstream text;
    text.precision(1);
    text << std::fixed << 100 * share << " %";
    return text.str();
  };
  std::string text = "rows: what it is; columns: what it was called\n" + padded("");
  for (int label = 0; label < classes(); ++label) text += padded(name(label));
  text += padded("recall") + '\n';
  for (int actual = 0; actual < classes(); ++actual) {
    text += padded(name(actual));
    for (int predicted = 0; predicted < classes(); ++predicted)
      text += padded(std::to_string(count(actual, predicted)));
    text += padded(percent(recall(actual))) + '\n';
  }
  text += "precision";
  for (int label = 0; label < classes(); ++label) text += ' ' + name(label) + ' ' + percent(precision(label)) + ';';
  return text + " accuracy " + percent(accuracy()) + '\n';
}

Decisions decide(const VectorD& probability, const std::vector<int>& labels, double threshold) {
  check("decide", probability, labels);
  Decisions decisions;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const bool yes = probability[static_cast<Index>(row)] >= threshold;
    if (labels[row] == 1)
      ++(yes ? decisions.true_positives : decisions.false_negatives);
    else
      ++(yes ? decisions.false_positives : decisions.true_negatives);
  }
  return decisions;
}

CostedThreshold cheapest_threshold(const VectorD& probability, const std::vector<int>& labels, double false_positive,
                                   double false_negative) {
  constexpr const char* kWhere = "cheapest_threshold";
  check(kWhere, probability, labels);
  require_option(false_positive >= 0 && std::isfinite(false_positive), kWhere, "false_positive", "of at least 0",
                 false_positive);
  require_option(false_negative >= 0 && std::isfinite(false_negative), kWhere, "false_negative", "of at least 0",
                 false_negative);
  const auto rows = static_cast<double>(labels.size());
  const auto ones = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  CostedThreshold best{std::nextafter(1.0, 2.0), false_negative * ones / rows};
  sweep(probability, labels, [&](double threshold, int positives, int negatives) {
    const double cost = (false_positive * negatives + false_negative * (ones - positives)) / rows;
    if (cost < best.cost) best = {threshold, cost};
  });
  return best;
}

std::vector<RocPoint> roc_curve(const VectorD& probability, const std::vector<int>& labels) {
  check("roc_curve", probability, labels);
  const auto ones = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  const double zeros = static_cast<double>(labels.size()) - ones;
  if (ones == 0 || zeros == 0)
    throw ValueError("roc_curve: expected labels of both classes, got " + std::to_string(labels.size()) +
                     " rows of class " + std::to_string(labels.front()));
  std::vector<RocPoint> curve{{0, 0, std::numeric_limits<double>::infinity()}};
  sweep(probability, labels, [&](double threshold, int positives, int negatives) {
    curve.push_back({negatives / zeros, positives / ones, threshold});
  });
  return curve;
}

double area_under_roc(const VectorD& probability, const std::vector<int>& labels) {
  const std::vector<RocPoint> curve = roc_curve(probability, labels);
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i)
    area += (curve[i].false_positive_rate - curve[i - 1].false_positive_rate) *
            (curve[i].true_positive_rate + curve[i - 1].true_positive_rate) / 2;
  return area;
}

std::vector<CalibrationBin> calibration_curve(const VectorD& probability, const std::vector<int>& labels, int bins,
                                              CalibrationBins form) {
  check("calibration_curve", probability, labels);
  require_option(bins >= 1, "calibration_curve", "bins", "of at least 1", bins);
  const auto size = static_cast<std::size_t>(bins);
  std::vector<int> counts(size), ones(size);
  std::vector<double> sums(size), low(size, 2), high(size, -1);
  std::vector<std::size_t> order = by_falling_probability(probability);
  std::reverse(order.begin(), order.end());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double p = probability[static_cast<Index>(order[rank])];
    const std::size_t bin = form == CalibrationBins::kEqualWidth
                                ? std::min(size - 1, static_cast<std::size_t>(p * bins))
                                : rank * size / order.size();
    ++counts[bin];
    ones[bin] += labels[order[rank]];
    sums[bin] += p;
    low[bin] = std::min(low[bin], p);
    high[bin] = std::max(high[bin], p);
  }
  std::vector<CalibrationBin> curve;
  for (std::size_t bin = 0; bin < size; ++bin) {
    const bool equal_width = form == CalibrationBins::kEqualWidth;
    if (!equal_width && counts[bin] == 0) continue;  // fewer rows than bins
    curve.push_back(filled(equal_width ? static_cast<double>(bin) / bins : low[bin],
                           equal_width ? static_cast<double>(bin + 1) / bins : high[bin], counts[bin], sums[bin],
                           ones[bin]));
  }
  return curve;
}

double expected_calibration_error(const std::vector<CalibrationBin>& bins) {
  double sum = 0;
  int rows = 0;
  for (const CalibrationBin& bin : bins) {
    if (bin.count > 0) sum += bin.count * std::abs(bin.predicted - bin.observed);
    rows += bin.count;
  }
  if (rows == 0) throw ShapeError("expected_calibration_error: expected bins with at least one row, got none");
  return sum / rows;
}

}  // namespace handbuilt::regression
