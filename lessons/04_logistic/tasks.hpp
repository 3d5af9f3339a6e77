#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: probabilities, the surprise they cause, and what to do with them.
///
/// Labels are 1 (yes, it rained) and 0 (no). Log odds are log(p / (1 - p)): 0 is even odds, 2.3 more multiplies them
/// by ten, 2.3 less divides them by ten. Losses are in nats: the logarithm is the natural one.
namespace logistic {

/// The probability that belongs to log odds `z`: 1 / (1 + exp(-z)). Right for z of any size, and to ten digits also
/// where the answer is nearly 0: sigmoid(-40) is 4.25e-18 and not 0. (What is below 1e-307 may be 0.)
double sigmoid(double z);

/// How surprised a forecaster is: the mean over the rows of -log(probability given to what came). Right for log odds of
/// any size, and to ten digits also where it is nearly 0. `sigmoid` is not there to be called here: there is no need of
/// it.
///
/// log_odds, labels  equally long, at least one
double log_loss(const std::vector<double>& log_odds, const std::vector<int>& labels);

/// How the mean log loss changes with each coefficient, when
///   log_odds(n) = sum over i of x(n, i) coefficients(i).
/// Where there is an intercept, it is a column of ones that is there already.
///
/// x             [rows, columns], at least one of each
/// labels        [rows]
/// coefficients  [columns]
/// returns       [columns]
TensorD log_loss_gradient(const TensorD& x, const std::vector<int>& labels, const TensorD& coefficients);

/// The probabilities of several classes: each exp(score) over the sum of its row's. Right for scores of any size.
///
/// scores   [rows, classes]
/// returns  [rows, classes], each row adding up to 1
TensorD softmax(const TensorD& scores);

struct Choice {
  double threshold = 0;  ///< say yes where the probability is this or more; above all of them for "never"
  double cost = 0;       ///< of a row, on average, with that threshold on these rows
};
HANDBUILT_FIELDS(Choice, threshold, cost)

/// The threshold that would have been cheapest on these rows. Of several that cost the same, any is right.
///
/// probabilities, labels  equally long, at least one
/// false_alarm            what a yes costs where the label is 0, in any unit, at least 0
/// miss                   what a no costs where the label is 1, in the same unit, at least 0
Choice cheapest_threshold(const std::vector<double>& probabilities, const std::vector<int>& labels, double false_alarm,
                          double miss);

struct Calibration {
  std::vector<int> counts;        ///< [bins] rows in each bin
  std::vector<double> predicted;  ///< [bins] mean probability of those rows; NaN in an empty bin
  std::vector<double> observed;   ///< [bins] share of them with label 1; NaN in an empty bin
  double error = 0;               ///< mean over all rows of |predicted - observed| of their bin
};
HANDBUILT_FIELDS(Calibration, counts, predicted, observed, error)

/// What was promised against what came. Bin k of `bins` equally wide ones holds the rows with
///   k / bins <= probability < (k + 1) / bins;
/// the last one holds a probability of 1 too.
///
/// probabilities, labels  equally long, at least one
Calibration calibration(const std::vector<double>& probabilities, const std::vector<int>& labels, int bins);

}  // namespace logistic

/// Given in full: in each task's file one of these stands above the blank and does something close to what is asked.
namespace worked {

/// The length of the arrow (x, y): the root of x^2 + y^2, for numbers of any size.
double length(double x, double y);

/// log(exp(a) + exp(b)), for numbers of any size.
double log_add(double a, double b);

/// How half the mean squared residual of a line or plane changes with each coefficient:
///   prediction(n) = sum over i of x(n, i) coefficients(i).
TensorD squared_error_gradient(const TensorD& x, const std::vector<double>& y, const TensorD& coefficients);

/// Each entry's share of its row's sum.
TensorD shares(const TensorD& counts);

/// What a row costs on average when yes is said from `threshold` on.
double cost_of(double threshold, const std::vector<double>& probabilities, const std::vector<int>& labels,
               double false_alarm, double miss);

/// How many values lie in each of `bins` equally wide bins from low to high; the last one holds `high` too.
std::vector<int> histogram(const std::vector<double>& values, double low, double high, int bins);

}  // namespace worked
