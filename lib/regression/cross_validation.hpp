#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"
#include "data/split.hpp"

namespace handbuilt::regression {

/// What maps rows [rows, columns] to predictions [rows].
using Predictor = std::function<VectorD(const MatrixD& x)>;
/// What learns such a thing from training rows x [rows, columns] and y [rows]. Everything that looks at data belongs
/// inside: scaling, choosing columns, tuning.
using Learner = std::function<Predictor(const MatrixD& x, const VectorD& y)>;

/// Always the mean of the training rows.
Learner flat_rate_learner();
/// Least squares on all columns, by QR.
Learner least_squares_learner();
/// Columns standardised on the training rows, then ridge: coefficients that add up to the shortest for their error.
Learner ridge_learner(double ridge);
/// The shortest of all perfect fits (or the least-squares fit, where there is but one).
Learner minimum_norm_learner();

/// What came of holding out one fold after the other.
struct CrossValidation {
  VectorD predictions;  ///< [rows] each by a model that has not seen its row; NaN for rows in no validation part
  std::vector<double> fold_rmse;  ///< [folds] on the rows held out
  /// The root of the mean squared error over all rows held out.
  double rmse = 0;
  /// The mean of the folds' errors and its 95 % interval. The folds share training rows, so it is narrower than the
  /// truth.
  MeanInterval fold_mean;
};

/// Learns on each fold's training rows and predicts its validation rows. Throws IndexError for rows that are not there,
/// ValueError for no folds.
CrossValidation cross_validate(const Learner& learner, const MatrixD& x, const VectorD& y,
                               const std::vector<data::Fold>& folds);

struct Candidate {
  std::string name;
  Learner learner;
};

/// Which of the candidates has the smallest cross-validated error, and what each has.
struct Choice {
  int best = 0;
  std::vector<double> rmse;  ///< [candidates]
};
/// `one_standard_error` takes the first candidate (put the simplest first) whose mean squared error is within one
/// standard error, over the folds, of the best. The winner's own figure is too good: it was chosen for it. Source:
/// Breiman, Friedman, Olshen and Stone (1984), "Classification and regression trees".
Choice choose_by_cross_validation(const std::vector<Candidate>& candidates, const MatrixD& x, const VectorD& y,
                                  const std::vector<data::Fold>& folds, bool one_standard_error = false);

/// Cross-validation around the choice itself: in each outer fold the candidates compete on its training rows alone, by
/// an inner cross-validation, and the winner, learned on all of those, predicts the rows held out. An honest figure for
/// "choose, then fit". The inner folds come from `random`.
/// Source: Stone (1974), "Cross-validatory choice and assessment of statistical predictions"; Varma and Simon (2006),
/// "Bias in error estimation when using cross-validation for model selection".
struct NestedCrossValidation {
  CrossValidation outer;
  std::vector<int> chosen;  ///< [outer folds] number of the candidate that won
};
NestedCrossValidation nested_cross_validate(const std::vector<Candidate>& candidates, const MatrixD& x,
                                            const VectorD& y, const std::vector<data::Fold>& outer, int inner_folds,
                                            Random& random, bool one_standard_error = false);

}  // namespace handbuilt::regression
