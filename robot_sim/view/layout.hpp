#pragma once

#include <cstdint>

#include "window/canvas.hpp"

namespace handbuilt::robot_sim {

using window::Area;

/// Where everything is on the window's page.
struct Layout {
  Area bar;     ///< the controls of time
  Area status;  ///< one line: time, speed, coverage, mode
  Area home;
  Area keys;      ///< one line below it
  Area close_up;  ///< no height: there is no room for it
  Area readings;
  Area faults;                           ///< the controls of faults
  Area timeline;                         ///< all of it, with labels on its left
  double time_left = 0, time_right = 0;  ///< the part of its width that is the run

  [[nodiscard]] double x_of(double tick, std::uint32_t end) const {
    return time_left + (time_right - time_left) * (end > 0 ? tick / end : 0);
  }
  /// The tick at a place of the time line; at its ends for places beyond them.
  [[nodiscard]] std::uint32_t tick_at(double x, std::uint32_t end) const;
};

Layout layout_for(double width, double height);

}  // namespace handbuilt::robot_sim
