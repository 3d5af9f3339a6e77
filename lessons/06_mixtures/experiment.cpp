#include "experiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "clustering/adjusted_rand.hpp"
#include "clustering/k_means.hpp"
#include "clustering/mixture_fit.hpp"
#include "core/error.hpp"
#include "data/standardizer.hpp"
#include "lessons/penguins.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

using clustering::CovarianceForm;
using clustering::GaussianMixture;
using clustering::MixtureStart;

constexpr std::array kForms{CovarianceForm::kFull, CovarianceForm::kDiagonal, CovarianceForm::kSpherical};

MatrixD turned_covariance(double along, double across, double angle) {
  Eigen::Matrix2d turn;
  turn << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
  return turn * Eigen::Vector2d(along * along, across * across).asDiagonal() * turn.transpose();
}

/// Components of one weight whose means are drawn in a square until they are far enough from each other.
GaussianMixture planted(int components, double apart, Random& random) {
  GaussianMixture mixture{
      .weights = VectorD::Constant(components, 1.0 / components), .means = MatrixD(components, 2), .covariances = {}};
  for (int c = 0; c < components; ++c) {
    const auto is_free = [&] {
      for (int other = 0; other < c; ++other)
        if ((mixture.means.row(c) - mixture.means.row(other)).norm() < apart) return false;
      return true;
    };
    do mixture.means.row(c) << random.uniform(-12, 12), random.uniform(-12, 12);
    while (!is_free());
    const double along = random.uniform(0.6, 1.4), across = random.uniform(0.6, 1.4);
    mixture.covariances.push_back(turned_covariance(along, across, random.uniform(0, std::numbers::pi)));
  }
  return mixture;
}

}  // namespace

Found compare_methods(std::uint64_t seed) {
  Found found;
  for (const Cloud cloud : kClouds) {
    Random random(seed, name_of(cloud));
    const Rows rows = draw_rows(cloud, kCloudRows, random);
    for (const Method method : kMethods)
      found["rand_" + name_of(cloud) + "_" + key_of(method)] =
          clustering::adjusted_rand(found_groups(method, rows.x, groups_of(cloud), random), rows.groups);
  }
  return found;
}

Found watch_em(std::uint64_t seed) {
  Found found{{"em_steps", 0}, {"em_falls", 0}, {"em_largest_loss", 0}};
  Random random(seed, "watch em");
  const Cloud cloud = kClouds.at(static_cast<std::size_t>(random.below(static_cast<int>(kClouds.size()))));
  const Rows rows = draw_rows(cloud, kCloudRows, random);
  for (const CovarianceForm form : kForms) {
    const clustering::MixtureFit fit = clustering::fit_mixture(
        rows.x,
        {.components = 2 + random.below(7), .form = form, .start = MixtureStart::kRandomRows, .tolerance = 1e-9},
        random);
    for (std::size_t step = 1; step < fit.log_likelihoods.size(); ++step) {
      const double loss = fit.log_likelihoods[step - 1] - fit.log_likelihoods[step];
      ++found["em_steps"];
      // A sum of some hundred terms of this size is rounded by about so much.
      if (loss > 1e-12 * kCloudRows * (1 + std::abs(fit.log_likelihoods[step]) / kCloudRows)) ++found["em_falls"];
      found["em_largest_loss"] = std::max(found["em_largest_loss"], loss / kCloudRows);
    }
  }
  return found;
}

std::string key_of_apart(double apart) { return std::to_string(static_cast<int>(apart)); }

Found choose_number(std::uint64_t seed, double apart) {
  constexpr int kMost = 8, kRowsEach = 100;
  Random random(seed, "choose number");
  const int components = 2 + random.below(5);
  const MatrixD x = clustering::sample(planted(components, apart, random), kRowsEach * components, random).x;
  double best_bic = 0, best_aic = 0;
  int by_bic = 0, by_aic = 0;
  for (int k = 1; k <= kMost; ++k) {
    const clustering::MixtureFit fit = clustering::fit_mixture(x, {.components = k, .starts = 5}, random);
    if (by_bic == 0 || fit.bic < best_bic) {
      best_bic = fit.bic;
      by_bic = k;
    }
    if (by_aic == 0 || fit.aic < best_aic) {
      best_aic = fit.aic;
      by_aic = k;
    }
  }
  return {{"bic", by_bic == components}, {"aic", by_aic == components}};
}

