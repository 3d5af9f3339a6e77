#pragma once

#include <vector>

#include "regression/cross_validation.hpp"
#include "regression/linear_fit.hpp"

namespace handbuilt::regression {

/// The columns in the order in which they help most, each given those before it.
struct SelectionPath {
  std::vector<int> columns;  ///< in order of choice
  std::vector<double>
      residual_squares;  ///< [columns + 1] on the training rows: with none of them, with one, with two, ...
};

/// Forward selection with an intercept: at each step the column that lowers the sum of squared residuals most, up to
/// `most` of them, or until the rows are used up or what is left of every other column is rounding. Each step
/// orthogonalises the columns that are left, so a path costs rows * columns * most.
///
/// The order is chosen by looking at y: standard errors of a fit on the chosen columns are too small and its training
/// error too good. Choose how many by `choose_size`, judge by `cross_validate(forward_selection_learner(...))`.
///
/// Throws as fit_least_squares does, and ValueError for a negative `most`.
/// Source: Efroymson (1960), "Multiple regression analysis"; Miller (2002), "Subset selection in regression".
SelectionPath forward_selection(const MatrixD& x, const VectorD& y, int most);

/// How many columns of its path forward selection should keep: the number with the smallest cross-validated error, the
/// selection being done anew in every fold. With `one_standard_error` the smallest number within one standard error of
/// it.
struct SizeChoice {
  int size = 0;
  std::vector<double> rmse;  ///< [sizes] with 0, 1, 2, ... columns
};
SizeChoice choose_size(const MatrixD& x, const VectorD& y, int most, const std::vector<data::Fold>& folds,
                       bool one_standard_error = false);

/// A least-squares fit on some of the columns, which takes rows with all of them.
struct SelectedFit {
  std::vector<int> columns;
  LinearFit fit;
  [[nodiscard]] VectorD predict(const MatrixD& x) const;
};
SelectedFit fit_selected(const MatrixD& x, const VectorD& y, const std::vector<int>& columns,
                         const std::vector<std::string>& names = {});

/// Forward selection of exactly `size` columns (fewer where the path ends before).
Learner forward_selection_learner(int size);
/// Forward selection of as many columns as `folds`-fold cross-validation on the training rows finds best, up to `most`.
/// Cross-validating this learner is nested cross-validation. The folds come from `seed`.
Learner forward_selection_learner(int most, int folds, std::uint64_t seed, bool one_standard_error = false);

}  // namespace handbuilt::regression
