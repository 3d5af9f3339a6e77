#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "lessons/03_three_parameters/estimates.hpp"

namespace handbuilt::lessons::three_parameters {

inline constexpr int kNewFields = 1000;  ///< that nobody learned from

/// One country of each kind, by name as results.json has them.
///
/// rmse_WORLD_ESTIMATE: on new fields, learned from 80. nested_WORLD, peeking_WORLD: what cross-validation of forward
/// selection of three foretells, with the selection inside the folds and before them. found: how many of the three that
/// matter are among the first three selected (independent). size_WORLD: how many forward selection kept.
std::map<std::string, double> run_experiment(std::uint64_t seed);

/// What new fields can do to a model that was learned on clean ones.
enum class Trouble {
  kNone,
  kStuck,  ///< in 3 of 100 fields one of the drivers that the model reads is stuck at 999
  kUnits,  ///< one of the drivers that the model reads comes in other units: 2.54 times what it was
  kBlank,  ///< in 3 of 100 fields one of the drivers that the model reads is missing: NaN, which becomes 0 in the
           ///< unguarded model
};

/// The worst hundredth of the absolute errors, averaged, of the flat rate, of forward selection and of the guarded one,
/// by name: worst_TROUBLE_ESTIMATE, and worst_ratio_TROUBLE_ESTIMATE over the flat rate's.
std::map<std::string, double> run_guard_experiment(std::uint64_t seed);

}  // namespace handbuilt::lessons::three_parameters
