#include "regression/least_squares.hpp"

#include <Eigen/QR>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "regression/normal_equations.hpp"
#include "regression/tall_skinny_qr.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {

using Eigen::Index;

namespace {

constexpr const char* kWhere = "least squares";

/// The data as one triangle: R'R = X'X, z = Q'y.
struct Triangle {
  MatrixD r;
  VectorD z;
  double residual_squares;
};

void check(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options) {
  require_same_rows(kWhere, x, y.size());
  require_option(options.ridge >= 0 && std::isfinite(options.ridge), kWhere, "ridge", "of at least 0", options.ridge);
  const Index p = x.cols() + (options.intercept ? 1 : 0);
  if (p == 0) throw ShapeError(std::string(kWhere) + ": expected at least one column or an intercept, got neither");
  if (x.rows() == 0 || (options.ridge == 0 && x.rows() < p))
    throw ShapeError(std::string(kWhere) + ": expected at least " + std::to_string(options.ridge > 0 ? 1 : p) +
                     " rows for " + std::to_string(p) + " coefficients" +
                     (options.intercept ? ", the intercept included" : "") + ", got " + std::to_string(x.rows()) +
                     " (set ridge above 0, or use fit_minimum_norm)");
}

LinearFit blank_fit(const MatrixView& x, const LeastSquaresOptions& options, const std::vector<std::string>& names) {
  LinearFit fit;
  fit.names = names;
  fit.has_intercept = options.intercept;
  fit.ridge = options.ridge;
  fit.rows = x.rows();
  return fit;
}

void set_coefficients(LinearFit& fit, const VectorD& all) {
  fit.intercept = fit.has_intercept ? all[0] : 0;
  fit.coefficients = all.tail(all.size() - (fit.has_intercept ? 1 : 0));
}

double residual_squares_of(const LinearFit& fit, const MatrixView& x, const VectorView& y) {
  double sum = 0;
  for (Index i = 0; i < x.rows(); ++i) {
    const double residual = y[i] - fit.intercept - x.row(i).dot(fit.coefficients);
    sum += residual * residual;
  }
  return sum;
}

void require_independent(const MatrixD& r, Index rows, const std::vector<std::string>& names, bool intercept) {
  const double tolerance = rank_tolerance(rows, r.cols());
  bool suspicious = false;
  for (Index j = 0; j < r.cols(); ++j)
    suspicious |= !(std::abs(r(j, j)) > tolerance * r.col(j).head(j + 1).stableNorm());
  if (!suspicious) return;
  std::vector<std::string> all = names;
  if (intercept) all.insert(all.begin(), "intercept");
  throw ValueError(std::string(kWhere) + ": expected columns that do not depend on each other, got: " +
                   describe(dependent_columns(r, tolerance), all) +
                   " (drop what depends on the others, or set ridge above 0)");
}

/// The triangle of the rows with sqrt(ridge) times the identity below them, which is what ridge amounts to.
Triangle with_ridge(const Triangle& data, double ridge, bool intercept) {
  const Index p = data.r.rows(), penalised = p - (intercept ? 1 : 0);
  MatrixD triangle = MatrixD::Zero(p + 1, p + 1), block = MatrixD::Zero(p + 1, penalised);
  triangle.topLeftCorner(p, p) = data.r;
  triangle.col(p).head(p) = data.z;
  block.middleRows(p - penalised, penalised).diagonal().setConstant(std::sqrt(ridge));
  detail::reflect_into_triangle_plain(triangle, block);
  return {triangle.topLeftCorner(p, p).triangularView<Eigen::Upper>(), triangle.col(p).head(p), data.residual_squares};
}

/// Where the first column is all ones, what stands below and right of it in the triangle is that of the centred
/// columns.
double condition_of_columns(const LinearFit& fit, const MatrixD& triangle) {
  const Index columns = triangle.rows() - (fit.has_intercept ? 1 : 0);
  return columns == 0 ? 1 : condition_number(triangle.bottomRightCorner(columns, columns));
}

/// Fills in everything but the coefficients' own values and the residuals. `data` is the triangle of the rows alone,
/// `penalised` that with ridge.
void finish(LinearFit& fit, const MatrixD& data, const MatrixD& penalised) {
  const MatrixD inverse = inverse_upper(penalised);
  if (fit.ridge == 0) {
    fit.unscaled_covariance = inverse * inverse.transpose();
    fit.effective_parameters = static_cast<double>(data.rows());
  } else {
    // (X'X + ridge)^-1 X'X (X'X + ridge)^-1, and the trace of X (X'X + ridge)^-1 X'.
    const MatrixD hat = data.triangularView<Eigen::Upper>() * inverse;
    const MatrixD half = inverse * hat.transpose();
    fit.unscaled_covariance = half * half.transpose();
    fit.effective_parameters = hat.squaredNorm();
  }
  fit.condition = condition_of_columns(fit, penalised);
}

LinearFit fit_by_qr(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options,
                    const std::vector<std::string>& names) {
  TallSkinnyQr qr(x.cols(), options.intercept, options.threads);
  qr.add(x, y);
  const Triangle data{qr.r(), qr.q_transposed_y(), qr.residual_squares()};
  if (options.ridge == 0) require_independent(data.r, x.rows(), names, options.intercept);

  LinearFit fit = blank_fit(x, options, names);
  const Index first = options.intercept ? 1 : 0;
  fit.total_squares = data.z.tail(data.z.size() - first).squaredNorm() + data.residual_squares;
  if (options.ridge == 0) {
    set_coefficients(fit, solve_upper(data.r, data.z));
    fit.residual_squares = data.residual_squares;
    finish(fit, data.r, data.r);
  } else {
    const Triangle penalised = with_ridge(data, options.ridge, options.intercept);
    const VectorD all = solve_upper(penalised.r, penalised.z);
    set_coefficients(fit, all);
    fit.residual_squares = data.residual_squares + (data.z - data.r.triangularView<Eigen::Upper>() * all).squaredNorm();
    finish(fit, data.r, penalised.r);
  }
  return fit;
}

LinearFit fit_by_normal_equations(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options,
                                  const std::vector<std::string>& names) {
  // Below this share of y'y, subtracting sums would leave fewer than nine digits of the residuals' squares.
  constexpr double kTellingShare = 1e-6;
  NormalEquations sums(x.cols(), options.intercept, options.threads);
  sums.add(x, y);
  const MatrixD penalised = decompose(sums, options.ridge, names);
  const VectorD moments = sums.moments();
  const VectorD all = solve_upper(penalised, solve_upper_transposed(penalised, moments));

  LinearFit fit = blank_fit(x, options, names);
  set_coefficients(fit, all);
  const MatrixD gram = sums.gram();
  const auto n = static_cast<double>(x.rows());
  fit.total_squares = sums.squares() - (options.intercept ? moments[0] * moments[0] / n : 0);
  if (fit.total_squares < kTellingShare * sums.squares())
    fit.total_squares = options.intercept ? (y.array() - moments[0] / n).matrix().squaredNorm() : sums.squares();
  fit.residual_squares = sums.squares() - 2 * all.dot(moments) + all.dot(gram * all);
  if (!(fit.residual_squares > kTellingShare * sums.squares())) fit.residual_squares = residual_squares_of(fit, x, y);

  if (options.ridge == 0) {
    finish(fit, penalised, penalised);
  } else {
    // With more columns than rows X'X has no Cholesky triangle; its Gram matrix serves as well.
    const MatrixD inverse = inverse_upper(penalised);
    const MatrixD a_inverse = inverse * inverse.transpose();
    fit.unscaled_covariance = a_inverse * gram * a_inverse;
    fit.effective_parameters = (a_inverse * gram).trace();
    fit.condition = condition_of_columns(fit, penalised);
  }
  return fit;
}

}  // namespace

