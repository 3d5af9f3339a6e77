#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::least_squares {

/// A table whose best coefficients are known.
struct Problem {
  MatrixD x;     ///< [40, 4], no intercept
  VectorD y;     ///< [40]
  VectorD best;  ///< [4] of x and y as they stand, to some more digits than a double has
};

/// Columns that nearly depend on each other: their condition number is `condition`, and no change of units makes it
/// much smaller. `scatter` is how long the residuals are beside y; with 0 the points lie on a plane.
Problem nearly_dependent(double condition, double scatter, Random& random);

/// Columns at right angles to each other whose units lie `condition` apart: scaling each to length 1 makes their
/// condition number 1.
Problem badly_scaled(double condition, Random& random);

/// The coefficients in double, in plain loops that give the same bits on every machine.
VectorD by_qr(const Problem& problem);
/// All NaN where Cholesky stops.
VectorD by_normal_equations(const Problem& problem);

/// How many of a double's 16 digits are wrong: 16 + log10 of the largest relative error of a coefficient, from 0 to 16.
double digits_lost(const VectorD& coefficients, const VectorD& best);

/// How many steps of gradient descent from 0, each 1 / (largest curvature) long, bring the coefficients to within a
/// millionth of their length, measured where the units are. At most `most`.
double descent_steps(const Problem& problem, double most);

/// What one seed gives at each condition number.
struct DigitsLost {
  std::vector<double> conditions;
  std::vector<double> qr, normal_equations, qr_with_scatter, normal_equations_badly_scaled;
};
DigitsLost run_conditioning(std::uint64_t seed);

/// The slope of `lost` against log10 of the conditions from `low` to `high`: digits lost a power of ten.
double digits_a_decade(const std::vector<double>& conditions, const std::vector<double>& lost, double low, double high);

/// Steps of gradient descent at condition numbers of 1 to 300, for columns that differ only by their units.
struct Steps {
  std::vector<double> conditions, steps;
};
Steps run_descent(std::uint64_t seed);

}  // namespace handbuilt::lessons::least_squares
