#include "lessons/02_least_squares/conditioning.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>

#include "lessons/02_least_squares/line.hpp"
#include "regression/normal_equations.hpp"
#include "regression/tall_skinny_qr.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

constexpr int kRows = 40, kColumns = 4;
using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

MatrixD gaussian(int rows, int columns, Random& random) {
  MatrixD matrix(rows, columns);
  for (double& value : matrix.reshaped()) value = random.normal();
  return matrix;
}

/// Columns at right angles and of length 1.
MatrixD orthonormal(int rows, int columns, Random& random) {
  const Eigen::HouseholderQR<MatrixD> qr(gaussian(rows, columns, random));
  return qr.householderQ() * MatrixD::Identity(rows, columns);
}

/// 1 down to 1 / condition, in equal ratios.
VectorD singular_values(double condition) {
  VectorD values(kColumns);
  for (int k = 0; k < kColumns; ++k) values(k) = std::pow(condition, -static_cast<double>(k) / (kColumns - 1));
  return values;
}

void find_best(Problem& problem) {
  const LongMatrix x = problem.x.cast<long double>(), y = problem.y.cast<long double>();
  problem.best = Eigen::HouseholderQR<LongMatrix>(x).solve(y).cast<double>();
}

}  // namespace

Problem nearly_dependent(double condition, double scatter, Random& random) {
  const MatrixD left = orthonormal(kRows, kColumns + 1, random), right = orthonormal(kColumns, kColumns, random);
  Problem problem;
  problem.x = left.leftCols(kColumns) * singular_values(condition).asDiagonal() * right.transpose();
  problem.y = problem.x * gaussian(kColumns, 1, random);
  problem.y += scatter * problem.y.norm() * left.col(kColumns);
  find_best(problem);
  return problem;
}

Problem badly_scaled(double condition, Random& random) {
  Problem problem;
  problem.x = orthonormal(kRows, kColumns, random) * singular_values(condition).asDiagonal();
  // Every column has an equal part in y, in whatever unit it is.
  problem.y = problem.x * singular_values(condition).cwiseInverse();
  find_best(problem);
  return problem;
}

// #region by_qr
VectorD by_qr(const Problem& problem) {
  // Beside x stands y: the reflections that make x a triangle act on it too.
  MatrixD triangle = MatrixD::Zero(kColumns + 1, kColumns + 1);
  MatrixD rows(kColumns + 1, problem.x.rows());
  rows << problem.x.transpose(), problem.y.transpose();
  regression::detail::reflect_into_triangle_plain(triangle, rows);
  return regression::solve_upper(triangle.topLeftCorner(kColumns, kColumns), triangle.col(kColumns).head(kColumns));
}
// #endregion by_qr

// #region by_normal_equations
VectorD by_normal_equations(const Problem& problem) {
  MatrixD sums = MatrixD::Zero(kColumns + 1, kColumns + 1);
  regression::detail::add_products_plain(problem.x, problem.y, false, sums);
  const regression::Cholesky cholesky = regression::cholesky(sums.topLeftCorner(kColumns, kColumns));
  if (cholesky.stopped_at >= 0) return VectorD::Constant(kColumns, std::numeric_limits<double>::quiet_NaN());
  const VectorD moments = sums.col(kColumns).head(kColumns);
  return regression::solve_upper(cholesky.r, regression::solve_upper_transposed(cholesky.r, moments));
}
// #endregion by_normal_equations

double digits_lost(const VectorD& coefficients, const VectorD& best) {
  double worst = 0;
  for (Eigen::Index k = 0; k < best.size(); ++k) {
    const double error = std::abs(coefficients(k) - best(k)) / std::abs(best(k));
    worst = std::isfinite(error) ? std::max(worst, error) : 1;
  }
  return worst > 0 ? std::clamp(16 + std::log10(worst), 0.0, 16.0) : 0;
}

double descent_steps(const Problem& problem, double most) {
  const MatrixD gram = problem.x.transpose() * problem.x;
  const VectorD moments = problem.x.transpose() * problem.y;
  const double rate = 1 / gram.diagonal().maxCoeff();  // the columns are at right angles
  VectorD b = VectorD::Zero(kColumns);
  double steps = 0;
  for (; steps < most && (b - problem.best).norm() > 1e-6 * problem.best.norm(); ++steps)
    b -= rate * (gram * b - moments);
  return steps;
}

DigitsLost run_conditioning(std::uint64_t seed) {
  Random random(seed, "conditioning");
  DigitsLost lost;
  for (int half_decades = 0; half_decades <= 24; ++half_decades) {
    const double condition = std::pow(10, half_decades / 2.0);
    lost.conditions.push_back(condition);
    const Problem exact = nearly_dependent(condition, 0, random), scattered = nearly_dependent(condition, 0.1, random),
                  scaled = badly_scaled(condition, random);
    lost.qr.push_back(digits_lost(by_qr(exact), exact.best));
    lost.normal_equations.push_back(digits_lost(by_normal_equations(exact), exact.best));
    lost.qr_with_scatter.push_back(digits_lost(by_qr(scattered), scattered.best));
    lost.normal_equations_badly_scaled.push_back(digits_lost(by_normal_equations(scaled), scaled.best));
  }
  return lost;
}

double digits_a_decade(const std::vector<double>& conditions, const std::vector<double>& lost, double low,
                       double high) {
  Points points;
  for (std::size_t k = 0; k < conditions.size(); ++k)
    if (conditions[k] >= low && conditions[k] <= high) {
      points.x.push_back(std::log10(conditions[k]));
      points.y.push_back(lost[k]);
    }
  return fit_line(points).slope;
}

Steps run_descent(std::uint64_t seed) {
  Random random(seed, "descent");
  Steps result;
  for (const double condition : {1.0, 3.0, 10.0, 30.0, 100.0, 300.0}) {
    result.conditions.push_back(condition);
    result.steps.push_back(descent_steps(badly_scaled(condition, random), 1e7));
  }
  return result;
}

}  // namespace handbuilt::lessons::least_squares
