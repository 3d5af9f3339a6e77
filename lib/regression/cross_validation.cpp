#include "regression/cross_validation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "data/design.hpp"
#include "data/standardizer.hpp"
#include "regression/baseline.hpp"
#include "regression/check.hpp"
#include "regression/least_squares.hpp"

namespace handbuilt::regression {

Learner flat_rate_learner() {
  return [](const MatrixD&, const VectorD& y) -> Predictor {
    return [rate = flat_mean(y)](const MatrixD& x) -> VectorD { return VectorD::Constant(x.rows(), rate); };
  };
}

Learner least_squares_learner() {
  return [](const MatrixD& x, const VectorD& y) -> Predictor {
    return [fit = fit_least_squares(x, y)](const MatrixD& rows) { return fit.predict(rows); };
  };
}

Learner ridge_learner(double ridge) {
  return [ridge](const MatrixD& x, const VectorD& y) -> Predictor {
    const data::Standardizer standardizer(x);
    return [standardizer, fit = fit_least_squares(standardizer(x), y, {.ridge = ridge})](const MatrixD& rows) {
      return fit.predict(standardizer(rows));
    };
  };
}

Learner minimum_norm_learner() {
  return [](const MatrixD& x, const VectorD& y) -> Predictor {
    return [fit = fit_minimum_norm(x, y)](const MatrixD& rows) { return fit.predict(rows); };
  };
}

CrossValidation cross_validate(const Learner& learner, const MatrixD& x, const VectorD& y,
                               const std::vector<data::Fold>& folds) {
  require_same_rows("cross-validation", x, y.size());
  if (folds.empty()) throw ValueError("cross-validation: expected at least one fold, got none");
  CrossValidation result;
  result.predictions = VectorD::Constant(y.size(), std::numeric_limits<double>::quiet_NaN());
  double squares = 0;
  std::size_t held_out = 0;
  for (const data::Fold& fold : folds) {
    const Predictor predictor = learner(data::take(x, fold.train), data::take(y, fold.train));
    const VectorD predicted = predictor(data::take(x, fold.validation));
    const double of_fold = (predicted - data::take(y, fold.validation)).squaredNorm();
    for (std::size_t i = 0; i < fold.validation.size(); ++i)
      result.predictions[fold.validation[i]] = predicted[static_cast<Eigen::Index>(i)];
    result.fold_rmse.push_back(std::sqrt(of_fold / static_cast<double>(fold.validation.size())));
    squares += of_fold;
    held_out += fold.validation.size();
  }
  result.rmse = std::sqrt(squares / static_cast<double>(held_out));
  result.fold_mean = mean_interval(result.fold_rmse);
  return result;
}

Choice choose_by_cross_validation(const std::vector<Candidate>& candidates, const MatrixD& x, const VectorD& y,
                                  const std::vector<data::Fold>& folds, bool one_standard_error) {
  if (candidates.empty()) throw ValueError("cross-validation: expected at least one candidate, got none");
  Choice choice;
  std::vector<CrossValidation> results;
  for (const Candidate& candidate : candidates) {
    results.push_back(cross_validate(candidate.learner, x, y, folds));
    choice.rmse.push_back(results.back().rmse);
  }
  choice.best = static_cast<int>(std::min_element(choice.rmse.begin(), choice.rmse.end()) - choice.rmse.begin());
  if (!one_standard_error || folds.size() < 2) return choice;

  const auto best = static_cast<std::size_t>(choice.best);
  double mean = 0, squares = 0;
  const auto count = static_cast<double>(folds.size());
  for (const double rmse : results[best].fold_rmse) mean += rmse * rmse / count;
  for (const double rmse : results[best].fold_rmse) squares += (rmse * rmse - mean) * (rmse * rmse - mean);
  const double allowed = choice.rmse[best] * choice.rmse[best] + std::sqrt(squares / (count - 1) / count);
  choice.best = static_cast<int>(
      std::find_if(choice.rmse.begin(), choice.rmse.end(), [&](double rmse) { return rmse * rmse <= allowed; }) -
      choice.rmse.begin());
  return choice;
}

NestedCrossValidation nested_cross_validate(const std::vector<Candidate>& candidates, const MatrixD& x,
                                            const VectorD& y, const std::vector<data::Fold>& outer, int inner_folds,
                                            Random& random, bool one_standard_error) {
  NestedCrossValidation result;
  const Learner choose_then_learn = [&](const MatrixD& x_train, const VectorD& y_train) {
    const std::vector<data::Fold> inner = data::k_fold(static_cast<int>(x_train.rows()), inner_folds, random);
    const Choice choice = choose_by_cross_validation(candidates, x_train, y_train, inner, one_standard_error);
    result.chosen.push_back(choice.best);
    return candidates[static_cast<std::size_t>(choice.best)].learner(x_train, y_train);
  };
  result.outer = cross_validate(choose_then_learn, x, y, outer);
  return result;
}

}  // namespace handbuilt::regression
