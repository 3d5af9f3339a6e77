#pragma once

#include "regression/check.hpp"

namespace handbuilt::regression {

/// Parameters of a linear score b + w . x as seen by an optimiser that would like all columns centred and of one scale,
/// while the columns stay as they are: w = u / scale, b = b' - (w . centre).
class ScaledParameters {
 public:
  /// x [rows, columns], at least one row. Centres only where there is an intercept to take it up.
  ScaledParameters(const MatrixView& x, bool intercept);

  /// [p] of the optimiser to [p] of the columns as they are; the intercept stands first if there is one.
  [[nodiscard]] VectorD to_columns(const VectorD& scaled) const;
  /// The gradient by the columns' parameters to that by the optimiser's.
  [[nodiscard]] VectorD gradient_to_scaled(const VectorD& gradient) const;
  [[nodiscard]] Eigen::Index size() const { return scale_.size() + (intercept_ ? 1 : 0); }

 private:
  VectorD centre_, scale_;
  bool intercept_;
};

}  // namespace handbuilt::regression
