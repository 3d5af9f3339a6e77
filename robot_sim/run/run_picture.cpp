#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "plot/colour_map.hpp"
#include "plot/figure.hpp"
#include "robot_sim/run/picture.hpp"

namespace handbuilt::robot_sim {

namespace {

using plot::Colour;

constexpr double kPageMargin = 24, kHeader = 64, kSide = 320, kMostHomeWidth = 940, kMostHomeHeight = 780;
constexpr int kPathPieces = 24;  // of one colour each

Colour colour_of_time(double share, double opacity) {
  const plot::Rgb rgb = plot::colour_at(plot::ColourMap::sequential, 0.9 * share);
  return Colour::rgb(rgb.red, rgb.green, rgb.blue).faded(opacity);
}

void draw_path(plot::DisplayList& page, const HomeView& view, const std::vector<Pose>& path) {
  const std::size_t piece = path.size() / kPathPieces + 1;
  for (std::size_t begin = 0; begin < path.size(); begin += piece) {
    const double share = static_cast<double>(begin) / static_cast<double>(path.size());
    plot::Polyline line{{}, colour_of_time(share, 0.55), 1.2, false};
    for (std::size_t i = begin; i < std::min(begin + piece + 1, path.size()); ++i)
      line.points.push_back(view.place(path[i].x_m, path[i].y_m));
    page.items.emplace_back(line);
  }
}

plot::DisplayList home_part(const Simulator& simulator, const RunReport& report, const HomeView& view) {
  plot::DisplayList part = draw_home(simulator.home(), view, [&](int x, int y) { return simulator.dirty(x, y); });
  draw_path(part, view, report.path);
  for (const Pose& pose : report.hard_impacts)
    part.items.emplace_back(
        plot::Marker{view.place(pose.x_m, pose.y_m), 3, Colour::rgb(214, 30, 40), plot::Marker::Kind::cross});
  if (!report.path.empty())
    part.items.emplace_back(plot::Marker{view.place(report.path.front().x_m, report.path.front().y_m), 6,
                                         Colour::rgb(20, 130, 70), plot::Marker::Kind::triangle});
  const Truth truth = simulator.truth();
  draw_robot(part, view, truth.pose);
  if (truth.cat_here)
    part.items.emplace_back(
        plot::Marker{view.place(truth.cat.x_m, truth.cat.y_m), 0.12 * view.pixels_per_m, Colour::rgb(232, 130, 30)});
  return part;
}

plot::DisplayList curve_part(const RunReport& report) {
  std::vector<double> minutes, all, edge;
  for (std::size_t i = 0; i < report.curve.size(); ++i) {
    minutes.push_back(static_cast<double>(i) * kCurveTicks * 0.02 / 60);
    all.push_back(100 * report.curve[i].coverage);
    edge.push_back(100 * report.curve[i].edge_coverage);
  }
  plot::Figure figure("Clean, percent");
  figure.size(kSide, 240).axes("minutes", "").y_range(0, 100);
  figure.line(minutes, all, "floor").line(minutes, edge, "edges", {.dashed = true});
  const double ideal_min = report.ideal_time_s / 60;
  if (ideal_min < minutes.back()) figure.vertical(ideal_min, "ideal time");
  return figure.draw();
}

std::vector<std::pair<std::string, std::string>> numbers_of(const RunReport& report) {
  const Tally& tally = report.tally;
  std::vector<std::pair<std::string, std::string>> rows = {
      {"floor clean", fmt::format("{:.1f} %", 100 * report.cleanliness.coverage)},
      {"edges clean", fmt::format("{:.1f} %", 100 * report.cleanliness.edge_coverage)},
      {"overlap", fmt::format("{:.2f}", report.overlap)},
      {"driven", fmt::format("{:.0f} m", tally.distance_m)},
      {"hard collisions", fmt::format("{}", tally.hard_collisions)},
      {"worst impact", fmt::format("{:.2f} m/s", tally.max_impact_mps)},
      {"falls, smears", fmt::format("{}, {}", tally.falls, tally.smears)},
      {"brush stalls", fmt::format("{}", tally.brush_stalls)},
      {"stuck", fmt::format("{:.0f} s", tally.stuck_ticks * 0.02)},
      {"out of control", fmt::format("{:.0f} s", tally.runaway_ticks * 0.02)},
      {"energy", fmt::format("{:.1f} kJ", tally.energy_j / 1000)},
      {"outcome", report.outcome}};
  for (const FaultReport& fault : report.faults) {
    if (rows.size() == 16) break;
    rows.emplace_back(to_string({fault.fault}),
                      fault.detected_at_s ? fmt::format("seen at {:.1f} s", *fault.detected_at_s) : "");
  }
  return rows;
}

plot::DisplayList numbers_part(const RunReport& report) {
  plot::DisplayList part;
  part.width = kSide;
  double y = 14;
  for (const auto& [name, value] : numbers_of(report)) {
    part.items.emplace_back(plot::Text{{0, y}, name, 13, plot::Text::Anchor::start, false, false, {}});
    part.items.emplace_back(plot::Text{{kSide, y}, value, 13, plot::Text::Anchor::end, true, false, {}});
    part.items.emplace_back(plot::Rectangle{0, y + 6, kSide, 0.5, Colour{Colour::Role::grid, 0, 0, 0, 0, 1}});
    y += 22;
  }
  part.height = y;
  return part;
}

/// What the signs in the home mean.
plot::DisplayList legend_part(const RunReport& report) {
  plot::DisplayList part;
  part.width = kSide;
  const Colour quiet{Colour::Role::faint, 0, 0, 0, 0, 1};
  const auto words = [&](double x, double y, const std::string& text) {
    part.items.emplace_back(plot::Text{{x, y}, text, 12, plot::Text::Anchor::start, false, false, quiet});
  };
  for (int i = 0; i < 60; ++i)
    part.items.emplace_back(plot::Rectangle{2.0 * i, 4, 2.2, 8, colour_of_time(i / 60.0, 1)});
  words(130, 12, fmt::format("path, from 0 to {:.0f} min", report.simulated_s / 60));
  part.items.emplace_back(plot::Marker{{6, 29}, 6, Colour::rgb(20, 130, 70), plot::Marker::Kind::triangle});
  words(18, 33, "start");
  part.items.emplace_back(plot::Marker{{136, 29}, 3, Colour::rgb(214, 30, 40), plot::Marker::Kind::cross});
  words(148, 33, "hard collision");
  part.items.emplace_back(plot::Rectangle{0, 44, 12, 12, Colour::rgb(222, 205, 174)});
  words(18, 55, "still dirty");
  part.items.emplace_back(plot::Rectangle{130, 44, 12, 12, Colour::rgb(178, 196, 216)});
  words(148, 55, "rug");
  part.items.emplace_back(plot::Rectangle{200, 44, 12, 12, Colour::rgb(120, 96, 150)});
  words(218, 55, "stairs down");
  part.height = 66;
  return part;
}

}  // namespace

plot::DisplayList draw_run(const Simulator& simulator, const RunReport& report) {
  const HomeView view(simulator.home(), kMostHomeWidth, kMostHomeHeight);
  const plot::DisplayList numbers = numbers_part(report), curve = curve_part(report), legend = legend_part(report);
  const double side_height = numbers.height + 16 + curve.height + 16 + legend.height;

  plot::DisplayList page;
  page.width = kPageMargin + view.page_width() + kPageMargin + kSide + kPageMargin;
  page.height = kHeader + std::max(view.page_height(), side_height) + kPageMargin;
  page.title = fmt::format("{} in {}", report.controller, report.home);
  page.description = fmt::format("A home from above after {:.0f} minutes of {}: {:.0f} percent of the floor is clean.",
                                 report.simulated_s / 60, report.controller, 100 * report.cleanliness.coverage);
  page.items.emplace_back(plot::Text{{kPageMargin, 34}, page.title, 20, plot::Text::Anchor::start, true, false, {}});
  page.items.emplace_back(
      plot::Text{{kPageMargin, 53},
                 fmt::format("seed {}, {:.1f} minutes, {:.1f} m2 to clean, ideal time {:.1f} min", report.seed,
                             report.simulated_s / 60, report.cleanable_m2, report.ideal_time_s / 60),
                 13,
                 plot::Text::Anchor::start,
                 false,
                 false,
                 Colour{Colour::Role::faint, 0, 0, 0, 0, 1}});
  append(page, home_part(simulator, report, view), {kPageMargin, kHeader});
  const double side = kPageMargin + view.page_width() + kPageMargin;
  append(page, numbers, {side, kHeader});
  append(page, curve, {side, kHeader + numbers.height + 16});
  append(page, legend, {side, kHeader + numbers.height + 16 + curve.height + 16});
  return page;
}

}  // namespace handbuilt::robot_sim
