#pragma once

#include <string>
#include <vector>

#include "regression/check.hpp"
#include "regression/classifier_options.hpp"

namespace handbuilt::regression {

/// A fitted softmax (multinomial logistic) regression: P(class k) is proportional to exp(intercepts[k] +
/// coefficients.row(k) . x). Every class has its own coefficients; adding the same to all of them changes nothing, and
/// l2, or starting from zero, makes them add up to zero.
struct SoftmaxFit {
  VectorD intercepts;              ///< [classes], zeros when there are none
  MatrixD coefficients;            ///< [classes, columns]
  std::vector<std::string> names;  ///< [columns]
  double l2 = 0;

  Eigen::Index rows = 0;
  std::vector<int> class_counts;   ///< [classes] of the training labels
  double log_likelihood = 0;       ///< of the training labels, in nats; without the penalty
  double null_log_likelihood = 0;  ///< of the same with nothing but the base rates
  int iterations = 0;
  bool converged = false;

  [[nodiscard]] int classes() const { return static_cast<int>(coefficients.rows()); }
  /// [rows, classes], each row adding up to 1. Throws ShapeError for other columns.
  [[nodiscard]] MatrixD probabilities(const MatrixView& x) const;
  /// The most probable class of each row.
  [[nodiscard]] std::vector<int> predict(const MatrixView& x) const;
  /// The coefficients as a table, a column a class, for people. `class_names` may be empty.
  [[nodiscard]] std::string summary(const std::vector<std::string>& class_names = {}) const;
};

/// Softmax regression of labels [rows], 0 ... classes - 1, on x [rows, columns], with as many classes as the largest
/// label says. By L-BFGS, also where the options say Newton, or by SGD.
///
/// Throws as fit_logistic does.
/// Source: Bridle (1990), "Probabilistic interpretation of feedforward classification network outputs".
SoftmaxFit fit_softmax(const MatrixView& x, const std::vector<int>& labels, const ClassifierOptions& options = {});

}  // namespace handbuilt::regression
