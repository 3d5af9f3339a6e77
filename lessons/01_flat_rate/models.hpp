#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "lessons/01_flat_rate/barley.hpp"

namespace handbuilt::lessons::flat_rate {

/// The estimates of this lesson, from the dumbest to the one with a parameter for everything.
enum class Model {
  kFlat,        ///< one number for every plot
  kYear,        ///< a rate a year
  kVariety,     ///< a rate a variety
  kSite,        ///< a rate a site
  kAdditive,    ///< a rate a site, plus one a variety, plus one a year
  kSiteYear,    ///< a rate for each site in each year
  kOtherYear,   ///< what the same variety gave at the same site in the other year
  kFull,        ///< differences: a parameter for each of the 120 cells
  kFullShared,  ///< the same cells as a sum of effects, the shortest such sum (minimum norm)
};
inline constexpr std::array kModels{Model::kFlat,      Model::kYear,     Model::kVariety,
                                    Model::kSite,      Model::kAdditive, Model::kSiteYear,
                                    Model::kOtherYear, Model::kFull,     Model::kFullShared};

/// "flat rate", "a rate a site": for people.
std::string name_of(Model model);
/// "flat", "site": for results.json.
std::string key_of(Model model);
/// How many numbers it can adjust on the whole table.
int parameters_of(Model model);

/// Predictions for the rows `test` [test.size()] by a model that has seen the rows `train` only. `reference` is the row
/// whose variety, site and year the full model counts its differences from.
///
/// A parameter that the training rows cannot determine is 0; a group that they do not hold gets the flat rate.
VectorD predict(Model model, const Barley& barley, const std::vector<int>& train, const std::vector<int>& test,
                int reference = 0);

/// Every row predicted once, in five folds that `random` deals: no row by a model that has seen it. The full model
/// counts from a row that `random` draws.
VectorD predict_held_out(Model model, const Barley& barley, Random& random);

}  // namespace handbuilt::lessons::flat_rate
