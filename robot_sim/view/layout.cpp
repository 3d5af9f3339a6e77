#include "robot_sim/view/layout.hpp"

#include <algorithm>
#include <cmath>

#include "robot_sim/view/readings.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr double kMargin = 12, kGap = 8;
constexpr double kBar = 32, kLine = 20, kSide = 336, kTimeline = 158, kTimeLabels = 70, kFaults = 96;
constexpr double kLeastCloseUp = 120;

}  // namespace

std::uint32_t Layout::tick_at(double x, std::uint32_t end) const {
  const double share = std::clamp((x - time_left) / (time_right - time_left), 0.0, 1.0);
  return static_cast<std::uint32_t>(std::lround(share * end));
}

Layout layout_for(double width, double height) {
  Layout layout;
  const double inner = width - 2 * kMargin;
  layout.bar = {kMargin, kGap, inner, kBar};
  layout.timeline = {kMargin, height - kGap - kTimeline, inner, kTimeline};
  layout.time_left = layout.timeline.x + kTimeLabels;
  layout.time_right = layout.timeline.x + inner - kMargin;

  const double top = layout.bar.y + kBar + kGap, bottom = layout.timeline.y - kGap;
  const double left_width = inner - kSide - kMargin;
  layout.status = {kMargin, top, left_width, kLine};
  layout.keys = {kMargin, bottom - kLine, left_width, kLine};
  layout.home = {kMargin, top + kLine + 4, left_width, layout.keys.y - top - kLine - 8};

  const double side = width - kMargin - kSide;
  layout.faults = {side, bottom - kFaults, kSide, kFaults};
  layout.readings = {side, layout.faults.y - kGap - readings_height(), kSide, readings_height()};
  layout.close_up = {side, top, kSide, layout.readings.y - kGap - top};
  if (layout.close_up.height < kLeastCloseUp) layout.close_up.height = 0;
  return layout;
}

}  // namespace handbuilt::robot_sim
