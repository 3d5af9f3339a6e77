#include "lessons/03_three_parameters/estimates.hpp"

#include <Eigen/LU>
#include <Eigen/QR>
#include <memory>
#include <utility>

#include "data/design.hpp"
#include "data/standardizer.hpp"
#include "regression/baseline.hpp"
#include "regression/forward_selection.hpp"
#include "regression/gradient_descent.hpp"
#include "regression/guarded.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

using regression::Learner;
using regression::Predictor;

struct Description {
  const char* key;
  const char* name;
};

Description description_of(Estimate estimate) {
  switch (estimate) {
    case Estimate::kFlat:
      return {"flat", "flat rate"};
    case Estimate::kMisSet:
      return {"mis_set", "300 set by hand"};
    case Estimate::kInOrder:
      return {"in_order", "300 fitted, in order"};
    case Estimate::kPivoted:
      return {"pivoted", "300 fitted, pivoted"};
    case Estimate::kMinimumNorm:
      return {"minimum_norm", "300 fitted, shortest"};
    case Estimate::kDescent:
      return {"descent", "300 fitted, downhill"};
    case Estimate::kUncentred:
      return {"uncentred", "300 fitted, not centred"};
    case Estimate::kRidge:
      return {"ridge", "ridge"};
    case Estimate::kSelected:
      return {"selected", "forward selection"};
    case Estimate::kGuarded:
      return {"guarded", "the same, guarded"};
    case Estimate::kThreeKnown:
      return {"three", "the three, fitted"};
  }
  return {"", ""};
}

Predictor linear(double intercept, VectorD coefficients) {
  return [=](const MatrixD& x) { return VectorD((x * coefficients).array() + intercept); };
}

/// [1 x]
MatrixD with_ones(const MatrixD& x) {
  MatrixD design(x.rows(), x.cols() + 1);
  design.col(0).setOnes();
  design.rightCols(x.cols()) = x;
  return design;
}

/// Somebody sets every parameter, knowing the truth, and is off by about 2 each time.
Learner mis_set(const Truth& truth, std::uint64_t seed) {
  Random random(seed, "mis-set");
  VectorD effects = truth.effects;
  for (double& effect : effects) effect += random.normal(0, 2);
  return [=](const MatrixD&, const VectorD& y) { return linear(regression::flat_mean(y), effects); };
}

// #region solvers
/// As many columns as there are rows, from the left: R's lm.
Predictor in_order(const MatrixD& x, const VectorD& y) {
  const Eigen::Index rows = x.rows();
  const VectorD solution = with_ones(x).leftCols(rows).partialPivLu().solve(y);
  VectorD coefficients = VectorD::Zero(x.cols());
  coefficients.head(rows - 1) = solution.tail(rows - 1);
  return linear(solution(0), coefficients);
}

/// As many columns as there are rows, each time the one with most left: Eigen's ColPivHouseholderQR, MATLAB's
/// backslash.
Predictor pivoted(const MatrixD& x, const VectorD& y) {
  const VectorD solution = with_ones(x).colPivHouseholderQr().solve(y);
  return linear(solution(0), solution.tail(x.cols()));
}

/// Downhill from zero until the gradient is a millionth of what it was: arrives at the shortest.
Predictor downhill(const MatrixD& x, const VectorD& y) {
  Random unused(1);
  const double mean = regression::flat_mean(y);
  const auto fit =
      regression::fit_by_gradient_descent(x, y.array() - mean, {.epochs = 5000, .tolerance = 1e-6}, unused);
  return linear(mean + fit.intercept, fit.coefficients);
}

/// The shortest with the intercept counted: numpy's lstsq with a column of ones.
Predictor uncentred(const MatrixD& x, const VectorD& y) {
  const VectorD solution = with_ones(x).completeOrthogonalDecomposition().solve(y);
  return linear(solution(0), solution.tail(x.cols()));
}
// #endregion solvers

/// Ridge with the strength that five folds of the training rows find best.
Learner tuned_ridge(std::uint64_t seed) {
  return [=](const MatrixD& x, const VectorD& y) {
    std::vector<regression::Candidate> candidates;
    for (const double strength : {3000.0, 1000.0, 300.0, 100.0, 30.0})
      candidates.push_back({"", regression::ridge_learner(strength)});
    Random random(seed, "ridge folds");
    const auto folds = data::k_fold(static_cast<int>(x.rows()), kInnerFolds, random);
    const auto choice = regression::choose_by_cross_validation(candidates, x, y, folds);
    return candidates[static_cast<std::size_t>(choice.best)].learner(x, y);
  };
}

/// Forward selection, then a guarded model on the columns that it chose.
Learner guarded_selection(std::uint64_t seed) {
  return [=](const MatrixD& x, const VectorD& y) {
    Random random(seed, "forward selection folds");
    const auto folds = data::k_fold(static_cast<int>(x.rows()), kInnerFolds, random);
    const int size = regression::choose_size(x, y, kMostSelected, folds).size;
    const std::vector<int> columns = regression::forward_selection(x, y, size).columns;
    const auto model = std::make_shared<regression::GuardedModel>(data::take_columns(x, columns), y);
    return Predictor([=](const MatrixD& rows) { return model->predict(data::take_columns(rows, columns)); });
  };
}

Learner known(std::vector<int> columns) {
  return [columns = std::move(columns)](const MatrixD& x, const VectorD& y) {
    return Predictor(
        [fit = regression::fit_selected(x, y, columns)](const MatrixD& rows) { return fit.predict(rows); });
  };
}

}  // namespace

std::string key_of(Estimate estimate) { return description_of(estimate).key; }
std::string name_of(Estimate estimate) { return description_of(estimate).name; }

regression::Learner learner_of(Estimate estimate, const Truth& truth, std::uint64_t seed) {
  switch (estimate) {
    case Estimate::kFlat:
      return regression::flat_rate_learner();
    case Estimate::kMisSet:
      return mis_set(truth, seed);
    case Estimate::kInOrder:
      return in_order;
    case Estimate::kPivoted:
      return pivoted;
    case Estimate::kMinimumNorm:
      return regression::minimum_norm_learner();
    case Estimate::kDescent:
      return downhill;
    case Estimate::kUncentred:
      return uncentred;
    case Estimate::kRidge:
      return tuned_ridge(seed);
    case Estimate::kSelected:
      return regression::forward_selection_learner(kMostSelected, kInnerFolds, seed);
    case Estimate::kGuarded:
      return guarded_selection(seed);
    case Estimate::kThreeKnown:
      return known(truth.matter);
  }
  return {};
}

}  // namespace handbuilt::lessons::three_parameters
