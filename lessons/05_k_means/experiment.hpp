#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "lessons/results_file.hpp"

namespace handbuilt::lessons::k_means {

inline constexpr int kRunsPerStart = 100;  ///< of k-means, from each kind of start, in each world

/// Starts against each other on 25 piles of 40 rows: 100 runs to the end from each kind of start. Inertias are divided
/// by that of the planted groups.
Found start_experiment(std::uint64_t seed);

/// One world whose number of groups, 2 to 7, has to be found: whether stability, silhouette and gap statistic find it,
/// 1 or 0, where the piles lie apart ("apart", 7 standard deviations) and where they nearly touch ("near", 3); and
/// what they say where there are no groups.
Found choice_experiment(std::uint64_t seed);

/// Penguins grouped without their species: centroids from seven birds in ten, agreement of the other three with their
/// species, by adjusted Rand; in boxes, in raw units, standardised.
Found penguin_experiment(std::uint64_t seed);

/// How far the colours of both photographs are from their nearest palette entry, with k of them, and with as many
/// evenly spaced ones.
Found palette_experiment(std::uint64_t seed);

/// Silhouette and stability of all penguins for 2 ... 8 groups, standardised.
Found penguin_choice(std::uint64_t seed);

/// The measurements of all penguins, standardised, and their species.
struct Birds {
  MatrixD rows;
  std::vector<int> species;
};
Birds standard_penguins();

}  // namespace handbuilt::lessons::k_means
