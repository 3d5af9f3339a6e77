#include "clustering/mixture_parts.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <numbers>
#include <string>

#include "core/error.hpp"
#include "core/parallel.hpp"

namespace handbuilt::clustering::detail {

using Eigen::Index;

std::optional<MatrixD> cholesky_factor(const MatrixD& covariance) {
  const Eigen::LLT<MatrixD> decomposition(covariance);
  if (decomposition.info() != Eigen::Success) return std::nullopt;
  MatrixD factor = decomposition.matrixL();
  if (!factor.allFinite()) return std::nullopt;
  return factor;
}

Whitening::Whitening(const char* where, const GaussianMixture& mixture)
    : components_(mixture.components()), full_(mixture.form == CovarianceForm::kFull), means_(mixture.means) {
  const Index d = mixture.columns();
  const double log_of_unit_volume = static_cast<double>(d) / 2 * std::log(2 * std::numbers::pi);
  for (std::size_t c = 0; c < mixture.covariances.size(); ++c) {
    const auto refuse = [&] {
      throw ValueError(std::string(where) + ": expected positive definite covariances, got component " +
                       std::to_string(c) + " collapsed onto a point or a plane (set covariance_floor above 0)");
    };
    double log_volume = log_of_unit_volume;
    if (full_) {
      const auto factor = cholesky_factor(mixture.covariances[c]);
      if (!factor) refuse();
      const MatrixD inverse = factor->triangularView<Eigen::Lower>().solve(MatrixD::Identity(d, d));
      whitening_.insert(whitening_.end(), inverse.data(), inverse.data() + inverse.size());
      log_volume += factor->diagonal().array().log().sum();
    } else {
      for (const double variance : mixture.covariances[c].diagonal()) {
        if (!(variance > 0)) refuse();
        whitening_.push_back(1 / std::sqrt(variance));
        log_volume += std::log(variance) / 2;
      }
    }
    log_scale_.push_back(std::log(mixture.weights[static_cast<Index>(c)]) - log_volume);
  }
}

WhitenedMixture Whitening::view() const {
  return {components_, full_, means_.data(), whitening_.data(), log_scale_.data()};
}

namespace {

bool lift_full(MatrixD& covariance, const VectorD& floor) {
  if (!(floor.array() > 0).all()) return false;
  // In units of the floor, a covariance is high enough when it is at least 1 in every direction.
  const VectorD unit = floor.cwiseSqrt();
  const MatrixD scaled = unit.cwiseInverse().asDiagonal() * covariance * unit.cwiseInverse().asDiagonal();
  if (cholesky_factor(scaled - MatrixD::Identity(scaled.rows(), scaled.cols()))) return false;
  const Eigen::SelfAdjointEigenSolver<MatrixD> solver(scaled);
  const VectorD lifted = solver.eigenvalues().cwiseMax(1.0);
  const MatrixD& directions = solver.eigenvectors();
  const MatrixD half = unit.asDiagonal() * directions * lifted.cwiseSqrt().asDiagonal();
  covariance.noalias() = half * half.transpose();
  return true;
}

}  // namespace

bool lift_to_floor(MatrixD& covariance, CovarianceForm form, const VectorD& floor) {
  if (floor.size() == 0) return false;
  if (form == CovarianceForm::kFull) return lift_full(covariance, floor);
  const VectorD lowest = form == CovarianceForm::kDiagonal ? floor : VectorD::Constant(floor.size(), floor.mean());
  const bool lifted = (covariance.diagonal().array() < lowest.array()).any();
  covariance.diagonal() = covariance.diagonal().cwiseMax(lowest);
  return lifted;
}

namespace {

/// The covariance of a component, from its sums of y = x - (mean before the step).
MatrixD covariance_of(const GaussianMixture& before, const MixtureSums& sums, Index component, const VectorD& shift) {
  const Index d = before.columns();
  const double total = sums.total[static_cast<std::size_t>(component)];
  if (before.form == CovarianceForm::kFull) {
    const Eigen::Map<const MatrixD> second(sums.second.data() + component * d * d, d, d);
    return second / total - shift * shift.transpose();
  }
  const Eigen::Map<const VectorD> second(sums.second.data() + component * d, d);
  VectorD variances = second / total - shift.cwiseAbs2();
  if (before.form == CovarianceForm::kSpherical) variances.setConstant(variances.mean());
  return variances.asDiagonal();
}

}  // namespace

// #region maximise
GaussianMixture maximise(const GaussianMixture& before, const MixtureSums& sums, std::vector<int>& on_floor) {
  constexpr double kNothing = 1e-12;  // of all rows
  GaussianMixture after = before;
  const double all = Eigen::Map<const VectorD>(sums.total.data(), before.components()).sum();
  for (int c = 0; c < before.components(); ++c) {
    const double total = sums.total[static_cast<std::size_t>(c)];
    after.weights[c] = total / all;
    if (!(total > kNothing * all)) continue;
    const VectorD shift = Eigen::Map<const VectorD>(sums.first.data() + c * before.columns(), before.columns()) / total;
    after.means.row(c) += shift.transpose();
    MatrixD& covariance = after.covariances[static_cast<std::size_t>(c)];
    covariance = covariance_of(before, sums, c, shift);
    if (lift_to_floor(covariance, before.form, before.floor)) on_floor.push_back(c);
  }
  return after;
}
// #endregion maximise

double pass_over(const MatrixView& x, const GaussianMixture& mixture, const VectorD& row_weights, int threads,
                 MixtureSums* sums, double* log_density, double* responsibilities) {
  const Whitening whitening("mixture", mixture);
  const WhitenedMixture view = whitening.view();
  Workers workers(threads);
  std::vector<MixtureSums> parts(static_cast<std::size_t>(workers.count()));
  std::vector<double> log_likelihoods(parts.size(), 0.0);
  workers.parallel_for(static_cast<int>(x.rows()), [&](int begin, int end, int worker) {
    const auto part = static_cast<std::size_t>(worker);
    const handbuilt::detail::Rows rows{x.data() + begin * x.outerStride(), x.outerStride(), end - begin,
                                       static_cast<int>(x.cols())};
    log_likelihoods[part] = mixture_pass(
        rows, row_weights.size() == 0 ? nullptr : row_weights.data() + begin, view,
        log_density == nullptr ? nullptr : log_density + begin,
        responsibilities == nullptr ? nullptr : responsibilities + std::ptrdiff_t{begin} * mixture.components(),
        sums == nullptr ? nullptr : &parts[part]);
  });
  double log_likelihood = 0;
  for (const double part : log_likelihoods) log_likelihood += part;
  if (sums == nullptr) return log_likelihood;

  // A thread that had no rows has no sums.
  const auto add = [](const std::vector<double>& from, std::vector<double>& to) {
    if (to.empty()) to.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
  };
  *sums = {};
  for (const MixtureSums& part : parts) {
    add(part.total, sums->total);
    add(part.first, sums->first);
    add(part.second, sums->second);
  }
  return log_likelihood;
}

}  // namespace handbuilt::clustering::detail
