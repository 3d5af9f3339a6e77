#include "regression/guarded.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/error.hpp"
#include "regression/baseline.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "guarded model";

void check(const MatrixView& x, const VectorView& y, const GuardOptions& options) {
  require_same_rows(kWhere, x, y.size());
  if (x.rows() == 0) throw ShapeError(std::string(kWhere) + ": expected at least one row, got " + shape_of(x));
  require_option(options.rows_per_coefficient >= 0, kWhere, "rows_per_coefficient", "of at least 0",
                 options.rows_per_coefficient);
  require_option(options.largest_condition >= 1, kWhere, "largest_condition", "of at least 1",
                 options.largest_condition);
  require_option(options.leverage_slack >= 0, kWhere, "leverage_slack", "of at least 0", options.leverage_slack);
  require_option(options.range_slack >= 0, kWhere, "range_slack", "of at least 0", options.range_slack);
  require_option(options.value_slack >= 0, kWhere, "value_slack", "of at least 0", options.value_slack);
  require_finite(kWhere, x, y, column_names(kWhere, options.fit.names, x.cols()));
}

}  // namespace

std::string_view name_of(Guard guard) {
  switch (guard) {
    case Guard::kNone:
      return "the model";
    case Guard::kNoModel:
      return "no model";
    case Guard::kNotFinite:
      return "not finite";
    case Guard::kOutside:
      return "outside the training rows";
    case Guard::kHeldInRange:
      return "held within the range of y";
  }
  return "?";
}

GuardedModel::GuardedModel(const MatrixView& x, const VectorView& y, const GuardOptions& options) : options_(options) {
  check(x, y, options);
  flat_rate_ = flat_mean(y);
  lowest_x_ = x.colwise().minCoeff().transpose();
  highest_x_ = x.colwise().maxCoeff().transpose();
  lowest_y_ = y.minCoeff();
  highest_y_ = y.maxCoeff();

  const auto coefficients = static_cast<double>(x.cols() + options.fit.intercept);
  std::ostringstream why;
  if (static_cast<double>(x.rows()) < options.rows_per_coefficient * coefficients) {
    why << x.rows() << " rows are fewer than " << options.rows_per_coefficient << " for each of " << coefficients
        << " coefficients";
  } else {
    try {
      model_ = fit_least_squares(x, y, options.fit);
      if (!(model_.condition <= options.largest_condition))
        why << "the condition number " << model_.condition << " is above " << options.largest_condition;
    } catch (const Error& error) {
      why << error.what();
    }
  }
  why_not_ = why.str();
  if (!has_model()) return;
  for (Index i = 0; i < x.rows(); ++i)
    largest_leverage_ = std::max(largest_leverage_, model_.leverage(VectorD(x.row(i).transpose())));
}

bool GuardedModel::is_outside(const VectorView& x) const {
  for (Index j = 0; j < x.size(); ++j) {
    const double slack = options_.range_slack * (highest_x_[j] - lowest_x_[j]);
    if (x[j] < lowest_x_[j] - slack || x[j] > highest_x_[j] + slack) return true;
  }
  // A row may lie within every column's range and still be like none that was seen.
  constexpr double kRounding = 1e-9;
  return !(model_.leverage(x) <= options_.leverage_slack * largest_leverage_ * (1 + kRounding));
}

GuardedModel::Answer GuardedModel::answer(const VectorView& x) const {
  if (x.size() != lowest_x_.size())
    throw ShapeError(std::string(kWhere) + ": expected a row of " + std::to_string(lowest_x_.size()) +
                     " numbers, got " + std::to_string(x.size()));
  if (!has_model()) return {flat_rate_, Guard::kNoModel};
  if (!x.allFinite()) return {flat_rate_, Guard::kNotFinite};
  if (is_outside(x)) return {flat_rate_, Guard::kOutside};
  const double slack = options_.value_slack * (highest_y_ - lowest_y_);
  const double value = model_.predict_one(x), held = std::clamp(value, lowest_y_ - slack, highest_y_ + slack);
  return {held, held == value ? Guard::kNone : Guard::kHeldInRange};
}

VectorD GuardedModel::predict(const MatrixView& x) const {
  require_columns(kWhere, x, lowest_x_.size());
  VectorD values(x.rows());
  for (Index i = 0; i < x.rows(); ++i) values[i] = answer(VectorD(x.row(i).transpose())).value;
  return values;
}

}  // namespace handbuilt::regression
