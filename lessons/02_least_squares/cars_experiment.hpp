#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lessons/02_least_squares/data.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::least_squares {

/// The coefficients [4] of the same fit by the three ways, the intercept first: mileage from weight, horsepower, year.
struct ThreeWays {
  VectorD qr, normal_equations, gradient_descent;
  double descent_epochs = 0;
};

/// Gradient descent walks on standardised columns, and its coefficients are put back into the columns' units.
ThreeWays fit_three_ways(const Cars& cars);

/// The largest difference between two of the three, relative to the coefficient.
double largest_disagreement(const ThreeWays& ways);

/// Errors in miles per gallon on a fifth of the cars, dealt out by the seed, after fitting the others: "rmse_flat" (the
/// mean), "rmse_weight" (a line), "rmse_three" (weight, horsepower, year), "rmse_inverse" (gallons a mile from the
/// same three, turned round), and "ratio_three" (of the flat rate's).
std::map<std::string, double> run_cars(const Cars& cars, std::uint64_t seed);

/// Predictions for that fifth.
struct HeldOut {
  std::vector<double> actual, by_three, by_inverse;
};
HeldOut predict_held_out(const Cars& cars, std::uint64_t seed);

/// What needs no chance: agreement, coefficients, condition numbers, what gradient descent does to raw columns, and
/// what happens when the weight stands there twice, in pounds and in whole kilograms.
std::map<std::string, Number> whole_table_numbers(const Cars& cars);

}  // namespace handbuilt::lessons::least_squares
