#pragma once

#include "core/matrix.hpp"

namespace handbuilt::data {

/// Shifts and scales each column to mean 0 and standard deviation 1 on the training rows, and does the same to any
/// other rows: what those have to say about means and scales must not leak into training. A column that does not vary
/// is only shifted.
///
///     const Standardizer standardizer(x_train);
///     model.fit(standardizer(x_train), y);   ... model.predict(standardizer(x_test))
class Standardizer {
 public:
  /// train [rows, columns], at least one row. Throws ShapeError for none, ValueError, naming row and column, for a
  /// number that is not finite.
  explicit Standardizer(const MatrixD& train);

  /// [rows, columns]. Throws ShapeError for another number of columns.
  [[nodiscard]] MatrixD operator()(const MatrixD& values) const;
  /// The way back.
  [[nodiscard]] MatrixD undo(const MatrixD& standardized) const;

  [[nodiscard]] const VectorD& mean() const { return mean_; }
  /// Standard deviation of the training rows (the divisor is their number), 1 for a column that does not vary.
  [[nodiscard]] const VectorD& scale() const { return scale_; }

 private:
  VectorD mean_, scale_;
};

}  // namespace handbuilt::data
