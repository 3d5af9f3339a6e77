#include "robot_sim/view/observer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "robot_sim/robot/body.hpp"

namespace handbuilt::robot_sim {

std::vector<Pose> Trail::poses() const {
  std::vector<Pose> all;
  const std::size_t kept = std::min(count_, kMost);
  all.reserve(kept);
  for (std::size_t i = count_ - kept; i < count_; ++i) all.push_back(poses_[i % kMost]);
  return all;
}

Observer::Observer(const Simulator& at_start)
    : start_(at_start.truth().pose),
      x_m_(start_.x_m),
      y_m_(start_.y_m),
      heading_rad_(start_.heading_rad),
      last_frame_(at_start.frame()) {}

void Observer::observe(const CommandFrame& command, const std::optional<CameraPatch>& patch, const Simulator& after) {
  const Truth truth = after.truth();
  command_ = command;
  believes_ |= command.believed_x != 0 || command.believed_y != 0 || command.believed_heading != 0 ||
               command.believed_error != 0;
  if (patch) {
    patch_ = patch;
    patch_tick_ = truth.tick;
  }
  reckon(after.frame());
  if (truth.tick % Trail::kTicks == 0) {
    trail_.add(truth.pose);
    reckoned_trail_.add(reckoned());
  }
}

void Observer::reckon(const SensorFrame& frame) {
  const auto ticks = static_cast<std::uint16_t>(frame.sequence - last_frame_.sequence);
  const auto counts = [](std::int16_t now, std::int16_t before) { return static_cast<std::int16_t>(now - before); };
  const double way_m =
      0.5 * body::kMetresPerCount *
      (counts(frame.encoder_left, last_frame_.encoder_left) + counts(frame.encoder_right, last_frame_.encoder_right));
  const double turned_rad = frame.gyro * double{kGyroUnit_radps} * kTick_s * ticks;
  last_frame_ = frame;
  x_m_ += way_m * std::cos(heading_rad_ + turned_rad / 2);
  y_m_ += way_m * std::sin(heading_rad_ + turned_rad / 2);
  heading_rad_ = std::remainder(heading_rad_ + turned_rad, 2 * std::numbers::pi);
}

std::optional<Pose> Observer::believed() const {
  if (!believes_) return std::nullopt;
  const double c = std::cos(start_.heading_rad), s = std::sin(start_.heading_rad);
  const double ahead = command_.believed_x * 0.01, left = command_.believed_y * 0.01;
  const double heading = start_.heading_rad + command_.believed_heading * (2 * std::numbers::pi / 65536);
  return Pose{static_cast<float>(start_.x_m + c * ahead - s * left),
              static_cast<float>(start_.y_m + s * ahead + c * left), static_cast<float>(heading)};
}

}  // namespace handbuilt::robot_sim
