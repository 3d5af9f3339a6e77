#include "regression/recursive_least_squares.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"

namespace handbuilt::regression {

RecursiveLeastSquares::RecursiveLeastSquares(Eigen::Index columns, bool intercept, const Config& config)
    : has_intercept_(intercept), config_(config) {
  constexpr const char* kWhere = "recursive least squares";
  require_option(columns + intercept > 0, kWhere, "columns", "of at least 1", static_cast<double>(columns));
  require_option(config.forgetting > 0 && config.forgetting <= 1, kWhere, "forgetting", "in (0, 1]", config.forgetting);
  require_option(config.initial_variance > 0, kWhere, "initial_variance", "above 0", config.initial_variance);
  require_option(config.largest_variance > 0, kWhere, "largest_variance", "above 0", config.largest_variance);
  const auto size = static_cast<std::size_t>(columns + intercept);
  coefficients_.assign(size, 0);
  scratch_.assign(2 * size, 0);
  factors_.assign(size * size, 0);
  for (std::size_t i = 0; i < size; ++i) factors_[i * size + i] = config.initial_variance;
}

std::vector<double> RecursiveLeastSquares::row_of(const VectorView& x) const {
  const std::size_t columns = coefficients_.size() - has_intercept_;
  if (x.size() != static_cast<Eigen::Index>(columns))
    throw ShapeError("recursive least squares: expected a row of " + std::to_string(columns) + " numbers, got " +
                     std::to_string(x.size()));
  std::vector<double> row;
  if (has_intercept_) row.push_back(1);
  row.insert(row.end(), x.begin(), x.end());
  return row;
}

double RecursiveLeastSquares::update(const VectorView& x, double y) {
  const std::vector<double> row = row_of(x);
  if (!x.allFinite() || !std::isfinite(y))
    throw ValueError("recursive least squares: expected finite numbers, got a row or a value that is not");
  return control::rls_step(static_cast<int>(row.size()), coefficients_.data(), factors_.data(), scratch_.data(),
                           row.data(), y, config_);
}

void RecursiveLeastSquares::update(const MatrixView& x, const VectorView& y) {
  require_same_rows("recursive least squares", x, y.size());
  require_finite("recursive least squares", x, y, column_names("recursive least squares", {}, x.cols()));
  for (Eigen::Index i = 0; i < x.rows(); ++i) update(VectorD(x.row(i)), y[i]);
}

double RecursiveLeastSquares::predict(const VectorView& x) const {
  const std::vector<double> row = row_of(x);
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * coefficients_[i];
  return sum;
}

VectorD RecursiveLeastSquares::coefficients() const {
  return Eigen::Map<const VectorD>(coefficients_.data() + has_intercept_, std::ssize(coefficients_) - has_intercept_);
}

MatrixD RecursiveLeastSquares::covariance() const {
  const int size = static_cast<int>(coefficients_.size());
  MatrixD covariance(size, size);
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) covariance(i, j) = control::rls_covariance(size, factors_.data(), i, j);
  return covariance;
}

}  // namespace handbuilt::regression