Found tell_floors(std::uint64_t seed) {
  constexpr int kFresh = 2000, kBins = 10;
  Random random(seed, "floors");
  const Rows seen = draw_rows(Cloud::kFloors, kCloudRows, random), fresh = draw_rows(Cloud::kFloors, kFresh, random);
  const auto k_means = clustering::fit_k_means(seen.x, {.clusters = 2}, random);
  const auto mixture = clustering::fit_mixture(seen.x, {.components = 2, .starts = 10}, random).mixture;

  // A group's name is that of the floor whose rows it holds most of, among those learned from.
  const auto share_right = [&](const std::vector<int>& seen_labels, const std::vector<int>& fresh_labels) {
    int alike = 0, right = 0;
    for (std::size_t n = 0; n < seen_labels.size(); ++n) alike += seen_labels[n] == seen.groups[n] ? 1 : 0;
    const bool exchanged = 2 * alike < static_cast<int>(seen_labels.size());
    for (std::size_t n = 0; n < fresh_labels.size(); ++n)
      right += (fresh_labels[n] == fresh.groups[n]) != exchanged ? 1 : 0;
    return std::pair{static_cast<double>(right) / kFresh, exchanged};
  };
  Found found;
  found["right_k_means"] = share_right(k_means.labels, k_means.predict(fresh.x)).first;
  const auto [right, exchanged] =
      share_right(clustering::assign(mixture, seen.x), clustering::assign(mixture, fresh.x));
  found["right_mixture"] = right;

  const MatrixD shares = clustering::responsibilities(mixture, fresh.x);
  std::array<double, kBins> rows{}, said{}, came{};
  double unsure = 0, unsure_right = 0, unsure_said = 0;
  for (int n = 0; n < kFresh; ++n) {
    const double tiles = shares(n, exchanged ? 1 : 0), sure = std::max(tiles, 1 - tiles);
    const bool is_tiles = fresh.groups[static_cast<std::size_t>(n)] == 0;
    const auto bin = static_cast<std::size_t>(std::min(kBins - 1, static_cast<int>(tiles * kBins)));
    rows.at(bin) += 1;
    said.at(bin) += tiles;
    came.at(bin) += is_tiles ? 1 : 0;
    if (sure < 0.9) {
      unsure += 1;
      unsure_said += sure;
      unsure_right += (tiles > 0.5) == is_tiles ? 1 : 0;
    }
  }
  double error = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) error += std::abs(said.at(bin) - came.at(bin)) / kFresh;
  found["calibration_error"] = error;
  found["unsure_share"] = unsure / kFresh;
  found["unsure_said"] = unsure > 0 ? unsure_said / unsure : 1;
  found["unsure_right"] = unsure > 0 ? unsure_right / unsure : 1;
  return found;
}

Found collapse(std::uint64_t seed) {
  constexpr int kRows = 40, kComponents = 8;
  Random random(seed, "collapse");
  const Rows rows = draw_rows(Cloud::kBlobs, kRows, random);
  const auto fit = [&](double floor) {
    Random start(seed, "start");
    return clustering::fit_mixture(rows.x,
                                   {.components = kComponents,
                                    .start = MixtureStart::kRandomRows,
                                    .max_iterations = 500,
                                    .covariance_floor = floor},
                                   start);
  };
  Found found{{"collapsed_without_floor", 0}};
  try {
    (void)fit(0);
  } catch (const ValueError&) {
    found["collapsed_without_floor"] = 1;
  }
  found["on_floor"] = fit(1e-6).on_floor.empty() ? 0 : 1;
  found["on_floor_hundredth"] = fit(1e-2).on_floor.empty() ? 0 : 1;
  return found;
}

Found group_penguins(const std::filesystem::path& folder, std::uint64_t seed) {
  constexpr int kMost = 8;
  const Penguins birds = load_penguins(folder);
  const MatrixD x = data::Standardizer(birds.x)(birds.x);

  Random random(seed, "penguins");
  Found found;
  found["penguins"] = static_cast<double>(x.rows());
  found["penguins_rand_k_means"] = clustering::adjusted_rand(
      clustering::fit_k_means(x, {.clusters = 3, .starts = 50}, random).labels, birds.species);
  double best = 0;
  for (int k = 1; k <= kMost; ++k) {
    const clustering::MixtureFit fit = clustering::fit_mixture(x, {.components = k, .starts = 50}, random);
    if (k == 3)
      found["penguins_rand_mixture"] = clustering::adjusted_rand(clustering::assign(fit.mixture, x), birds.species);
    found["penguins_bic_" + std::to_string(k)] = fit.bic;
    if (k > 1 && fit.bic >= best) continue;
    best = fit.bic;
    found["penguins_chosen"] = k;
    found["penguins_rand_chosen"] = clustering::adjusted_rand(clustering::assign(fit.mixture, x), birds.species);
  }
  return found;
}

}  // namespace handbuilt::lessons::mixtures
