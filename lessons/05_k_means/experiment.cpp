#include "lessons/05_k_means/experiment.hpp"

#include <algorithm>
#include <cmath>

#include "clustering/adjusted_rand.hpp"
#include "clustering/choose_clusters.hpp"
#include "clustering/k_means_start.hpp"
#include "clustering/silhouette.hpp"
#include "data/split.hpp"
#include "data/standardizer.hpp"
#include "lessons/05_k_means/groups.hpp"
#include "lessons/05_k_means/photograph.hpp"
#include "lessons/demo.hpp"
#include "lessons/penguins.hpp"

namespace handbuilt::lessons::k_means {
namespace {

using clustering::adjusted_rand;

const std::vector<int> kTried{2, 3, 4, 5, 6, 7, 8, 9};

double inertia_of_groups(const Planted& planted) {
  MatrixD means = MatrixD::Zero(planted.count, planted.rows.cols());
  VectorD sizes = VectorD::Zero(planted.count);
  for (Eigen::Index n = 0; n < planted.rows.rows(); ++n) {
    means.row(planted.groups[static_cast<std::size_t>(n)]) += planted.rows.row(n);
    sizes[planted.groups[static_cast<std::size_t>(n)]] += 1;
  }
  double sum = 0;
  for (int c = 0; c < planted.count; ++c) means.row(c) /= sizes[c];
  for (Eigen::Index n = 0; n < planted.rows.rows(); ++n)
    sum += (planted.rows.row(n) - means.row(planted.groups[static_cast<std::size_t>(n)])).squaredNorm();
  return sum;
}

/// The number with the largest mean silhouette.
int best_silhouette(const MatrixD& x, Random& random) {
  int best = 0;
  double most = -2;
  for (const int clusters : kTried) {
    const auto fit = clustering::fit_k_means(x, {.clusters = clusters, .starts = 5}, random);
    const double value = clustering::mean_silhouette(x, fit.labels);
    if (value > most) {
      most = value;
      best = clusters;
    }
  }
  return best;
}

/// Which of the 2^columns boxes each row lies in, when every column is cut in two at its training mean.
std::vector<int> boxes(const MatrixD& standardised) {
  std::vector<int> labels;
  for (Eigen::Index n = 0; n < standardised.rows(); ++n) {
    int box = 0;
    for (Eigen::Index j = 0; j < standardised.cols(); ++j) box = 2 * box + (standardised(n, j) > 0 ? 1 : 0);
    labels.push_back(box);
  }
  return labels;
}

Penguins penguins() { return load_penguins(datasets_folder() / "penguins"); }

}  // namespace

Birds standard_penguins() {
  const Penguins birds = penguins();
  return {data::Standardizer(birds.x)(birds.x), birds.species};
}

Found start_experiment(std::uint64_t seed) {
  constexpr int kGroups = 25, kPile = 40, kRuns = kRunsPerStart;
  constexpr double kGap = 8;
  Random random(seed, "starts");
  const Planted planted = plant(kGroups, kPile, 2, kGap, random);
  const double of_groups = inertia_of_groups(planted);
  const clustering::KMeansRows<double> rows(planted.rows);
  const Eigen::RowVectorXd low = planted.rows.colwise().minCoeff(), high = planted.rows.colwise().maxCoeff();

  Found numbers;
  for (const std::string kind : {"box", "random", "plus_plus", "greedy"}) {
    std::vector<double> inertias;
    double found = 0, repaired = 0, steps = 0;
    for (int run = 0; run < kRuns; ++run) {
      MatrixD start(kGroups, 2);
      if (kind == "box") {
        for (Eigen::Index c = 0; c < kGroups; ++c)
          for (Eigen::Index j = 0; j < 2; ++j) start(c, j) = random.uniform(low[j], high[j]);
      } else {
        start = planted.rows(kind == "random"      ? clustering::random_start(rows, kGroups, random)
                             : kind == "plus_plus" ? clustering::plus_plus_start(rows, kGroups, random, 1)
                                                   : clustering::plus_plus_start(rows, kGroups, random),
                             Eigen::all);
      }
      const auto fit = clustering::fit_k_means_from(planted.rows, start, {.tolerance = 0});
      inertias.push_back(fit.inertia / of_groups);
      found += inertias.back() < 1.01 ? 1 : 0;
      repaired += fit.repaired > 0 ? 1 : 0;
      steps += fit.iterations;
    }
    std::sort(inertias.begin(), inertias.end());
    numbers["best_" + kind] = inertias.front();
    numbers["median_" + kind] = (inertias[kRuns / 2 - 1] + inertias[kRuns / 2]) / 2;
    numbers["worst_" + kind] = inertias.back();
    numbers["found_" + kind] = found / kRuns;
    numbers["repaired_" + kind] = repaired / kRuns;
    numbers["steps_" + kind] = steps / kRuns;
  }
  numbers["worst_ratio"] = numbers["worst_random"] / numbers["worst_plus_plus"];
  numbers["median_ratio"] = numbers["median_random"] / numbers["median_plus_plus"];
  return numbers;
}

Found choice_experiment(std::uint64_t seed) {
  constexpr int kPile = 40;
  Found numbers;
  for (const auto& [name, gap] : {std::pair<std::string, double>{"apart", 7}, {"near", 3}}) {
    Random random(seed, "choice " + name);
    const int groups = 2 + random.below(6);
    const Planted planted = plant(groups, kPile, 2, gap, random);
    numbers["stability_" + name] = clustering::stability(planted.rows, kTried, {}, random).chosen == groups ? 1 : 0;
    numbers["silhouette_" + name] = best_silhouette(planted.rows, random) == groups ? 1 : 0;
    numbers["gap_" + name] =
        clustering::gap_statistic(planted.rows, kTried.back(), {.references = 10}, random).chosen == groups ? 1 : 0;
  }
  Random random(seed, "nothing");
  const MatrixD nothing = no_groups(160, 2, random);
  const clustering::Stability stability = clustering::stability(nothing, kTried, {}, random);
  double most = 0;
  for (const MeanInterval& agreement : stability.agreement) most = std::max(most, agreement.mean);
  numbers["nothing_agreement"] = most;
  numbers["nothing_gap_one"] =
      clustering::gap_statistic(nothing, kTried.back(), {.references = 10}, random).chosen == 1 ? 1 : 0;
  return numbers;
}

Found penguin_experiment(std::uint64_t seed) {
  const Penguins birds = penguins();
  Random random(seed, "penguins");
  const data::Split split =
      data::random_split(static_cast<int>(birds.species.size()), {.train = 0.7, .validation = 0, .test = 0.3}, random);
  const MatrixD train = birds.x(split.train, Eigen::all), test = birds.x(split.test, Eigen::all);
  const std::vector<int> species = data::take(birds.species, split.test);
  const data::Standardizer standardizer(train);
  const auto agreement = [&](const MatrixD& learn, const MatrixD& judge, int clusters) {
    return adjusted_rand(clustering::fit_k_means(learn, {.clusters = clusters}, random).predict(judge), species);
  };
  const MatrixD standard_train = standardizer(train), standard_test = standardizer(test);
  return {{"ari_boxes", adjusted_rand(boxes(standard_test), species)},
          {"ari_raw", agreement(train, test, 3)},
          {"ari_two", agreement(standard_train, standard_test, 2)},
          {"ari_three", agreement(standard_train, standard_test, 3)},
          {"ari_six", agreement(standard_train, standard_test, 6)}};
}

Found palette_experiment(std::uint64_t seed) {
  Found numbers;
  for (const std::string name : {"china", "flower"}) {
    const Photograph photograph = load_photograph(name);
    Random random(seed, name);
    numbers["pixels"] = static_cast<double>(photograph.colours.rows());
    for (const int colours : {2, 4, 8, 16, 27, 64}) {
      const auto fit = clustering::fit_k_means(photograph.colours, {.clusters = colours, .starts = 3}, random);
      numbers[name + "_" + std::to_string(colours)] = colour_error(photograph.colours, fit.centroids, fit.labels);
    }
    for (const int side : {2, 3, 4}) {
      const MatrixD palette = even_palette(side);
      numbers[name + "_even_" + std::to_string(side * side * side)] =
          colour_error(photograph.colours, palette, nearest_entries(photograph.colours, palette));
    }
  }
  return numbers;
}

Found penguin_choice(std::uint64_t seed) {
  const Birds birds = standard_penguins();
  Random random(seed, "penguin choice");
  Found numbers;
  const clustering::Stability stability = clustering::stability(birds.rows, kTried, {.pairs = 50}, random);
  for (std::size_t k = 0; k < kTried.size(); ++k) {
    const std::string clusters = std::to_string(kTried[k]);
    const auto fit = clustering::fit_k_means(birds.rows, {.clusters = kTried[k]}, random);
    numbers["penguin_silhouette_" + clusters] = clustering::mean_silhouette(birds.rows, fit.labels);
    numbers["penguin_stability_" + clusters] = stability.agreement[k].mean;
    numbers["penguin_inertia_" + clusters] = fit.inertia / static_cast<double>(birds.rows.size());
  }
  numbers["penguin_chosen"] = stability.chosen;
  numbers["birds"] = static_cast<double>(birds.rows.rows());
  return numbers;
}

}  // namespace handbuilt::lessons::k_means
