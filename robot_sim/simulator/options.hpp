#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "robot_sim/robot/faults.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// What distinguishes one robot's run from another's in the same home.
struct RobotOptions {
  std::uint64_t seed = 1;  ///< of all noise, slip, the cat's whims and what random faults do
  std::vector<Fault> faults = {};
  float delay_s = 0.1f;            ///< from command to motor driver, 0 ... 0.4
  float delay_drift_s = 0.0f;      ///< the delay wanders: at most this much a second, within 0 ... 0.4 s
  bool cat = false;                ///< a cat lives here
  float battery_wh = 26.0f;        ///< Create 3's
  std::optional<Pose> start = {};  ///< in place of the home's
};

/// What happened to a robot so far; all of it truth that no controller sees.
struct Tally {
  double distance_m = 0, energy_j = 0;
  int cleaned_cells = 0;
  int hard_collisions = 0;  ///< contacts that began above 0.15 m/s
  float max_impact_mps = 0;
  int falls = 0, smears = 0, brush_stalls = 0, cat_bumps = 0;
  int runaway_ticks = 0;  ///< faster than, or against, what was commanded (0.1 m/s, 0.8 rad/s)
  int stuck_ticks = 0;    ///< told to drive, and standing still

  friend bool operator==(const Tally&, const Tally&) = default;
};

/// The true state of a robot at a tick, for displays, traces and judges.
struct Truth {
  std::uint32_t tick = 0;
  Pose pose;
  float left_mps = 0, right_mps = 0;        // wheel rims
  float speed_mps = 0, yaw_rate_radps = 0;  // of the body over the ground
  float gap_m = 0;                          // from the body to the nearest solid thing, the cat apart
  float delay_s = 0;
  float battery_v = 0, charge = 1;  // charge 1 = full
  bool contact = false, fallen = false, brush_jammed = false, driver_stopped = false;
  Pose cat;  // far away when there is none
  bool cat_here = false, cat_on_robot = false;
  float cat_mass_kg = 0;
};

/// How many ticks a time takes, rounded to the nearest.
constexpr std::uint32_t ticks_of(double seconds) {
  return seconds >= 8e7 ? 0xffffffffu : static_cast<std::uint32_t>(seconds * 50.0 + 0.5);
}

}  // namespace handbuilt::robot_sim
