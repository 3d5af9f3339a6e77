#pragma once

#include <vector>

#include "plot/content.hpp"
#include "plot/display_list.hpp"
#include "plot/scale.hpp"
#include "plot/ticks.hpp"

namespace handbuilt::plot {

/// The rectangle of a chart in which the data is drawn, and the way from numbers to pixels.
struct Frame {
  double left = 0, top = 0, right = 0, bottom = 0;
  Ticks x_ticks, y_ticks;
  Scale x{{0, 1}, 0, 1}, y{{0, 1}, 0, 1};
  bool empty = false;  ///< no data and no fixed ranges: the axes carry no numbers

  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return bottom - top; }
  [[nodiscard]] bool contains(Point point) const {
    constexpr double kRounding = 0.5;
    return point.x >= left - kRounding && point.x <= right + kRounding && point.y >= top - kRounding &&
           point.y <= bottom + kRounding;
  }
};

/// Chooses ranges and ticks and leaves room for labels below, left and right of the frame, whose top is given.
Frame lay_out(const Content& content, double top);

/// Grid lines, which belong behind the data.
std::vector<DisplayList::Item> draw_grid(const Content& content, const Frame& frame);

/// Tick labels, axis labels, the base line and the colour bar.
std::vector<DisplayList::Item> draw_axes(const Content& content, const Frame& frame);

}  // namespace handbuilt::plot
