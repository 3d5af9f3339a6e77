#include "robot_sim/view/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "robot_sim/view/robot_drawing.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr int kTrailPieces = 6;      // of growing strength
constexpr double kStrayed_m = 0.02;  // a ghost nearer than that would hide behind the robot

void draw_trail(plot::DisplayList& page, const HomeView& view, const Trail& trail, const plot::Colour& colour,
                bool dashed) {
  const std::vector<Pose> poses = trail.poses();
  const std::size_t piece = poses.size() / kTrailPieces + 1;
  for (std::size_t begin = 0; begin < poses.size(); begin += piece) {
    const double share = static_cast<double>(begin + piece) / static_cast<double>(poses.size() + piece);
    plot::Polyline line{{}, colour.faded(0.15 + 0.55 * share), 1.4, dashed};
    for (std::size_t i = begin; i < std::min(begin + piece + 1, poses.size()); ++i)
      line.points.push_back(view.place(poses[i].x_m, poses[i].y_m));
    page.items.emplace_back(line);
  }
}

void draw_map(plot::DisplayList& page, const HomeView& view, const Pose& start, const Belief& belief) {
  const double c = std::cos(start.heading_rad), s = std::sin(start.heading_rad), cell_m = belief.cell_m;
  const double radius = 0.42 * cell_m * view.pixels_per_m;
  for (int row = 0; row < belief.rows; ++row)
    for (int column = 0; column < belief.columns; ++column) {
      const Belief::Cell cell = belief.cells[static_cast<std::size_t>(row * belief.columns + column)];
      if (cell == Belief::Cell::unknown || cell == Belief::Cell::free) continue;
      const double ahead = belief.ahead_m + (column + 0.5) * cell_m, left = belief.left_m + (row + 0.5) * cell_m;
      const plot::Point at = view.place(start.x_m + c * ahead - s * left, start.y_m + s * ahead + c * left);
      const bool solid = cell == Belief::Cell::solid;
      page.items.emplace_back(plot::Marker{at, solid ? radius : 0.35 * radius,
                                           paint::kBelieved.faded(solid ? 0.55 : 0.3), plot::Marker::Kind::square});
    }
}

/// All that moves, from the floor up.
void draw_actors(plot::DisplayList& page, const HomeView& view, const Simulator& simulator, const Observer& observer) {
  const Truth truth = simulator.truth();
  draw_trail(page, view, observer.trail(), paint::kTruth, false);
  draw_trail(page, view, observer.reckoned_trail(), paint::kReckoned, true);
  draw_rays(page, view, simulator, observer);
  if (truth.cat_here && !truth.cat_on_robot) draw_cat(page, view, truth.cat);
  draw_body(page, view, simulator, observer);
  const Pose reckoned = observer.reckoned();
  if (std::hypot(reckoned.x_m - truth.pose.x_m, reckoned.y_m - truth.pose.y_m) > kStrayed_m)
    draw_ghost(page, view, reckoned, 0, paint::kReckoned);
  if (const auto believed = observer.believed())
    draw_ghost(page, view, *believed, observer.believed_error_m(), paint::kBelieved);
  if (truth.cat_on_robot) {
    Pose cat = truth.pose;
    cat.heading_rad += 0.6f;
    draw_cat(page, view, cat);
  }
}

}  // namespace

Scene::Scene(std::shared_ptr<const Home> home, double most_width, double most_height)
    : home_(std::move(home)), view_(*home_, most_width, most_height), floor_(home_, view_) {}

plot::DisplayList Scene::draw(const Simulator& simulator, const Observer& observer, const Belief& belief) const {
  plot::DisplayList page;
  page.width = view_.page_width();
  page.height = view_.page_height();
  page.title = home_->name;
  page.description = "A home from above with its dirt, the robot and what its sensors see.";
  page.items.emplace_back(plot::Clip{0, 0, page.width, page.height});
  page.items.emplace_back(floor_.image());
  draw_clutter(page, view_, *home_);
  draw_map(page, view_, observer.start(), belief);
  draw_actors(page, view_, simulator, observer);
  page.items.emplace_back(plot::Clip{});
  return page;
}

plot::DisplayList Scene::draw_close_up(const Simulator& simulator, const Observer& observer, double width,
                                       double height, double pixels_per_m) const {
  plot::DisplayList page;
  page.width = width;
  page.height = height;
  page.items.emplace_back(plot::Clip{0, 0, width, height});

  // The home enlarged, moved so that the robot is in the middle.
  HomeView near = view_;
  near.pixels_per_m = pixels_per_m;
  const Pose pose = simulator.truth().pose;
  const plot::Point robot = near.place(pose.x_m, pose.y_m);
  const plot::Point corner{width / 2 - robot.x, height / 2 - robot.y};
  const double enlarged = pixels_per_m / view_.pixels_per_m;
  plot::Image ground =
      floor_.part(static_cast<int>(-corner.x / enlarged) - 1, static_cast<int>(-corner.y / enlarged) - 1,
                  static_cast<int>(width / enlarged) + 3, static_cast<int>(height / enlarged) + 3);
  plot::DisplayList around;
  ground.x *= enlarged;
  ground.y *= enlarged;
  ground.width *= enlarged;
  ground.height *= enlarged;
  around.items.emplace_back(std::move(ground));
  draw_clutter(around, near, *home_);
  draw_actors(around, near, simulator, observer);
  append(page, around, corner);
  page.items.emplace_back(plot::Clip{});
  return page;
}

}  // namespace handbuilt::robot_sim
