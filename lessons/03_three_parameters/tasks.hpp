#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: choosing few parameters of many, holding many down, and falling back on the flat
/// rate.
///
/// Drivers are tables [fields, drivers], a row a field, `drivers(field, driver)`. Functions leave what they are given
/// as it was.
namespace three_parameters {

/// The driver whose straight line through the values (slope and intercept, least squares) leaves the smallest sum of
/// squared residuals. A driver that is the same in every field cannot be it; at least one is not.
///
/// drivers [fields, drivers]
/// values  [fields]
int best_driver(const TensorD& drivers, const std::vector<double>& values);

/// `count` drivers in the order in which they help most: each time the one that, fitted together with all those before
/// it (and an intercept), leaves the smallest sum of squared residuals. No driver twice: when none of those left helps
/// any more, take any of them. count is at most drivers and at most fields - 2.
///
/// drivers [fields, drivers]
/// values  [fields]
std::vector<int> forward_select(const TensorD& drivers, const std::vector<double>& values, int count);

/// Shifts and scales each column of `rows` by the mean and the standard deviation that the column has in `train`
/// (divide by the number of rows). A column that does not vary in `train` is only shifted, whatever rounding makes of
/// its mean; one that varies at all is scaled, in whatever unit.
///
/// train   [training fields, drivers]
/// rows    [any fields, drivers]
/// returns the shape of `rows`
TensorD standardise(const TensorD& train, const TensorD& rows);

/// The coefficients b [drivers] that make (sum of squares of y - X b) + strength * (sum of squares of b) smallest. No
/// intercept is fitted and no mean is taken away, whatever X and y are: who calls this has seen to that.
///
/// x        [fields, drivers]; there may be more drivers than fields
/// y        [fields]
/// strength above 0
std::vector<double> ridge(const TensorD& x, const std::vector<double>& y, double strength);

/// How many parameters to keep: the smallest number whose error is at most that of the best plus one standard error.
///
/// errors [folds, sizes]: the mean squared error on each fold held out, with 0, 1, 2, ... parameters; at least 2 folds.
/// The error of a size is its mean over the folds. The standard error is that of the best size's mean: the standard
/// deviation of its folds (divide by folds - 1) over the root of the number of folds.
int choose_size(const TensorD& errors);

/// A fitted line and what is known of the fields that it was fitted to.
struct Model {
  double intercept = 0;
  std::vector<double> coefficients;            ///< [drivers]
  double flat_rate = 0;                        ///< the mean of those fields' yields
  std::vector<double> lowest, highest;         ///< [drivers] between these lay each driver
  double lowest_yield = 0, highest_yield = 0;  ///< between these lay the yields
};
HANDBUILT_FIELDS(Model, intercept, coefficients, flat_rate, lowest, highest, lowest_yield, highest_yield)

/// The model's prediction, where it has business to make one:
///   the flat rate when a driver is not a finite number, or lies outside lowest ... highest (the ends are inside);
///   otherwise intercept + coefficients . drivers, but not below lowest_yield nor above highest_yield.
double guarded_prediction(const Model& model, const std::vector<double>& drivers);

}  // namespace three_parameters

/// Given in full: one stands above each blank and does something close to what is asked.
namespace worked {

/// The slope of the least-squares line of `values` over `driver`, which varies.
double slope(const std::vector<double>& driver, const std::vector<double>& values);

/// What is left of `values` when their least-squares line over `driver` is taken out.
std::vector<double> taken_out(const std::vector<double>& driver, const std::vector<double>& values);

/// Each column of `rows` minus the mean that the column has in `train`.
TensorD centred(const TensorD& train, const TensorD& rows);

/// Solves a b = y for b by elimination; `a` is square and not singular.
std::vector<double> solve(TensorD a, std::vector<double> y);

/// Where the smallest value stands: the first, if it is there several times. At least one value.
int place_of_smallest(const std::vector<double>& values);

/// The model's prediction as it comes.
double prediction(const three_parameters::Model& model, const std::vector<double>& drivers);

}  // namespace worked
