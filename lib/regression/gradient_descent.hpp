#pragma once

#include <vector>

#include "core/random.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

struct GradientDescentOptions {
  /// Length of a step in units of the gradient of the mean squared error / 2. 0 takes 1 / L, where L is the largest
  /// curvature, found by power iteration: the longest that never overshoots. Above 2 / L it diverges.
  double learning_rate = 0;
  /// Share of the last step that is kept, in [0, 1).
  double momentum = 0;
  /// Rows a step; 0 takes all of them (plain gradient descent), fewer are drawn anew each epoch (mini-batches).
  int batch_rows = 0;
  /// Passes over the rows, at most.
  int epochs = 1000;
  /// Ends when the gradient's length has fallen to this share of its first one. 0 runs all epochs.
  double tolerance = 1e-10;
  /// For mini-batches: epoch e steps by learning_rate / (1 + decay * e), without which they never settle.
  double decay = 0;
  bool intercept = true;
  double ridge = 0;        ///< as in LeastSquaresOptions
  bool keep_path = false;  ///< remember the coefficients after every epoch, for a picture
};

struct GradientDescentFit {
  double intercept = 0;
  VectorD coefficients;  ///< [columns]
  std::vector<double>
      loss;  ///< mean squared error on all rows (and ridge / rows * squares), before each epoch and after the last
  std::vector<VectorD> path;  ///< [epochs + 1][p] the intercept first if there is one; only when asked for
  double learning_rate = 0;   ///< the one that was used
  bool converged = false;

  /// The prediction of each row. Throws ShapeError for other columns.
  [[nodiscard]] VectorD predict(const MatrixView& x) const;
};

/// Least squares by walking downhill from zero. It needs no decomposition and copes with any number of columns, but
/// slows down with the squared condition number: standardise the columns first (data::Standardizer). To compute a fit
/// use fit_least_squares; this is to see how learning by gradients goes about it.
///
/// `random` draws the mini-batches and is not used without them. Throws ShapeError and ValueError as fit_least_squares
/// does, and ValueError when it diverges, naming the learning rate that would not.
/// Source: Cauchy (1847), "Méthode générale pour la résolution des systèmes d'équations simultanées"; Robbins and Monro
/// (1951), "A stochastic approximation method".
GradientDescentFit fit_by_gradient_descent(const MatrixView& x, const VectorView& y,
                                           const GradientDescentOptions& options, Random& random);

}  // namespace handbuilt::regression
