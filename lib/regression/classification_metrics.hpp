#pragma once

#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/matrix.hpp"

namespace handbuilt::regression {

/// How good probabilities and decisions are. Labels [rows] are 0 or 1, or 0 ... classes - 1; probabilities are of class
/// 1 [rows] or of each class [rows, classes]. All throw ShapeError when sizes differ or are 0, and ValueError, naming
/// the row, for a probability outside [0, 1] or a label that is none.

/// Mean of -log(probability of what came), in nats. Infinite where something that was called impossible came: no
/// forecaster should say 0. `floor` > 0 raises smaller probabilities to it before the logarithm.
double log_loss(const VectorD& probability, const std::vector<int>& labels, double floor = 0);
double log_loss(const MatrixD& probabilities, const std::vector<int>& labels, double floor = 0);

/// Mean squared difference of probability and label. Source: Brier (1950), "Verification of forecasts expressed in
/// terms of probability".
double brier_score(const VectorD& probability, const std::vector<int>& labels);

/// Share of rows whose predicted label is right.
double accuracy(const std::vector<int>& predicted, const std::vector<int>& labels);

/// How often each class [row] was called which [column].
class ConfusionMatrix {
 public:
  /// As many classes as the largest label or prediction says, or `classes`.
  ConfusionMatrix(const std::vector<int>& predicted, const std::vector<int>& labels, int classes = 0);

  [[nodiscard]] int classes() const { return static_cast<int>(counts_.rows()); }
  [[nodiscard]] int count(int actual, int predicted) const { return counts_(actual, predicted); }
  [[nodiscard]] const Eigen::MatrixXi& counts() const { return counts_; }
  [[nodiscard]] double accuracy() const;
  /// Of the rows called `label`, the share that are; of those that are, the share so called; and the harmonic mean of
  /// the two. NaN where there are none.
  [[nodiscard]] double precision(int label) const;
  [[nodiscard]] double recall(int label) const;
  [[nodiscard]] double f1(int label) const;
  /// Mean recall over the classes that occur: accuracy for which rare classes count as much as common ones.
  [[nodiscard]] double balanced_accuracy() const;
  /// A table for people. `names` may be empty.
  [[nodiscard]] std::string summary(const std::vector<std::string>& names = {}) const;

 private:
  Eigen::MatrixXi counts_;
};

/// The four counts of a yes-or-no decision "1 where the probability is at least `threshold`".
struct Decisions {
  int true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
};
Decisions decide(const VectorD& probability, const std::vector<int>& labels, double threshold);

/// A threshold, and what it costs a row on average.
struct CostedThreshold {
  double threshold = 0.5, cost = 0;
};
/// The threshold with the smallest cost on these rows, when a false alarm costs `false_positive` and a miss
/// `false_negative`. Where probabilities are calibrated, false_positive / (false_positive + false_negative) does as
/// well and need not be learned. "Never" comes as a threshold above 1. Throws ValueError for negative costs.
CostedThreshold cheapest_threshold(const VectorD& probability, const std::vector<int>& labels, double false_positive,
                                   double false_negative);

/// A point of the curve that thresholds draw: shares of all negatives and of all positives that are called positive.
struct RocPoint {
  double false_positive_rate = 0, true_positive_rate = 0, threshold = 0;
};
/// From (0, 0) to (1, 1), one point for each different probability. Throws ValueError unless both classes are there.
std::vector<RocPoint> roc_curve(const VectorD& probability, const std::vector<int>& labels);
/// The area under it: the probability that a random positive gets a higher one than a random negative, ties counting
/// half. Source: Hanley and McNeil (1982), "The meaning and use of the area under a receiver operating characteristic
/// curve".
double area_under_roc(const VectorD& probability, const std::vector<int>& labels);

/// Rows whose probabilities lie close together, and how often class 1 came among them.
struct CalibrationBin {
  double low = 0, high = 0;  ///< ends of the bin; the last one holds its upper end too
  int count = 0;
  double predicted = 0;  ///< mean probability; NaN when the bin is empty, like `observed`
  double observed = 0;   ///< share of class 1
  Interval interval;     ///< 95 % of `observed`, by Wilson
};
/// Bins of equal width over [0, 1], or with (nearly) equally many rows each.
enum class CalibrationBins { kEqualWidth, kEqualCount };
std::vector<CalibrationBin> calibration_curve(const VectorD& probability, const std::vector<int>& labels, int bins = 10,
                                              CalibrationBins form = CalibrationBins::kEqualWidth);
/// The mean of |predicted - observed| over the bins, weighted by their rows: 0 is perfect. Chance alone makes it
/// positive; more so with more bins. Source: Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated
/// probabilities using Bayesian binning".
double expected_calibration_error(const std::vector<CalibrationBin>& bins);

}  // namespace handbuilt::regression
