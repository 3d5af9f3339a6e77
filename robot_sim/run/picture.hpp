#pragma once

#include <functional>

#include "plot/display_list.hpp"
#include "robot_sim/run/run.hpp"

namespace handbuilt::robot_sim {

/// What of a home is drawn, and how large: the rectangle of cells that holds everything free, with a margin, so many
/// pixels a metre. Grid coordinates become pixels of a page with y down.
struct HomeView {
  int left = 0, bottom = 0, width = 0, height = 0;  // cells
  double cell_m = 0, pixels_per_m = 0;

  /// The largest that fits into these pixels.
  HomeView(const Home& home, double most_width, double most_height);
  [[nodiscard]] double page_width() const { return width * cell_m * pixels_per_m; }
  [[nodiscard]] double page_height() const { return height * cell_m * pixels_per_m; }
  [[nodiscard]] plot::Point place(double x_m, double y_m) const {
    return {(x_m - left * cell_m) * pixels_per_m, page_height() - (y_m - bottom * cell_m) * pixels_per_m};
  }
};

/// Walls, rugs, stairs and the floor as so many pixels in place of the page, with dirt where `dirty(x, y)` says so.
/// Column c shows cell `view.left + c * view.width / columns`, and rows likewise, counted from below.
plot::Image draw_floor(const Home& home, const HomeView& view, int columns, int rows,
                       const std::function<bool(int, int)>& dirty);

/// What lies on it.
void draw_clutter(plot::DisplayList& page, const HomeView& view, const Home& home);

/// Both: the home from above, walls, rugs, stairs, clutter, and dirt where `dirty(x, y)` says so.
plot::DisplayList draw_home(const Home& home, const HomeView& view, const std::function<bool(int, int)>& dirty);

/// The robot at a pose, as large as it is.
void draw_robot(plot::DisplayList& page, const HomeView& view, const Pose& pose);

/// A page with the home as the run left it, the path coloured by time, and what came of it.
plot::DisplayList draw_run(const Simulator& simulator, const RunReport& report);

}  // namespace handbuilt::robot_sim
