#include "clustering/mixture.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "clustering/mixture_parts.hpp"
#include "core/error.hpp"

namespace handbuilt::clustering {

using Eigen::Index;

Index GaussianMixture::parameters() const {
  const Index k = means.rows(), d = means.cols();
  Index of_covariance = 1;
  if (form == CovarianceForm::kFull) of_covariance = d * (d + 1) / 2;
  if (form == CovarianceForm::kDiagonal) of_covariance = d;
  return k * (d + of_covariance) + k - 1;
}

namespace {

void require_shapes(const char* where, const GaussianMixture& mixture) {
  const Index k = mixture.means.rows(), d = mixture.means.cols();
  if (k == 0 || d == 0 || mixture.weights.size() != k || std::ssize(mixture.covariances) != k ||
      (mixture.floor.size() != 0 && mixture.floor.size() != d))
    throw ShapeError(
        std::string(where) + ": expected a weight and a covariance for each mean, and a floor a column, got " +
        std::to_string(mixture.weights.size()) + " weights, " + std::to_string(mixture.covariances.size()) +
        " covariances and " + std::to_string(mixture.floor.size()) + " floors for means " + shape_of(mixture.means));
  for (const MatrixD& covariance : mixture.covariances)
    if (covariance.rows() != d || covariance.cols() != d)
      throw ShapeError(std::string(where) + ": expected covariances [" + std::to_string(d) + ", " + std::to_string(d) +
                       "], got " + shape_of(covariance));
}

bool has_form(const MatrixD& covariance, CovarianceForm form) {
  const double rounding = 1e-9 * covariance.cwiseAbs().maxCoeff();
  if ((covariance - covariance.transpose()).cwiseAbs().maxCoeff() > rounding) return false;
  if (form == CovarianceForm::kFull) return true;
  const VectorD diagonal = covariance.diagonal();
  if ((covariance - MatrixD(diagonal.asDiagonal())).cwiseAbs().maxCoeff() > 0) return false;
  return form == CovarianceForm::kDiagonal || diagonal.maxCoeff() - diagonal.minCoeff() <= rounding;
}

}  // namespace

void require_mixture(const char* where, const GaussianMixture& mixture) {
  require_shapes(where, mixture);
  const auto refuse = [&](const std::string& what) { throw ValueError(std::string(where) + ": expected " + what); };
  if (!mixture.means.allFinite()) refuse("means that are finite");
  if (!(mixture.weights.array() >= 0).all() || !(std::abs(mixture.weights.sum() - 1) < 1e-9)) {
    std::ostringstream got;
    got << mixture.weights.transpose();
    refuse("weights of at least 0 that sum to 1, got " + got.str());
  }
  if (!(mixture.floor.array() >= 0).all() || !mixture.floor.allFinite()) refuse("a floor of at least 0");
  for (std::size_t c = 0; c < mixture.covariances.size(); ++c)
    if (const MatrixD& covariance = mixture.covariances[c];
        !covariance.allFinite() || !has_form(covariance, mixture.form))
      refuse("covariances that are finite, symmetric and of the mixture's form, got another for component " +
             std::to_string(c));
}

namespace {

void require_input(const char* where, const GaussianMixture& mixture, const MatrixView& x) {
  require_mixture(where, mixture);
  require_columns(where, x, mixture.columns());
  if (x.rows() > 0) require_rows(where, x);
}

}  // namespace

VectorD log_densities(const GaussianMixture& mixture, const MatrixView& x, int threads) {
  require_input("log densities", mixture, x);
  VectorD densities(x.rows());
  detail::pass_over(x, mixture, {}, threads, nullptr, densities.data());
  return densities;
}

double log_likelihood(const GaussianMixture& mixture, const MatrixView& x, int threads) {
  require_input("log likelihood", mixture, x);
  return detail::pass_over(x, mixture, {}, threads, nullptr);
}

MatrixD responsibilities(const GaussianMixture& mixture, const MatrixView& x, int threads) {
  require_input("responsibilities", mixture, x);
  MatrixD shares(x.rows(), mixture.components());
  detail::pass_over(x, mixture, {}, threads, nullptr, nullptr, shares.data());
  return shares;
}

std::vector<int> assign(const GaussianMixture& mixture, const MatrixView& x, int threads) {
  const MatrixD shares = responsibilities(mixture, x, threads);
  std::vector<int> labels(static_cast<std::size_t>(x.rows()));
  for (Index i = 0; i < x.rows(); ++i) shares.row(i).maxCoeff(&labels[static_cast<std::size_t>(i)]);
  return labels;
}

MixtureSample sample(const GaussianMixture& mixture, int rows, Random& random) {
  require_mixture("sample", mixture);
  data::require_option(rows >= 0, "sample", "rows", "of at least 0", rows);
  std::vector<MatrixD> factors;
  for (std::size_t c = 0; c < mixture.covariances.size(); ++c) {
    const auto factor = detail::cholesky_factor(mixture.covariances[c]);
    if (!factor)
      throw ValueError("sample: expected positive definite covariances, got another for component " +
                       std::to_string(c));
    factors.push_back(*factor);
  }
  MixtureSample drawn{MatrixD(rows, mixture.columns()), std::vector<int>(static_cast<std::size_t>(rows))};
  VectorD normal(mixture.columns());
  for (int row = 0; row < rows; ++row) {
    int component = 0;
    for (double left = random.uniform() - mixture.weights[0]; left >= 0 && component + 1 < mixture.components();)
      left -= mixture.weights[++component];
    for (double& value : normal) value = random.normal();
    drawn.components[static_cast<std::size_t>(row)] = component;
    drawn.x.row(row) =
        mixture.means.row(component) + (factors[static_cast<std::size_t>(component)] * normal).transpose();
  }
  return drawn;
}

double bic(double log_likelihood, Index parameters, double rows) {
  return -2 * log_likelihood + static_cast<double>(parameters) * std::log(rows);
}

double aic(double log_likelihood, Index parameters) {
  return -2 * log_likelihood + 2 * static_cast<double>(parameters);
}

}  // namespace handbuilt::clustering
