#include "clustering/check.hpp"

#include <cmath>
#include <sstream>
#include <string>

#include "core/error.hpp"

namespace handbuilt::clustering {

namespace {

std::string where_is(const char* where, const char* expected, std::size_t index, double got) {
  std::ostringstream message;
  message << where << ": expected " << expected << ", got " << got << " for row " << index;
  return message.str();
}

}  // namespace

void require_rows(const char* where, const MatrixView& x) {
  if (x.rows() == 0 || x.cols() == 0)
    throw ShapeError(std::string(where) + ": expected at least one row and one column, got x " + shape_of(x));
  data::require_finite(where, x, VectorD(), data::column_names(where, {}, x.cols()));
}

void require_rows(const char* where, const MatrixViewF& x) {
  // The sum of zeros is zero; what is not finite is rare enough to be told in double.
  if (x.size() > 0 && (x.array() * 0).sum() == 0) return;
  require_rows(where, MatrixD(x.cast<double>()));
}

void require_weights(const char* where, const VectorView& weights, Eigen::Index rows) {
  if (weights.size() == 0) return;
  if (weights.size() != rows)
    throw ShapeError(std::string(where) + ": expected a weight for each of " + std::to_string(rows) + " rows, got " +
                     std::to_string(weights.size()));
  for (Eigen::Index i = 0; i < rows; ++i)
    if (!(weights[i] >= 0) || !std::isfinite(weights[i]))
      throw ValueError(where_is(where, "weights of at least 0", static_cast<std::size_t>(i), weights[i]));
  if (!(weights.sum() > 0)) throw ValueError(std::string(where) + ": expected a weight above 0, got zeros alone");
}

void require_clusters(const char* where, int clusters, Eigen::Index rows) {
  if (clusters < 1 || clusters > rows)
    throw ValueError(std::string(where) + ": expected 1 to " + std::to_string(rows) + " clusters for " +
                     std::to_string(rows) + " rows, got " + std::to_string(clusters));
}

void require_labels(const char* where, const std::vector<int>& labels, Eigen::Index rows, int lowest) {
  if (std::ssize(labels) != rows)
    throw ShapeError(std::string(where) + ": expected a label for each of " + std::to_string(rows) + " rows, got " +
                     std::to_string(labels.size()));
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] < lowest)
      throw ValueError(where_is(where, ("labels of at least " + std::to_string(lowest)).c_str(), i, labels[i]));
}

}  // namespace handbuilt::clustering
