#pragma once

#include <cstdint>

#include "robot_sim/firmware/protocol/frames.hpp"

/// The dumb estimates: controllers that know nothing and remember next to nothing. Frame in, frame out; freestanding.
namespace handbuilt::robot_sim {

/// No floor before it, by the cliff sensors or the wheel drops.
bool sees_cliff(const SensorFrame& frame);

/// What the dumb estimates say in their commands' `mode`.
enum class DumbMode : std::uint8_t { straight, along_the_wall, backing_off, turning };

/// How BounceController drives.
struct BounceOptions {
  std::int16_t speed_mmps = 300, turn_mmps = 300;
  int least_turn_ticks = 14,
      most_turn_ticks = 72;    // 0.7 to 3.7 rad at 0.3 m/s, and what the wheels add in slowing down
  std::int8_t side_brush = 0;  // percent
};

/// Straight on until something is touched or a cliff is seen, then a turn on the spot, for a random time.
class BounceController {
 public:
  explicit BounceController(std::uint32_t seed = 1, BounceOptions options = {})
      : options_(options), random_(seed | 1u) {}

  CommandFrame step(const SensorFrame& frame);

 private:
  BounceOptions options_;
  std::uint32_t random_;
  int turn_ticks_ = 0, back_ticks_ = 0;
  std::uint16_t sequence_ = 0;
};

}  // namespace handbuilt::robot_sim