LinearFit fit_least_squares(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options) {
  check(x, y, options);
  const std::vector<std::string> names = column_names(kWhere, options.names, x.cols());
  try {
    return options.solver == Solver::kQr ? fit_by_qr(x, y, options, names)
                                         : fit_by_normal_equations(x, y, options, names);
  } catch (const ValueError&) {
    require_finite(kWhere, x, y, names);  // says the same with the columns' names
    throw;
  }
}

LinearFit fit_minimum_norm(const MatrixView& x, const VectorView& y, const LeastSquaresOptions& options) {
  require_same_rows(kWhere, x, y.size());
  if (x.rows() == 0) throw ShapeError(std::string(kWhere) + ": expected at least one row, got " + shape_of(x));
  LinearFit fit = blank_fit(x, options, column_names(kWhere, options.names, x.cols()));
  fit.ridge = 0;
  require_finite(kWhere, x, y, fit.names);
  const Eigen::RowVectorXd x_mean =
      options.intercept ? Eigen::RowVectorXd(x.colwise().mean()) : Eigen::RowVectorXd::Zero(x.cols());
  const double y_mean = options.intercept ? y.mean() : 0;
  const Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition(x.rowwise() - x_mean);
  fit.coefficients = decomposition.solve(VectorD(y.array() - y_mean));
  fit.intercept = options.intercept ? y_mean - x_mean.dot(fit.coefficients) : 0;
  fit.residual_squares = residual_squares_of(fit, x, y);
  fit.total_squares = (y.array() - y_mean).matrix().squaredNorm();
  fit.effective_parameters = static_cast<double>(decomposition.rank() + (options.intercept ? 1 : 0));
  fit.condition = std::numeric_limits<double>::infinity();
  const Index p = x.cols() + (options.intercept ? 1 : 0);
  fit.unscaled_covariance = MatrixD::Constant(p, p, std::numeric_limits<double>::quiet_NaN());
  return fit;
}

}  // namespace handbuilt::regression
