#include "regression/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

namespace {

VectorD errors_of(const char* where, const VectorD& predicted, const VectorD& actual) {
  if (predicted.size() != actual.size() || actual.size() == 0)
    throw ShapeError(std::string(where) + ": expected as many predictions as values and at least one, got " +
                     std::to_string(predicted.size()) + " and " + std::to_string(actual.size()));
  require_finite(where, predicted, actual, {"predicted"});
  return predicted - actual;
}

}  // namespace

double mean_absolute_error(const VectorD& predicted, const VectorD& actual) {
  return errors_of("mean_absolute_error", predicted, actual).cwiseAbs().mean();
}

double root_mean_squared_error(const VectorD& predicted, const VectorD& actual) {
  const VectorD errors = errors_of("root_mean_squared_error", predicted, actual);
  return errors.stableNorm() / std::sqrt(static_cast<double>(errors.size()));
}

double r_squared(const VectorD& predicted, const VectorD& actual) {
  const double errors = errors_of("r_squared", predicted, actual).squaredNorm();
  const double spread = (actual.array() - actual.mean()).matrix().squaredNorm();
  if ((actual.array() == actual[0]).all()) return std::numeric_limits<double>::quiet_NaN();
  return 1 - errors / spread;
}

double mean_error(const VectorD& predicted, const VectorD& actual) {
  return errors_of("mean_error", predicted, actual).mean();
}

double absolute_error_quantile(const VectorD& predicted, const VectorD& actual, double share) {
  require_option(share >= 0 && share <= 1, "absolute_error_quantile", "share", "in [0, 1]", share);
  VectorD errors = errors_of("absolute_error_quantile", predicted, actual).cwiseAbs();
  std::sort(errors.begin(), errors.end());
  const double place = share * static_cast<double>(errors.size() - 1);
  const auto below = static_cast<Eigen::Index>(place);
  const Eigen::Index above = std::min(below + 1, errors.size() - 1);
  return errors[below] + (place - static_cast<double>(below)) * (errors[above] - errors[below]);
}

}  // namespace handbuilt::regression
