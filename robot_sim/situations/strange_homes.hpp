#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "robot_sim/robot/faults.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// A kind of situation: a home of a kind, or something wrong with the robot in an ordinary one.
enum class Kind {
  kOrdinary,  ///< walls and furniture on a hard floor
  kRug,       ///< every floor is rug
  kStairs,    ///< stairs down; only stretches in which they are seen count
  kLegs,      ///< a leg of 5 cm every half metre or so
  kSkittles,  ///< a quarter of the floor's cells hold one
  kCatRides,  ///< 4 kg on its back
  kGyroStuck,
  kEncoderWrong,
  kRangeStuck,
  kCurrentGarbage,
  kCliffOff,
  kWheelWeak,
};
constexpr Kind kStrangeKinds[] = {
    Kind::kRug,          Kind::kStairs,     Kind::kLegs,           Kind::kSkittles, Kind::kCatRides, Kind::kGyroStuck,
    Kind::kEncoderWrong, Kind::kRangeStuck, Kind::kCurrentGarbage, Kind::kCliffOff, Kind::kWheelWeak};

std::string name_of(Kind kind);

/// The generated home of this seed without its rugs and clutter, changed as the kind says; for stairs the first of a
/// row of homes that this seed begins which has some.
std::shared_ptr<const Home> home_of_kind(Kind kind, std::uint64_t seed);

/// What is broken from the first tick on; nothing for the kinds of home.
std::vector<Fault> faults_of_kind(Kind kind);

}  // namespace handbuilt::robot_sim
