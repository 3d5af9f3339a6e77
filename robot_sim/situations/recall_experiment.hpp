#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "robot_sim/situations/escape.hpp"
#include "similarity/situation_memory.hpp"

namespace handbuilt::robot_sim {

/// Where a robot is, as a situation: its place in metres, and its heading with a radian counting as half a metre.
VectorD place_of(const Pose& where);

/// A memory of all these bumps (at least two), each as `situation` says, that calls nothing strange.
similarity::SituationMemory remembering(const std::vector<Bump>& bumps,
                                        const std::function<VectorD(const Bump&)>& situation, int neighbours,
                                        double floor);

struct RecallExperiment {
  int public_homes = 20, held_out_homes = 40;
  double train_seconds = 3600;  ///< of random escapes in each public home
  double test_seconds = 600;    ///< of each method in each home
  std::uint64_t seed = 1;
  int threads = 0;
};

/// What a method gained a bump, in metres.
struct MethodResult {
  std::string name;
  MeanInterval in_public, in_held_out;  ///< mean over homes of the mean gain
  /// Differences home by home against drawing at random, and against the turn that was best on average in training.
  MeanInterval public_over_random, held_out_over_random, public_over_fixed, held_out_over_fixed;
  int public_rank = 0, held_out_rank = 0;  ///< 1 is best
};

struct RecallResult {
  int remembered = 0;
  std::vector<MethodResult> methods;
};

/// A robot escapes from bumps at random in some homes and remembers what it sensed, did and gained; then it drives by
/// what it remembers, in the same homes from other beginnings and in homes it has never seen. The methods: `random`;
/// `fixed`, the turn with the best mean; `recall`, likeness of what is sensed; `nearest`, the one nearest memory of
/// each turn; and `place`, likeness of where it is (the truth's pose), which means nothing in another home.
RecallResult run_recall_experiment(const RecallExperiment& experiment);

}  // namespace handbuilt::robot_sim
