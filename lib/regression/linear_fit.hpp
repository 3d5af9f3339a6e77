#pragma once

#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/matrix.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

/// A prediction with the ends of an interval.
struct PredictionInterval {
  double value = 0, low = 0, high = 0;
};

/// A fitted linear model y = intercept + coefficients . x + noise, and all that inference needs. p is the number of
/// coefficients, the intercept included; in vectors and matrices of size p it stands first.
///
/// Standard errors, intervals and tests hold if the model is right, the noise is independent with the same variance in
/// every row, and, for few rows, normal. They know nothing of columns that were chosen by looking at y.
struct LinearFit {
  double intercept = 0;            ///< 0 when there is none
  VectorD coefficients;            ///< [columns]
  std::vector<std::string> names;  ///< [columns]
  bool has_intercept = true;
  double ridge = 0;

  Eigen::Index rows = 0;
  double residual_squares = 0;      ///< sum of squared residuals
  double total_squares = 0;         ///< of y, about its mean when there is an intercept
  double effective_parameters = 0;  ///< p; less with ridge: the trace of the matrix that maps y to the fitted values
  /// Condition number of the columns, centred where there is an intercept, scaled to length 1; with ridge, of the
  /// penalised ones. What it says of the digits of the coefficients holds for the columns' own units and origins too,
  /// but for the intercept's.
  double condition = 0;
  MatrixD unscaled_covariance;  ///< [p, p] (X'X)^-1; times the residual variance it is the coefficients' covariance

  /// The prediction of one row x [columns], or of each row of x [rows, columns]. Throw ShapeError for other columns.
  [[nodiscard]] double predict_one(const VectorView& x) const;
  [[nodiscard]] VectorD predict(const MatrixView& x) const;

  /// Rows minus parameters: what is left to judge by.
  [[nodiscard]] double degrees_of_freedom() const { return static_cast<double>(rows) - effective_parameters; }
  /// The estimated variance of the noise; NaN when no degree of freedom is left.
  [[nodiscard]] double residual_variance() const;
  [[nodiscard]] double residual_standard_error() const;
  /// [p], the intercept first if there is one. With ridge they leave out the bias that it brings.
  [[nodiscard]] VectorD standard_errors() const;
  /// The interval of each coefficient [p] that holds the true one with probability `level`, by Student's t. Throws
  /// ValueError unless 0 < level < 1. All NaN when no degree of freedom is left.
  [[nodiscard]] std::vector<Interval> coefficient_intervals(double level = 0.95) const;
  /// Where the mean of y at x lies, and where one more y at x will lie.
  [[nodiscard]] PredictionInterval confidence_interval(const VectorView& x, double level = 0.95) const;
  [[nodiscard]] PredictionInterval prediction_interval(const VectorView& x, double level = 0.95) const;
  /// How far x lies from the training rows, in the fit's own measure: x' (X'X)^-1 x. The training rows' leverages add
  /// up to p; a new row with more than the largest of them is an extrapolation.
  [[nodiscard]] double leverage(const VectorView& x) const;

  /// On the training rows, which flatters the fit; metrics.hpp has the same for rows it has not seen.
  [[nodiscard]] double r_squared() const;
  [[nodiscard]] double adjusted_r_squared() const;
  /// Of normal noise at its most likely variance, as R's logLik has it.
  [[nodiscard]] double log_likelihood() const;
  /// Akaike's and Schwarz's criteria, the noise's variance counted as a parameter. Smaller is better, between fits of
  /// the same y.
  [[nodiscard]] double aic() const;
  [[nodiscard]] double bic() const;

  /// A table of the coefficients and the fit as a whole, for people.
  [[nodiscard]] std::string summary() const;

 private:
  [[nodiscard]] VectorD with_intercept(const VectorView& x) const;
  [[nodiscard]] PredictionInterval interval(const VectorView& x, double level, double own_variance) const;
};

}  // namespace handbuilt::regression
