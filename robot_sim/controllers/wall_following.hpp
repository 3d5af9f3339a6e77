#pragma once

#include <cstdint>

#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/firmware/protocol/frames.hpp"

namespace handbuilt::robot_sim {

/// Bounces, and at times follows a wall on its right: each `bounce_s` of bouncing ends, at the next wall, in
/// `follow_s` of keeping the wall sensor's distance at `distance_mm` while the side brush sweeps along it. Its turns
/// away from a bump are left turns, so the wall ends up on the side of brush and sensor.
class WallFollowingController {
 public:
  struct Options {
    int bounce_ticks = 60 * kTicksPerSecond, follow_ticks = 60 * kTicksPerSecond;
    int distance_mm = 35, speed_mmps = 200;
    BounceOptions bounce{.side_brush = 100};
  };

  explicit WallFollowingController(std::uint32_t seed = 1) : WallFollowingController(seed, Options{}) {}
  WallFollowingController(std::uint32_t seed, Options options);

  CommandFrame step(const SensorFrame& frame);

 private:
  CommandFrame follow(const SensorFrame& frame);

  Options options_;
  BounceController bounce_;
  int ticks_left_;  // of the present mode
  bool following_ = false;
  int lost_ticks_ = 0;  // since the wall was last seen
  int turn_ticks_ = 0, back_ticks_ = 0;
  std::uint16_t sequence_ = 0;
};

}  // namespace handbuilt::robot_sim
