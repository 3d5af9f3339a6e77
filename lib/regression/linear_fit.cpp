#include "regression/linear_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/distributions.hpp"
#include "core/error.hpp"
#include "regression/formatted.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double student_factor(const char* where, double level, double freedom) {
  require_option(level > 0 && level < 1, where, "level", "above 0 and below 1", level);
  return freedom > 0 ? student_t_quantile((1 + level) / 2, freedom) : kNone;
}

}  // namespace

VectorD LinearFit::with_intercept(const VectorView& x) const {
  if (x.size() != coefficients.size())
    throw ShapeError("linear fit: expected a row of " + std::to_string(coefficients.size()) + " numbers, got " +
                     std::to_string(x.size()));
  if (!has_intercept) return x;
  VectorD row(x.size() + 1);
  row << 1, x;
  return row;
}

double LinearFit::predict_one(const VectorView& x) const {
  if (x.size() != coefficients.size()) (void)with_intercept(x);
  return intercept + coefficients.dot(x);
}

VectorD LinearFit::predict(const MatrixView& x) const {
  require_columns("linear fit", x, coefficients.size());
  return (x * coefficients).array() + intercept;
}

double LinearFit::residual_variance() const {
  return degrees_of_freedom() > 0 ? residual_squares / degrees_of_freedom() : kNone;
}

double LinearFit::residual_standard_error() const { return std::sqrt(residual_variance()); }

VectorD LinearFit::standard_errors() const {
  return (unscaled_covariance.diagonal() * residual_variance()).cwiseSqrt();
}

std::vector<Interval> LinearFit::coefficient_intervals(double level) const {
  const double factor = student_factor("coefficient_intervals", level, degrees_of_freedom());
  const VectorD errors = standard_errors();
  std::vector<Interval> intervals;
  for (Index i = 0; i < errors.size(); ++i) {
    const double value = !has_intercept ? coefficients[i] : i == 0 ? intercept : coefficients[i - 1];
    intervals.push_back({value - factor * errors[i], value + factor * errors[i]});
  }
  return intervals;
}

double LinearFit::leverage(const VectorView& x) const {
  const VectorD row = with_intercept(x);
  return row.dot(unscaled_covariance * row);
}

PredictionInterval LinearFit::interval(const VectorView& x, double level, double own_variance) const {
  const double value = predict_one(x);
  const double half = student_factor("prediction interval", level, degrees_of_freedom()) *
                      std::sqrt(residual_variance() * (leverage(x) + own_variance));
  return {value, value - half, value + half};
}

PredictionInterval LinearFit::confidence_interval(const VectorView& x, double level) const {
  return interval(x, level, 0);
}

PredictionInterval LinearFit::prediction_interval(const VectorView& x, double level) const {
  return interval(x, level, 1);
}

double LinearFit::r_squared() const { return total_squares > 0 ? 1 - residual_squares / total_squares : kNone; }

double LinearFit::adjusted_r_squared() const {
  const double freedom = degrees_of_freedom();
  if (!(freedom > 0 && total_squares > 0)) return kNone;
  return 1 - residual_squares / freedom / (total_squares / static_cast<double>(rows - (has_intercept ? 1 : 0)));
}

double LinearFit::log_likelihood() const {
  const auto n = static_cast<double>(rows);
  return -n / 2 * (std::log(2 * std::numbers::pi * residual_squares / n) + 1);
}

double LinearFit::aic() const { return -2 * log_likelihood() + 2 * (effective_parameters + 1); }

double LinearFit::bic() const {
  return -2 * log_likelihood() + std::log(static_cast<double>(rows)) * (effective_parameters + 1);
}

std::string LinearFit::summary() const {
  std::vector<std::string> labels = names;
  VectorD values = coefficients;
  if (has_intercept) {
    labels.insert(labels.begin(), "intercept");
    values.resize(coefficients.size() + 1);
    values << intercept, coefficients;
  }
  int widest = 9;
  for (const std::string& label : labels) widest = std::max(widest, static_cast<int>(label.size()));

  std::string text = "linear fit of " + std::to_string(rows) + " rows on " + std::to_string(coefficients.size()) +
                     (coefficients.size() == 1 ? " column" : " columns") + (has_intercept ? " and an intercept" : "");
  if (ridge > 0) text += formatted(", ridge %.4g", ridge);
  text += '\n';
  const double freedom = degrees_of_freedom();
  const bool judged = freedom > 0 && unscaled_covariance.size() > 0;
  text += formatted("  %-*s  %12s", widest, "", "estimate");
  if (judged) text += formatted("  %12s  %27s  %8s  %8s", "std. error", "95 % interval", "t", "p");
  text += '\n';
  const VectorD errors = judged ? standard_errors() : VectorD();
  const std::vector<Interval> intervals = judged ? coefficient_intervals() : std::vector<Interval>();
  for (Index i = 0; i < values.size(); ++i) {
    text += formatted("  %-*s  %12.6g", widest, labels[static_cast<std::size_t>(i)].c_str(), values[i]);
    if (judged) {
      const double t = values[i] / errors[i];
      const auto [low, high] = intervals[static_cast<std::size_t>(i)];
      text += formatted("  %12.4g  %12.6g ... %10.6g  %8.3g  %8.2g", errors[i], low, high, t,
                        2 * student_t_cdf(-std::abs(t), freedom));
    }
    text += '\n';
  }
  text += formatted("  R^2 %.4f", r_squared());
  if (!judged) return text + ", no degree of freedom left to judge by\n";
  text += formatted(" (adjusted %.4f), residual standard error %.4g on %.4g degrees of freedom\n", adjusted_r_squared(),
                    residual_standard_error(), freedom);
  const double explained = effective_parameters - (has_intercept ? 1 : 0);
  if (ridge == 0 && explained > 0 && total_squares > 0) {
    const double f = (total_squares - residual_squares) / explained / residual_variance();
    text += formatted("  F %.4g on %.4g and %.4g, p %.2g; ", f, explained, freedom, f_tail(f, explained, freedom));
  } else {
    text += "  ";
  }
  text += formatted("log-likelihood %.6g, AIC %.6g, BIC %.6g\n", log_likelihood(), aic(), bic());
  text += formatted("  condition number of the %scolumns, scaled alike, %.3g%s\n", has_intercept ? "centred " : "",
                    condition,
                    condition > 1e3 ? ": columns nearly depend on each other, single coefficients mean little" : "");
  return text;
}

}  // namespace handbuilt::regression
