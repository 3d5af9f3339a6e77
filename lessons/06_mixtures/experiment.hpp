#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "clustering/mixture.hpp"
#include "lessons/results_file.hpp"
#include "shapes.hpp"

namespace handbuilt::lessons::mixtures {

inline constexpr int kCloudRows = 300;

// What each part of the measurement finds with one seed, by the names that the text quotes.

/// "rand_moons_k_means": how far the groups found are those planted (adjusted Rand), for every cloud and method.
Found compare_methods(std::uint64_t seed);

/// EM from random rows in all three forms on a cloud: its steps, how many of them lowered the log likelihood by more
/// than rounding can, and the largest loss of any step, in nats a row.
Found watch_em(std::uint64_t seed);

/// Rows of 2 to 6 components whose means are at least `apart` from each other, with standard deviations of 0.6 to 1.4
/// along and across. Whether BIC, and AIC, found how many there were among 1 to 8: "bic", "aic", 0 or 1.
Found choose_number(std::uint64_t seed, double apart);
inline const std::vector<double> kApart{2, 3, 4, 5, 6};
inline constexpr double kFarApart = 6;
std::string key_of_apart(double apart);  ///< "3"

/// Tiles and carpet, 300 rows to learn from and 2,000 that were not seen: the share of rows taken for the right floor
/// by k-means and by a mixture; of the mixture, how far shares lie from what came ("calibration_error"); and how often
/// those who were given 50 to 90 % were right.
Found tell_floors(std::uint64_t seed);

/// Eight components on forty rows from random rows, without a floor and with: whether a component collapsed.
Found collapse(std::uint64_t seed);

/// All birds by four standardised measurements, without their names.
Found group_penguins(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace handbuilt::lessons::mixtures
