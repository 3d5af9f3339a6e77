#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace handbuilt::regression {

/// How a classifier's coefficients are found. All minimise the same sum.
enum class ClassifierSolver {
  kNewton,  ///< exact curvature: a handful of passes, and p^3 each; the best up to some hundred parameters
  kLbfgs,   ///< a memory of ten steps: for many parameters
  kSgd,     ///< a few rows a step: never quite arrives, but is soon near; to see how networks are trained
};

struct ClassifierOptions {
  ClassifierSolver solver = ClassifierSolver::kNewton;
  bool intercept = true;
  /// Minimises (sum of log losses) + l2 / 2 * (sum of squared coefficients but the intercepts): 1 / C in scikit-learn's
  /// terms. The columns should have one scale. With 0, classes that a plane separates have no finite best coefficients.
  double l2 = 0;
  int max_iterations = 200;
  /// Newton ends when what is left to gain is below this (in nats, over all rows); L-BFGS when the gradient has fallen
  /// to this share of its first one.
  double tolerance = 1e-8;
  /// One a column, for messages and summaries; x0, x1, ... when empty.
  std::vector<std::string> names = {};
  /// <= 0 takes one a core. The same count always gives the same bits.
  int threads = 1;
  /// Whether kLbfgs, once done, looks at the rows once more for the covariance, of p^2 numbers. kNewton has it anyway.
  bool lbfgs_covariance = false;

  /// For kSgd: epoch e steps by learning_rate / (1 + decay * e), on columns that are standardised inside.
  double learning_rate = 0.1;
  double decay = 0.1;
  int batch_rows = 32;
  int epochs = 50;
  std::uint64_t seed = 0;
};

}  // namespace handbuilt::regression
