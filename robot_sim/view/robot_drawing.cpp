#include "robot_sim/view/robot_drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "robot_sim/robot/body.hpp"
#include "robot_sim/simulator/cat.hpp"

namespace handbuilt::robot_sim {

namespace {

using plot::Colour;

constexpr double kPi = std::numbers::pi;
constexpr std::uint8_t kDarkFloor = 60;    // what a cliff sensor reads where there is none
constexpr double kSmallest_px = 24;        // a robot of a smaller radius is drawn without its inner parts
constexpr std::uint32_t kPatchTicks = 15;  // so long a patch counts as new

/// Places of the robot's frame on the page: metres ahead of its centre and to its left.
class BodyFrame {
 public:
  BodyFrame(const HomeView& view, const Pose& pose)
      : view_(view), pose_(pose), cos_(std::cos(pose.heading_rad)), sin_(std::sin(pose.heading_rad)) {}

  [[nodiscard]] plot::Point place(double ahead_m, double left_m) const {
    return view_.place(pose_.x_m + ahead_m * cos_ - left_m * sin_, pose_.y_m + ahead_m * sin_ + left_m * cos_);
  }
  [[nodiscard]] std::vector<plot::Point> arc(double radius_m, double from, double to, int pieces = 24) const {
    std::vector<plot::Point> points;
    for (int i = 0; i <= pieces; ++i) {
      const double angle = from + (to - from) * i / pieces;
      points.push_back(place(radius_m * std::cos(angle), radius_m * std::sin(angle)));
    }
    return points;
  }
  [[nodiscard]] std::vector<plot::Point> box(double ahead_m, double left_m, double length_m, double width_m) const {
    const double l = length_m / 2, w = width_m / 2;
    return {place(ahead_m - l, left_m - w), place(ahead_m + l, left_m - w), place(ahead_m + l, left_m + w),
            place(ahead_m - l, left_m + w)};
  }
  [[nodiscard]] double pixels(double metres) const { return metres * view_.pixels_per_m; }

