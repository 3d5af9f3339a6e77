#pragma once

#include <string>
#include <vector>

#include "regression/least_squares.hpp"

namespace handbuilt::regression {

struct GuardOptions {
  /// The model is not used at all with fewer training rows than this for each coefficient.
  double rows_per_coefficient = 5;
  /// Nor when its columns, scaled alike, have a larger condition number.
  double largest_condition = 1e4;
  /// A row is outside when its leverage is more than this times the largest of a training row.
  double leverage_slack = 1;
  /// Or when one of its columns lies further outside the training rows' range than this share of the range.
  double range_slack = 0.1;
  /// A prediction is held within the range of the training y, widened by this share of it at both ends.
  double value_slack = 0.1;
  /// How the model is fitted.
  LeastSquaresOptions fit = {};
};

/// Why a prediction is not simply the model's.
enum class Guard {
  kNone,         ///< it is
  kNoModel,      ///< too few rows, columns that depend on each other, or a condition number too large: the flat rate
  kNotFinite,    ///< a number of the row is NaN or infinite: the flat rate
  kOutside,      ///< the row is unlike those that the model was fitted to: the flat rate
  kHeldInRange,  ///< the model said something that y never was: the nearest that it was, or nearly
};

/// "the model", "no model", "not finite", "outside the training rows", "held within the range of y"
std::string_view name_of(Guard guard);

/// A least-squares model that gives way to the flat rate where it has no business, so that "when it performs poorly, it
/// doesn't do horrendously bad". It never fails on a row of the right length, whatever stands in it.
class GuardedModel {
 public:
  struct Answer {
    double value = 0;
    Guard guard = Guard::kNone;
  };

  /// Fits both. Throws ShapeError for shapes that do not fit or no rows, ValueError for numbers that are not finite or
  /// options out of range; whatever else is wrong with a fit only means that there is no model.
  GuardedModel(const MatrixView& x, const VectorView& y, const GuardOptions& options = {});

  [[nodiscard]] Answer answer(const VectorView& x) const;
  [[nodiscard]] VectorD predict(const MatrixView& x) const;

  [[nodiscard]] double flat_rate() const { return flat_rate_; }
  /// Whether there is a model, and if not, why.
  [[nodiscard]] bool has_model() const { return why_not_.empty(); }
  [[nodiscard]] const std::string& why_no_model() const { return why_not_; }
  /// The model. Meaningful only if there is one.
  [[nodiscard]] const LinearFit& model() const { return model_; }

 private:
  [[nodiscard]] bool is_outside(const VectorView& x) const;

  GuardOptions options_;
  LinearFit model_;
  std::string why_not_;
  double flat_rate_ = 0, largest_leverage_ = 0, lowest_y_ = 0, highest_y_ = 0;
  VectorD lowest_x_, highest_x_;
};

}  // namespace handbuilt::regression
