#pragma once

#include <string>
#include <vector>

#include "core/interval.hpp"
#include "regression/check.hpp"
#include "regression/classifier_options.hpp"

namespace handbuilt::regression {

/// A fitted logistic regression: P(label = 1) = 1 / (1 + exp(-(intercept + coefficients . x))). In vectors and matrices
/// of size p the intercept stands first if there is one.
struct LogisticFit {
  double intercept = 0;
  VectorD coefficients;            ///< [columns]; each is the change of the log odds for one unit of the column
  std::vector<std::string> names;  ///< [columns]
  bool has_intercept = true;
  double l2 = 0;

  Eigen::Index rows = 0, positives = 0;
  double log_likelihood = 0;       ///< of the training labels, in nats; without the penalty
  double null_log_likelihood = 0;  ///< of the same with nothing but the base rate
  /// [p, p] the inverse of the (penalised) matrix of second derivatives: with kNewton where it looked last, a step
  /// worth less than its tolerance before the end; with kLbfgs only if asked for, empty otherwise; empty with kSgd.
  MatrixD covariance;
  int iterations = 0;
  bool converged = false;

  /// The log odds, and P(label = 1), of each row of x [rows, columns]. Throw ShapeError for other columns.
  [[nodiscard]] VectorD log_odds(const MatrixView& x) const;
  [[nodiscard]] VectorD probabilities(const MatrixView& x) const;
  /// 1 where the probability is at least `threshold`. Half suits equal costs; see cheapest_threshold for others.
  [[nodiscard]] std::vector<int> predict(const MatrixView& x, double threshold = 0.5) const;

  /// [p] by the curvature of the likelihood (Wald); of an l2 fit they leave out the bias. Empty without a covariance,
  /// as are the intervals.
  [[nodiscard]] VectorD standard_errors() const;
  [[nodiscard]] std::vector<Interval> coefficient_intervals(double level = 0.95) const;
  /// McFadden's: 1 - log_likelihood / null_log_likelihood.
  [[nodiscard]] double pseudo_r_squared() const;
  [[nodiscard]] double aic() const;
  /// A table of the coefficients and the fit as a whole, for people.
  [[nodiscard]] std::string summary() const;
};

/// Logistic regression of labels [rows], 0 or 1, on x [rows, columns]. Newton's method halves a step that does not
/// help; started from zero, it is the iteratively reweighted least squares of the statisticians. With many rows, 4,000
/// and 100 a parameter, it starts from the fit of every fourth row.
///
/// Throws ShapeError, saying the shapes, when they do not fit; ValueError, naming rows, for numbers that are not finite
/// and labels that are neither 0 nor 1; when only one class is there; naming columns, where they depend on each other;
/// and where, without l2, a plane separates the classes, so that larger coefficients are always better. Source: Cox
/// (1958), "The regression analysis of binary sequences"; Albert and Anderson (1984), "On the existence of maximum
/// likelihood estimates in logistic regression models" (separation).
LogisticFit fit_logistic(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options = {});

/// 1 / (1 + exp(-z)) and log(1 + exp(z)) without overflow.
double sigmoid(double z);
double softplus(double z);

namespace detail {

/// What one pass over the rows yields at the parameters `b` [p], the intercept first if there is one.
struct LogisticSums {
  double loss = 0;   ///< sum of log losses
  VectorD gradient;  ///< [p]
  MatrixD hessian;   ///< [p, p] upper half; empty unless asked for
};

/// The rows shared among threads, each read once.
LogisticSums logistic_sums(const MatrixView& x, const std::vector<int>& labels, bool intercept, const VectorD& b,
                           bool with_hessian, int threads);

/// In plain loops: what the fast version is tested against.
LogisticSums logistic_sums_plain(const MatrixView& x, const std::vector<int>& labels, bool intercept, const VectorD& b,
                                 bool with_hessian);

}  // namespace detail

}  // namespace handbuilt::regression
