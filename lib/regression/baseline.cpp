#include "regression/baseline.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

namespace {

void require_values(const char* where, const VectorD& y) {
  if (y.size() == 0) throw ShapeError(std::string(where) + ": expected at least one value, got none");
  require_finite(where, MatrixD(y.size(), 0), y, {});
}

}  // namespace

double flat_mean(const VectorD& y) {
  require_values("flat_mean", y);
  return y.mean();
}

double flat_median(const VectorD& y) {
  require_values("flat_median", y);
  std::vector<double> values(y.begin(), y.end());
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  const double below = *std::max_element(values.begin(), middle);
  return below + (*middle - below) / 2;
}

GroupMean::GroupMean(const std::vector<std::string>& keys, const VectorD& y, double prior_rows) {
  if (std::ssize(keys) != y.size())
    throw ShapeError("group mean: expected a key for each of " + std::to_string(y.size()) + " values, got " +
                     std::to_string(keys.size()));
  require_option(prior_rows >= 0 && std::isfinite(prior_rows), "group mean", "prior_rows", "of at least 0", prior_rows);
  overall_ = flat_mean(y);
  std::map<std::string, double> counts;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    counts[keys[row]] += 1;
    means_[keys[row]] += y[static_cast<Eigen::Index>(row)];
  }
  for (auto& [key, mean] : means_) mean = (mean + prior_rows * overall_) / (counts[key] + prior_rows);
}

double GroupMean::predict(const std::string& key) const {
  const auto found = means_.find(key);
  return found == means_.end() ? overall_ : found->second;
}

VectorD GroupMean::predict(const std::vector<std::string>& keys) const {
  VectorD predictions(std::ssize(keys));
  for (Eigen::Index row = 0; row < predictions.size(); ++row)
    predictions[row] = predict(keys[static_cast<std::size_t>(row)]);
  return predictions;
}

}  // namespace handbuilt::regression
