#include "similarity/whitener.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "data/standardizer.hpp"
#include "similarity/products.hpp"
#include "similarity/symmetric_eigen.hpp"

namespace handbuilt::similarity {

using data::MatrixView;
using detail::product;
using detail::view_of;

namespace {

constexpr const char* kWhere = "whitener";

}  // namespace

Whitener::Whitener(const MatrixView& train, double floor) {
  if (train.rows() < 2 || train.cols() < 1)
    throw ShapeError(std::string(kWhere) + ": expected at least two rows and one column, got " + data::shape_of(train));
  data::require_option(floor > 0 && std::isfinite(floor), kWhere, "floor", "above 0", floor);
  data::require_finite(kWhere, train, VectorD(), data::column_names(kWhere, {}, train.cols()));
  const data::Standardizer standardizer(train);
  const MatrixD standard = standardizer(train);
  const MatrixD products = product(view_of(standard).transposed(), view_of(standard));
  const Eigenpairs pairs =
      largest_eigenpairs_plain((products + products.transpose()) / 2.0, static_cast<int>(train.cols()));
  const VectorD variance = pairs.values.cwiseMax(0) / static_cast<double>(train.rows() - 1);
  mean_ = standardizer.mean();
  matrix_ = standardizer.scale().cwiseInverse().asDiagonal() * pairs.vectors.transpose() *
            (variance.array() + floor).rsqrt().matrix().asDiagonal();
}

Whitener::Whitener(VectorD mean, MatrixD matrix) : mean_(std::move(mean)), matrix_(std::move(matrix)) {
  if (mean_.size() != matrix_.rows() || matrix_.size() == 0)
    throw ShapeError(std::string(kWhere) + ": expected a matrix [" + std::to_string(mean_.size()) +
                     ", dimensions], got " + data::shape_of(matrix_));
}

MatrixD Whitener::operator()(const MatrixView& x) const {
  data::require_columns(kWhere, x, columns());
  data::require_finite(kWhere, x, VectorD(), data::column_names(kWhere, {}, x.cols()));
  const MatrixD centred = x.rowwise() - mean_.transpose();
  return product(view_of(centred), view_of(matrix_));
}

}  // namespace handbuilt::similarity
