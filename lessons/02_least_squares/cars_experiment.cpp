#include "lessons/02_least_squares/cars_experiment.hpp"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

#include "core/random.hpp"
#include "data/design.hpp"
#include "data/split.hpp"
#include "data/standardizer.hpp"
#include "regression/baseline.hpp"
#include "regression/gradient_descent.hpp"
#include "regression/least_squares.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

using regression::fit_least_squares;
using regression::LinearFit;
using regression::Solver;

VectorD with_intercept(double intercept, const VectorD& coefficients) {
  VectorD all(coefficients.size() + 1);
  all << intercept, coefficients;
  return all;
}

double relative_difference(const VectorD& a, const VectorD& b) {
  return ((a - b).array().abs() / b.array().abs()).maxCoeff();
}

struct Dealt {
  MatrixD x_train, x_test;
  VectorD y_train, y_test;
};

Dealt deal(const Cars& cars, std::uint64_t seed) {
  Random random(seed, "cars");
  const data::Split split =
      data::random_split(static_cast<int>(cars.x.rows()), {.train = 0.8, .validation = 0, .test = 0.2}, random);
  return {data::take(cars.x, split.train), data::take(cars.x, split.test),
          data::take(cars.miles_per_gallon, split.train), data::take(cars.miles_per_gallon, split.test)};
}

VectorD inverse(const VectorD& values) { return values.cwiseInverse(); }

}  // namespace

ThreeWays fit_three_ways(const Cars& cars) {
  const VectorD& y = cars.miles_per_gallon;
  const LinearFit qr = fit_least_squares(cars.x, y, {.solver = Solver::kQr, .names = cars.names});
  const LinearFit normal = fit_least_squares(cars.x, y, {.solver = Solver::kNormalEquations, .names = cars.names});

  const data::Standardizer standardizer(cars.x);
  Random unused(0);
  const regression::GradientDescentFit descent =
      regression::fit_by_gradient_descent(standardizer(cars.x), y, {.epochs = 10'000, .tolerance = 1e-13}, unused);
  const VectorD slopes = descent.coefficients.cwiseQuotient(standardizer.scale());
  return {with_intercept(qr.intercept, qr.coefficients), with_intercept(normal.intercept, normal.coefficients),
          with_intercept(descent.intercept - slopes.dot(standardizer.mean()), slopes),
          static_cast<double>(descent.loss.size()) - 1};
}

double largest_disagreement(const ThreeWays& ways) {
  return std::max({relative_difference(ways.normal_equations, ways.qr),
                   relative_difference(ways.gradient_descent, ways.qr),
                   relative_difference(ways.gradient_descent, ways.normal_equations)});
}

std::map<std::string, double> run_cars(const Cars& cars, std::uint64_t seed) {
  const Dealt dealt = deal(cars, seed);
  const auto rmse = [&](const VectorD& predicted) {
    return regression::root_mean_squared_error(predicted, dealt.y_test);
  };
  const LinearFit weight = fit_least_squares(dealt.x_train.leftCols(1), dealt.y_train);
  const LinearFit three = fit_least_squares(dealt.x_train, dealt.y_train);
  const LinearFit gallons = fit_least_squares(dealt.x_train, inverse(dealt.y_train));
  std::map<std::string, double> result;
  result["rmse_flat"] = rmse(VectorD::Constant(dealt.y_test.size(), regression::flat_mean(dealt.y_train)));
  result["rmse_weight"] = rmse(weight.predict(MatrixD(dealt.x_test.leftCols(1))));
  result["rmse_three"] = rmse(three.predict(dealt.x_test));
  result["rmse_inverse"] = rmse(inverse(gallons.predict(dealt.x_test)));
  result["ratio_three"] = result["rmse_three"] / result["rmse_flat"];
  result["r_squared_three"] = regression::r_squared(three.predict(dealt.x_test), dealt.y_test);
  return result;
}

HeldOut predict_held_out(const Cars& cars, std::uint64_t seed) {
  const Dealt dealt = deal(cars, seed);
  const auto list = [](const VectorD& values) { return std::vector<double>(values.begin(), values.end()); };
  const VectorD three = fit_least_squares(dealt.x_train, dealt.y_train).predict(dealt.x_test);
  const VectorD gallons = fit_least_squares(dealt.x_train, inverse(dealt.y_train)).predict(dealt.x_test);
  return {list(dealt.y_test), list(three), list(inverse(gallons))};
}

std::map<std::string, Number> whole_table_numbers(const Cars& cars) {
  std::map<std::string, Number> numbers;
  const auto count = static_cast<int>(cars.x.rows());
  const auto put = [&](const std::string& name, double value, const std::string& unit) {
    numbers[name] = {.value = value, .n = count, .unit = unit};
  };
  const ThreeWays ways = fit_three_ways(cars);
  put("cars", count, "cars");
  put("agreement_digits", -std::log10(largest_disagreement(ways)), "digits");
  put("descent_epochs", ways.descent_epochs, "steps");
  put("mpg_a_1000_lbs", 1000 * ways.qr(1), "miles per gallon");
  put("mpg_a_horsepower", ways.qr(2), "miles per gallon");
  put("mpg_a_year", ways.qr(3), "miles per gallon");
  put("mpg_in_year_0", ways.qr(0), "miles per gallon");

  const LinearFit fit = fit_least_squares(cars.x, cars.miles_per_gallon);
  put("r_squared_all", fit.r_squared(), "");
  put("condition_scaled", fit.condition, "");
  MatrixD with_ones(cars.x.rows(), 4);
  with_ones << VectorD::Ones(cars.x.rows()), cars.x;
  const VectorD singular = with_ones.bdcSvd().singularValues();
  put("condition_raw_log10", std::log10(singular(0) / singular(3)), "powers of ten");
  put("condition_standardised", fit_least_squares(data::Standardizer(cars.x)(cars.x), cars.miles_per_gallon).condition,
      "");

  // Gradient descent on the columns as they are.
  Random unused(0);
  const regression::GradientDescentFit raw =
      regression::fit_by_gradient_descent(cars.x, cars.miles_per_gallon, {.epochs = 10'000}, unused);
  put("rmse_best", std::sqrt(fit.residual_squares / count), "miles per gallon");
  put("rmse_raw_descent", std::sqrt(raw.loss.back()), "miles per gallon");

  // The weight once more, in whole kilograms.
  MatrixD twice(cars.x.rows(), 4);
  twice << cars.x, (cars.x.col(0) * 0.45359237).array().round().matrix();
  const LinearFit doubled = fit_least_squares(twice, cars.miles_per_gallon);
  put("condition_twice", doubled.condition, "");
  put("twice_mpg_a_1000_lbs", 1000 * doubled.coefficients(0), "miles per gallon");
  put("twice_mpg_a_1000_lbs_error", 1000 * doubled.standard_errors()(1), "miles per gallon");
  put("mpg_a_1000_lbs_error", 1000 * fit.standard_errors()(1), "miles per gallon");
  put("twice_mpg_a_1000_lbs_in_kg", 1000 * doubled.coefficients(3) * 0.45359237, "miles per gallon");
  put("twice_rmse", std::sqrt(doubled.residual_squares / count), "miles per gallon");
  return numbers;
}

}  // namespace handbuilt::lessons::least_squares
