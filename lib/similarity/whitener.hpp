#pragma once

#include "core/matrix.hpp"
#include "data/check.hpp"

namespace handbuilt::similarity {

/// Makes distances mean something: columns in metres, shares and milliamperes become coordinates whose unit is what is
/// usual. Each column is shifted and scaled by its mean and standard deviation, then the axes are turned so that none
/// repeats another, and each is divided by its own standard deviation. The squared length of the result is
/// Mahalanobis' distance from the mean.
///
/// Directions that hardly varied in training would count without bounds; `floor`, a share of a standardised column's
/// variance, is added to all of them: one that never varied at all counts 1 / sqrt(floor) for each of its own units.
/// Source: Mahalanobis (1936), "On the generalised distance in statistics".
class Whitener {
 public:
  /// train [rows, columns], at least two rows. Throws ShapeError for fewer, ValueError for numbers that are not finite
  /// (naming row and column) and unless floor > 0.
  explicit Whitener(const data::MatrixView& train, double floor = 0.05);
  /// One made before: (x - mean) times `matrix` [columns, dimensions]. Throws ShapeError when they do not fit.
  Whitener(VectorD mean, MatrixD matrix);

  /// x [rows, columns] to [rows, dimensions].
  [[nodiscard]] MatrixD operator()(const data::MatrixView& x) const;

  [[nodiscard]] Eigen::Index columns() const { return mean_.size(); }
  [[nodiscard]] const VectorD& mean() const { return mean_; }
  [[nodiscard]] const MatrixD& matrix() const { return matrix_; }

 private:
  VectorD mean_;
  MatrixD matrix_;
};

}  // namespace handbuilt::similarity
