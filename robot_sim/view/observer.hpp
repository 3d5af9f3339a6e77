#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "robot_sim/simulator/simulator.hpp"

namespace handbuilt::robot_sim {

/// Where something was of late: a pose every 0.1 s, the last minute of them.
class Trail {
 public:
  static constexpr std::uint32_t kTicks = 5;
  static constexpr std::size_t kMost = 600;

  void add(const Pose& pose) { poses_[count_++ % kMost] = pose; }
  /// Oldest first.
  [[nodiscard]] std::vector<Pose> poses() const;

 private:
  std::array<Pose, kMost> poses_{};
  std::size_t count_ = 0;
};

/// Somebody who watches a run from its beginning, tick by tick, and knows what a picture of a moment needs beside the
/// simulator's state: the last command, where robot and cat came from, and where the robot would think it is if it
/// added up its wheels' counts and its gyro. A plain value: a copy of it and of the simulator is a moment kept.
class Observer {
 public:
  explicit Observer(const Simulator& at_start);

  /// To be called after each step with the command it took and the patch it gave.
  void observe(const CommandFrame& command, const std::optional<CameraPatch>& patch, const Simulator& after);

  [[nodiscard]] const Pose& start() const { return start_; }
  [[nodiscard]] const CommandFrame& command() const { return command_; }
  /// The newest patch, and the tick it came in; none yet: null.
  [[nodiscard]] const CameraPatch* patch() const { return patch_ ? &*patch_ : nullptr; }
  [[nodiscard]] std::uint32_t patch_tick() const { return patch_tick_; }

  /// From the frames alone: the wheels' counts give the way, the gyro the heading. In the grid's frame.
  [[nodiscard]] Pose reckoned() const {
    return {static_cast<float>(x_m_), static_cast<float>(y_m_), static_cast<float>(heading_rad_)};
  }
  /// What the controller's commands say it believes, once they ever said something.
  [[nodiscard]] std::optional<Pose> believed() const;
  [[nodiscard]] double believed_error_m() const { return command_.believed_error * 0.01; }

  [[nodiscard]] const Trail& trail() const { return trail_; }
  [[nodiscard]] const Trail& reckoned_trail() const { return reckoned_trail_; }

 private:
  void reckon(const SensorFrame& frame);

  Pose start_;
  CommandFrame command_;
  std::optional<CameraPatch> patch_;
  std::uint32_t patch_tick_ = 0;
  double x_m_, y_m_, heading_rad_;
  SensorFrame last_frame_;
  bool believes_ = false;
  Trail trail_, reckoned_trail_;
};

}  // namespace handbuilt::robot_sim
