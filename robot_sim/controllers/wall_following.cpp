#include "robot_sim/controllers/wall_following.hpp"

#include <algorithm>

namespace handbuilt::robot_sim {

namespace {

constexpr int kNoWall = 255;
constexpr int kGiveUpTicks = 6 * kTicksPerSecond;  // once around a chair's leg, and no wall again
constexpr std::uint8_t kBumpers = kBumperLeft | kBumperRight;

}  // namespace

WallFollowingController::WallFollowingController(std::uint32_t seed, Options options)
    : options_(options), bounce_(seed, options.bounce), ticks_left_(options.bounce_ticks) {}

CommandFrame WallFollowingController::step(const SensorFrame& frame) {
  --ticks_left_;
  const bool touches = (frame.contacts & kBumpers) != 0;
  if (!following_ && ticks_left_ <= 0 && touches) {
    following_ = true;
    ticks_left_ = options_.follow_ticks;
    lost_ticks_ = 0;
    turn_ticks_ = 0;
  } else if (following_ && (ticks_left_ <= 0 || lost_ticks_ > kGiveUpTicks)) {
    following_ = false;
    ticks_left_ = options_.bounce_ticks;
  }
  CommandFrame command = following_ && !sees_cliff(frame) ? follow(frame) : bounce_.step(frame);
  if (following_ && sees_cliff(frame)) following_ = false;
  command.sequence = ++sequence_;
  if (following_) command.mode = static_cast<std::uint8_t>(DumbMode::along_the_wall);
  return command;
}

CommandFrame WallFollowingController::follow(const SensorFrame& frame) {
  const int speed = options_.speed_mmps;
  // Bumped: a wall ahead. Turn left a little, until the bumper is free.
  if ((frame.contacts & kBumpers) != 0) turn_ticks_ = 12;
  const bool sees_wall = frame.wall_ir != kNoWall;
  lost_ticks_ = sees_wall ? 0 : lost_ticks_ + 1;

  CommandFrame command;
  command.brush = 100;
  command.side_brush = 100;
  const auto drive = [&](int left, int right) {
    command.left = static_cast<std::int16_t>(left);
    command.right = static_cast<std::int16_t>(right);
  };
  if (turn_ticks_ > 0) {
    --turn_ticks_;
    drive(-100, 150);
  } else if (sees_wall) {
    const int correction = std::clamp(2 * (frame.wall_ir - options_.distance_mm), -80, 80);  // towards the wall
    drive(speed + correction / 2, speed - correction);
  } else {
    drive(speed, speed * 35 / 100);  // round the corner, on a circle of about 0.24 m
  }
  return command;
}

}  // namespace handbuilt::robot_sim
