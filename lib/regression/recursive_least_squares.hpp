#pragma once

#include <vector>

#include "control/rls.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

/// Least squares that takes one row at a time and can forget old ones: control::Rls for a number of columns that is
/// known only when the program runs. With forgetting 1 and a large initial variance it ends at fit_least_squares'
/// coefficients.
class RecursiveLeastSquares {
 public:
  using Config = control::RlsConfig<double>;

  /// Throws ValueError for a forgetting factor outside (0, 1] or a variance that is not positive.
  explicit RecursiveLeastSquares(Eigen::Index columns, bool intercept = true, const Config& config = {});

  /// Takes one row x [columns] in and returns y minus the prediction before it. Throws ShapeError for another size and
  /// ValueError for a number that is not finite; nothing is changed then.
  double update(const VectorView& x, double y);
  /// Takes rows in, one after the other: x [rows, columns], y [rows].
  void update(const MatrixView& x, const VectorView& y);

  [[nodiscard]] double predict(const VectorView& x) const;
  [[nodiscard]] double intercept() const { return has_intercept_ ? coefficients_.front() : 0; }
  [[nodiscard]] VectorD coefficients() const;  ///< [columns]
  /// [p, p] in units of the noise's variance, the intercept first if there is one.
  [[nodiscard]] MatrixD covariance() const;

 private:
  [[nodiscard]] std::vector<double> row_of(const VectorView& x) const;

  bool has_intercept_;
  Config config_;
  std::vector<double> coefficients_, factors_, scratch_;
};

}  // namespace handbuilt::regression
