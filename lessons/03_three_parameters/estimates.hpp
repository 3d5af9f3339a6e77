#pragma once

#include <array>
#include <string>

#include "lessons/03_three_parameters/fields.hpp"
#include "regression/cross_validation.hpp"

namespace handbuilt::lessons::three_parameters {

/// The estimates of this lesson.
enum class Estimate {
  kFlat,         ///< one number for every field
  kMisSet,       ///< 300 parameters set by people who know the truth, each off by about 2
  kInOrder,      ///< 300 fitted: as many columns as there are rows, in their order, the others 0
  kPivoted,      ///< 300 fitted: as many columns as there are rows, the longest first, the others 0
  kMinimumNorm,  ///< 300 fitted: of all perfect fits the shortest
  kDescent,      ///< 300 fitted: gradient descent from zero on centred yields, until it stands still
  kUncentred,    ///< 300 fitted: of all perfect fits the shortest, the intercept counted too
  kRidge,        ///< 300 fitted and held down; how much is chosen by cross-validation
  kSelected,     ///< forward selection; how many is chosen by cross-validation
  kGuarded,      ///< the same, guarded
  kThreeKnown,   ///< the three that matter, fitted
};
inline constexpr std::array kEstimates{Estimate::kFlat,      Estimate::kMisSet,      Estimate::kInOrder,
                                       Estimate::kPivoted,   Estimate::kMinimumNorm, Estimate::kDescent,
                                       Estimate::kUncentred, Estimate::kRidge,       Estimate::kSelected,
                                       Estimate::kGuarded,   Estimate::kThreeKnown};
std::string key_of(Estimate estimate);
std::string name_of(Estimate estimate);

inline constexpr int kMostSelected = 10;  ///< that forward selection may keep
inline constexpr int kInnerFolds = 5;

/// Learns from fields. `truth` is looked at by kMisSet and kThreeKnown only, which need it; `seed` deals inner folds
/// and draws what people get wrong.
regression::Learner learner_of(Estimate estimate, const Truth& truth, std::uint64_t seed);

}  // namespace handbuilt::lessons::three_parameters
