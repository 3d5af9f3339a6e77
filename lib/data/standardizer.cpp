#include "data/standardizer.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

void require_columns(const MatrixD& values, const VectorD& mean) {
  if (values.cols() != mean.size())
    throw ShapeError("standardizer: expected [rows, " + std::to_string(mean.size()) + "], got [" +
                     std::to_string(values.rows()) + ", " + std::to_string(values.cols()) + "]");
}

}  // namespace

Standardizer::Standardizer(const MatrixD& train) {
  if (train.rows() == 0)
    throw ShapeError("standardizer: expected at least one row, got [0, " + std::to_string(train.cols()) + "]");
  for (Eigen::Index row = 0; row < train.rows(); ++row)
    for (Eigen::Index column = 0; column < train.cols(); ++column)
      if (!std::isfinite(train(row, column)))
        throw ValueError("standardizer: row " + std::to_string(row) + ", column " + std::to_string(column) +
                         ": expected a finite number, got " + std::to_string(train(row, column)));
  mean_ = train.colwise().mean().transpose();
  scale_ = (train.rowwise() - mean_.transpose()).cwiseAbs2().colwise().mean().cwiseSqrt().transpose();
  for (Eigen::Index column = 0; column < scale_.size(); ++column) {
    // Where all values are equal, rounding of their mean may leave a spread of a few units in the last place.
    const bool varies = (train.col(column).array() != train(0, column)).any();
    if (!varies) mean_[column] = train(0, column);
    if (!varies || scale_[column] == 0) scale_[column] = 1;
  }
}

MatrixD Standardizer::operator()(const MatrixD& values) const {
  require_columns(values, mean_);
  return (values.rowwise() - mean_.transpose()).array().rowwise() / scale_.transpose().array();
}

MatrixD Standardizer::undo(const MatrixD& standardized) const {
  require_columns(standardized, mean_);
  return (standardized.array().rowwise() * scale_.transpose().array()).matrix().rowwise() + mean_.transpose();
}

}  // namespace handbuilt::data
