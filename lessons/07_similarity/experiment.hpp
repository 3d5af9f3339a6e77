#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "robot_sim/situations/escape.hpp"

/// What the lesson measures, beside what robot_sim/situations does.
namespace handbuilt::lessons::likeness {

/// Everything that is measured for one seed, by name; homes and drives are drawn anew for each. Half an hour of random
/// escapes in each of 12 homes to remember, 12 other homes to be judged in.
std::map<std::string, double> run_experiment(std::uint64_t seed);

/// The part of it that takes no simulated hours of judging: promised and kept gains on recorded bumps.
std::map<std::string, double> run_replay(std::uint64_t seed);

/// Random escapes of one drive in each of `homes` ordinary homes from this seed on, one list a home.
std::vector<std::vector<robot_sim::Bump>> record_bumps(std::uint64_t first_home, int homes, double seconds);

}  // namespace handbuilt::lessons::likeness
