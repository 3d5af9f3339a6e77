#pragma once

#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "robot_sim/firmware/protocol/frames.hpp"

namespace handbuilt::robot_sim {

/// A column of a window: its name ends in its unit, or it is a share of the window's ticks.
struct WindowColumn {
  std::string name, meaning;
};

/// The columns of WindowRecorder::row(), in order.
const std::vector<WindowColumn>& window_columns();

/// Turns what a robot senses and is told into one row a window: what this stretch of driving was like. It sees frames
/// and commands alone, no truth, so a robot could do it.
///
///     WindowRecorder recorder;
///     if (recorder.add(frame, command)) rows.push_back(recorder.row());
class WindowRecorder {
 public:
  /// Windows of `ticks` (>= 2) of 20 ms, one after another; 5 s unless said. Throws ValueError for fewer.
  explicit WindowRecorder(int ticks = 5 * kTicksPerSecond);

  /// A frame, and the command that answered it. True when this one ends a window: row() then describes it. The first
  /// frame, and one of sequence 0, only set where the wheels stand.
  bool add(const SensorFrame& frame, const CommandFrame& command);
  /// [window_columns()], of the last whole window.
  [[nodiscard]] const VectorD& row() const { return row_; }

 private:
  void begin_window();
  void accumulate(const SensorFrame& frame, const CommandFrame& command);
  void finish_window();

  int ticks_, ticks_in_window_ = 0, closing_ticks_ = 0;
  bool has_previous_ = false;
  SensorFrame previous_;
  VectorD sums_, row_;
};

}  // namespace handbuilt::robot_sim