 private:
  const HomeView& view_;
  Pose pose_;
  double cos_, sin_;
};

std::array<bool, kComponents> broken_parts(const Simulator& simulator) {
  std::array<bool, kComponents> broken{};
  for (const Fault& fault : simulator.active_faults()) broken[static_cast<std::size_t>(fault.component)] = true;
  return broken;
}

Component nth(Component first, int n) { return static_cast<Component>(static_cast<int>(first) + n); }

/// A ray from the body's edge, with a dot where it claims to have met something.
void draw_ray(plot::DisplayList& page, const BodyFrame& body, double cos, double sin, double reach_m, bool hit,
              bool broken, const Colour& colour) {
  const Colour paint = broken ? paint::kBroken : colour;
  const plot::Point from = body.place(body::kRadius_m * cos, body::kRadius_m * sin);
  const double far_m = body::kRadius_m + reach_m;
  const plot::Point to = body.place(far_m * cos, far_m * sin);
  page.items.emplace_back(plot::Polyline{{from, to}, paint.faded(hit ? 0.85 : 0.3), 1.2, broken});
  if (hit) page.items.emplace_back(plot::Marker{to, 2.6, paint});
}

void draw_camera_cone(plot::DisplayList& page, const BodyFrame& body, bool broken, bool fresh) {
  constexpr double kDepth = CameraPatch::kSide * CameraPatch::kPixel_m;
  const auto corners = body.box(CameraPatch::kNear_m + kDepth / 2, 0, kDepth, kDepth);
  const Colour colour = broken ? paint::kBroken : Colour::rgb(240, 190, 20);
  if (fresh) page.items.emplace_back(plot::Polygon{corners, colour.faded(0.22)});
  auto outline = corners;
  outline.push_back(corners.front());
  page.items.emplace_back(plot::Polyline{outline, colour.faded(fresh ? 0.9 : 0.35), 1, broken});
}

void draw_bumper(plot::DisplayList& page, const BodyFrame& body, bool left, bool pressed, bool broken) {
  const double edge = 1.36, side = left ? 1 : -1;
  const Colour colour = pressed ? Colour::rgb(255, 120, 20) : broken ? paint::kBroken : Colour::rgb(120, 130, 146);
  page.items.emplace_back(plot::Polyline{body.arc(body::kRadius_m * (pressed ? 0.97 : 0.93), side * 0.06, side * edge),
                                         colour, std::max(2.0, body.pixels(pressed ? 0.034 : 0.022)), false});
}

void draw_wheels(plot::DisplayList& page, const BodyFrame& body, const std::array<bool, kComponents>& broken,
                 const CommandFrame& command, const Truth& truth) {
  const auto wheel = [&](double left_m, Component part, double speed_mps, double asked_mps) {
    const bool is_broken = broken[static_cast<std::size_t>(part)];
    page.items.emplace_back(plot::Polygon{body.box(0, left_m, 2 * body::kWheelRadius_m, 0.022),
                                          is_broken ? paint::kBroken : paint::kTruth});
    // How fast its rim is, and beside it what was asked for.
    constexpr double kMetresPerMps = 0.35;
    const double out = left_m > 0 ? 0.02 : -0.02;
    page.items.emplace_back(
        plot::Polyline{{body.place(0, left_m - out), body.place(kMetresPerMps * asked_mps, left_m - out)},
                       paint::kBelieved,
                       body.pixels(0.008),
                       false});
    page.items.emplace_back(
        plot::Polyline{{body.place(0, left_m - 1.7 * out), body.place(kMetresPerMps * speed_mps, left_m - 1.7 * out)},
                       paint::kTruth,
                       body.pixels(0.008),
                       false});
  };
  wheel(body::kTrackWidth_m / 2, Component::kWheelLeft, truth.left_mps, command.left * 0.001);
  wheel(-body::kTrackWidth_m / 2, Component::kWheelRight, truth.right_mps, command.right * 0.001);
}

void draw_brushes(plot::DisplayList& page, const BodyFrame& body, const std::array<bool, kComponents>& broken,
                  const CommandFrame& command, const Truth& truth) {
  const bool stands = truth.brush_jammed || broken[static_cast<std::size_t>(Component::kBrush)];
  const Colour still = Colour::rgb(196, 202, 210), turning = Colour::rgb(70, 150, 90);
  page.items.emplace_back(plot::Polygon{body.box(0.005, 0, 0.03, 0.15), stands               ? paint::kBroken
                                                                        : command.brush != 0 ? turning
                                                                                             : still});
  // Three bristles that turn with time.
  const bool side_broken = broken[static_cast<std::size_t>(Component::kSideBrush)];
  const double turn = command.side_brush * 0.003 * truth.tick;
  const Colour bristle = side_broken ? paint::kBroken : command.side_brush != 0 ? turning : still;
  for (int i = 0; i < 3; ++i) {
    const double angle = turn + 2 * kPi / 3 * i;
    page.items.emplace_back(
        plot::Polyline{{body.place(body::kSideBrushX_m, body::kSideBrushY_m),
                        body.place(body::kSideBrushX_m + body::kSideBrushRadius_m * std::cos(angle),
                                   body::kSideBrushY_m + body::kSideBrushRadius_m * std::sin(angle))},
                       bristle,
                       std::max(1.0, body.pixels(0.007)),
                       false});
  }
}

void draw_cliff_sensors(plot::DisplayList& page, const BodyFrame& body, const std::array<bool, kComponents>& broken,
                        const SensorFrame& frame) {
  for (int k = 0; k < body::kCliffs; ++k) {
    const plot::Point at = body.place(0.8 * body::kCliffX_m[k], 0.8 * body::kCliffY_m[k]);
    const bool dark = frame.sequence != 0 && frame.cliff[k] < kDarkFloor;
    const bool is_broken = broken[static_cast<std::size_t>(nth(Component::kCliffLeft, k))];
    page.items.emplace_back(plot::Marker{at, body.pixels(0.014), is_broken ? paint::kBroken : paint::kTruth});
    page.items.emplace_back(
        plot::Marker{at, body.pixels(0.01), dark ? Colour::rgb(40, 20, 60) : Colour::rgb(110, 210, 140)});
    if (dark)
      page.items.emplace_back(
          plot::Marker{at, body.pixels(0.011), Colour::rgb(255, 160, 40), plot::Marker::Kind::cross});
  }
}

}  // namespace

void draw_rays(plot::DisplayList& page, const HomeView& view, const Simulator& simulator, const Observer& observer) {
  const SensorFrame& frame = simulator.frame();
  const Truth truth = simulator.truth();
  const BodyFrame body(view, truth.pose);
  const auto broken = broken_parts(simulator);
  if ((observer.command().flags & kWantPatch) != 0)
    draw_camera_cone(page, body, broken[static_cast<std::size_t>(Component::kCamera)],
                     observer.patch() != nullptr && truth.tick - observer.patch_tick() < kPatchTicks);
  if (frame.sequence == 0) return;
  for (int k = 0; k < body::kRanges; ++k)
    draw_ray(page, body, body::kRangeCos[k], body::kRangeSin[k],
             frame.range[k] == 255 ? double{body::kRangeReach_m} : frame.range[k] * double{kRangeUnit_m},
             frame.range[k] != 255, broken[static_cast<std::size_t>(nth(Component::kRangeLeft, k))], paint::kRay);
  draw_ray(page, body, body::kWallCos, body::kWallSin, std::min(frame.wall_ir * 0.001, double{body::kWallFar_m}),
           frame.wall_ir != 255, broken[static_cast<std::size_t>(Component::kWallIr)], paint::kWallRay);
}

void draw_body(plot::DisplayList& page, const HomeView& view, const Simulator& simulator, const Observer& observer) {
  const Truth truth = simulator.truth();
  const SensorFrame& frame = simulator.frame();
  const BodyFrame body(view, truth.pose);
  const auto broken = broken_parts(simulator);
  const bool detailed = body.pixels(body::kRadius_m) >= kSmallest_px;
  const plot::Point centre = body.place(0, 0);
  page.items.emplace_back(plot::Marker{centre, body.pixels(body::kRadius_m), paint::kTruth});
  if (detailed) {
    page.items.emplace_back(plot::Marker{centre, body.pixels(body::kRadius_m) - 1.5, Colour::rgb(238, 241, 246)});
    draw_wheels(page, body, broken, observer.command(), truth);
    draw_brushes(page, body, broken, observer.command(), truth);
    draw_cliff_sensors(page, body, broken, frame);
  }
  draw_bumper(page, body, true, (frame.contacts & kBumperLeft) != 0,
              broken[static_cast<std::size_t>(Component::kBumperLeft)]);
  draw_bumper(page, body, false, (frame.contacts & kBumperRight) != 0,
              broken[static_cast<std::size_t>(Component::kBumperRight)]);
  if (!detailed)
    page.items.emplace_back(plot::Polyline{{centre, body.place(0.1, 0)}, Colour::rgb(255, 255, 255), 2, false});
}

void draw_ghost(plot::DisplayList& page, const HomeView& view, const Pose& pose, double error_m, const Colour& colour) {
  const BodyFrame body(view, pose);
  page.items.emplace_back(plot::Polyline{body.arc(body::kRadius_m, 0, 2 * kPi, 40), colour, 1.6, false});
  page.items.emplace_back(plot::Polyline{{body.place(0, 0), body.place(body::kRadius_m, 0)}, colour, 1.6, false});
  if (error_m > 0)
    page.items.emplace_back(
        plot::Polyline{body.arc(body::kRadius_m + error_m, 0, 2 * kPi, 60), colour.faded(0.6), 1, true});
}

void draw_cat(plot::DisplayList& page, const HomeView& view, const Pose& pose) {
  const BodyFrame cat(view, pose);
  const Colour dark = Colour::rgb(150, 76, 10);
  const auto oval = [&](double ahead_m, double length_m, double width_m) {
    std::vector<plot::Point> points;
    for (int i = 0; i < 28; ++i) {
      const double angle = 2 * kPi * i / 28;
      points.push_back(cat.place(ahead_m + 0.5 * length_m * std::cos(angle), 0.5 * width_m * std::sin(angle)));
    }
    return points;
  };
  page.items.emplace_back(
      plot::Polyline{{cat.place(-0.1, 0), cat.place(-0.15, 0.03), cat.place(-0.18, 0.09), cat.place(-0.15, 0.13)},
                     dark,
                     std::max(1.5, cat.pixels(0.025)),
                     false});
  page.items.emplace_back(plot::Polygon{oval(-0.01, 2 * double{kCatRadius_m}, 0.17), paint::kCat});
  for (const double side : {1.0, -1.0})
    page.items.emplace_back(plot::Polygon{
        {cat.place(0.09, side * 0.02), cat.place(0.1, side * 0.075), cat.place(0.135, side * 0.05)}, dark});
  page.items.emplace_back(plot::Polygon{oval(0.1, 0.1, 0.1), paint::kCat});
  for (const double stripe : {-0.06, -0.02, 0.02})
    page.items.emplace_back(plot::Polyline{
        {cat.place(stripe, -0.05), cat.place(stripe, 0.05)}, dark, std::max(1.0, cat.pixels(0.012)), false});
}

}  // namespace handbuilt::robot_sim
