#pragma once

#include <cstdint>

#include "robot_sim/firmware/protocol/frames.hpp"

namespace handbuilt::robot_sim {

/// Where a human pushes the robot: -1 ... 1 each, ahead and to the left being positive.
struct Push {
  double ahead = 0, left = 0;
};

/// What held keys mean.
Push push_of_keys(bool up, bool down, bool left, bool right);
/// What a stick means, x to the right and y ahead: nothing near its middle, and from there on evenly to its end.
Push push_of_stick(double x, double y);

/// Turns what a human asks for into commands, as smoothly as a hand on a stick would: speed and turning follow at
/// limited rates, so that a tap of a key is a small step. Brushes turn. What it asks for takes the same way to the
/// wheels as any controller's commands: delay, faults and all.
class Driver {
 public:
  static constexpr double kTopSpeed_mps = 0.30, kTopTurn_radps = 1.8;
  static constexpr double kSpeedRate_mps2 = 0.9, kTurnRate_radps2 = 9;

  /// The command of the next tick. Throws nothing; a push beyond 1 counts as 1, and what is no number as 0.
  CommandFrame step(const Push& push);

  [[nodiscard]] double speed_mps() const { return speed_mps_; }
  [[nodiscard]] double turn_radps() const { return turn_radps_; }

 private:
  double speed_mps_ = 0, turn_radps_ = 0;
  std::uint16_t sequence_ = 0;
};

}  // namespace handbuilt::robot_sim
