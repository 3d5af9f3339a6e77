#include "robot_sim/controllers/bounce.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::uint8_t kCliff = 60;  // floor and rugs are well above it
constexpr int kBackTicks = 25;
constexpr std::int16_t kBackSpeed_mmps = 200;

}  // namespace

bool sees_cliff(const SensorFrame& frame) {
  if (frame.sequence == 0) return false;  // no frame yet
  for (const std::uint8_t light : frame.cliff)
    if (light < kCliff) return true;
  return (frame.contacts & (kDropLeft | kDropRight)) != 0;
}

CommandFrame BounceController::step(const SensorFrame& frame) {
  const bool cliff = sees_cliff(frame);
  if (cliff && back_ticks_ == 0 && turn_ticks_ == 0) back_ticks_ = kBackTicks;
  if (cliff || (frame.contacts & (kBumperLeft | kBumperRight)) != 0) {
    random_ = random_ * 1664525u + 1013904223u;
    const auto choices = static_cast<std::uint32_t>(options_.most_turn_ticks - options_.least_turn_ticks + 1);
    turn_ticks_ = options_.least_turn_ticks + static_cast<int>((random_ >> 8) % choices);
  } else if (turn_ticks_ > 0 && back_ticks_ == 0) {
    --turn_ticks_;
  }
  CommandFrame command;
  command.mode = static_cast<std::uint8_t>(back_ticks_ > 0   ? DumbMode::backing_off
                                           : turn_ticks_ > 0 ? DumbMode::turning
                                                             : DumbMode::straight);
  command.sequence = ++sequence_;
  command.brush = 100;
  command.side_brush = options_.side_brush;
  if (back_ticks_ > 0) {
    --back_ticks_;
    command.left = command.right = -kBackSpeed_mmps;
  } else if (turn_ticks_ > 0) {
    command.left = static_cast<std::int16_t>(-options_.turn_mmps);
    command.right = options_.turn_mmps;
  } else {
    command.left = command.right = options_.speed_mmps;
  }
  return command;
}

}  // namespace handbuilt::robot_sim
