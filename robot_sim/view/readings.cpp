#include "robot_sim/view/readings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "robot_sim/view/robot_drawing.hpp"
#include "robot_sim/view/shapes.hpp"

namespace handbuilt::robot_sim {

namespace {

using Part = Component;

constexpr double kRow = 17, kNames = 84, kHeading = 20;
constexpr int kRows = 13;

Reading contact(const SensorFrame& frame, int bit, Component component) {
  const bool on = (frame.contacts & bit) != 0;
  return {on ? "pressed" : "free", component, on};
}

Reading range(const SensorFrame& frame, int k, Component component) {
  if (frame.range[k] == 255) return {"> 2", component};
  return {fmt::format("{:.2f}", frame.range[k] * kRangeUnit_m), component};
}

/// What each place of the table shows, row by row.
const std::vector<std::vector<std::optional<Component>>>& components() {
  static const std::vector<std::vector<std::optional<Component>>> all = [] {
    std::vector<std::vector<std::optional<Component>>> found;
    const auto home = std::make_shared<const Home>(bare_room());
    const Simulator simulator(home);
    for (const ReadingRow& row : readings_of(simulator, Observer(simulator))) {
      found.emplace_back();
      for (const Reading& reading : row.readings) found.back().push_back(reading.component);
    }
    return found;
  }();
  return all;
}

/// Where reading `i` of `count` is in a row.
window::Area place(const window::Area& area, std::size_t row, std::size_t i, std::size_t count) {
  const double width = (area.width - kNames) / static_cast<double>(count);
  return {area.x + kNames + width * static_cast<double>(i), area.y + kHeading + kRow * static_cast<double>(row), width,
          kRow};
}

}  // namespace

std::vector<ReadingRow> readings_of(const Simulator& simulator, const Observer& observer) {
  const SensorFrame& frame = simulator.frame();
  const CommandFrame& command = observer.command();
  const Truth truth = simulator.truth();
  const auto number = [](auto value, Component component) { return Reading{fmt::format("{}", value), component}; };
  const auto cliff = [&](int k, Component component) {
    return Reading{fmt::format("{}", frame.cliff[k]), component, frame.sequence != 0 && frame.cliff[k] < 60};
  };
  const Pose reckoned = observer.reckoned();
  const double off_m = std::hypot(reckoned.x_m - truth.pose.x_m, reckoned.y_m - truth.pose.y_m);
  const double off_deg =
      std::remainder(reckoned.heading_rad - truth.pose.heading_rad, 2 * std::numbers::pi) * 180 / std::numbers::pi;
  return {
      {"bumpers", {contact(frame, kBumperLeft, Part::kBumperLeft), contact(frame, kBumperRight, Part::kBumperRight)}},
      {"wheel drops", {contact(frame, kDropLeft, Part::kDropLeft), contact(frame, kDropRight, Part::kDropRight)}},
      {"cliffs",
       {cliff(0, Part::kCliffLeft), cliff(1, Part::kCliffFrontLeft), cliff(2, Part::kCliffFrontRight),
        cliff(3, Part::kCliffRight)}},
      {"ranges, m",
       {range(frame, 0, Part::kRangeLeft), range(frame, 1, Part::kRangeFrontLeft),
        range(frame, 2, Part::kRangeFrontRight), range(frame, 3, Part::kRangeRight)}},
      {"wall, dirt",
       {{frame.wall_ir == 255 ? "no wall" : fmt::format("{} mm", frame.wall_ir), Part::kWallIr},
        {fmt::format("{} cells", frame.dirt), Part::kDirt}}},
      {"encoders", {number(frame.encoder_left, Part::kEncoderLeft), number(frame.encoder_right, Part::kEncoderRight)}},
      {"gyro, accel.",
       {{fmt::format("{:+.2f} rad/s", frame.gyro * kGyroUnit_radps), Part::kGyro},
        {fmt::format("{:+.2f} m/s2", frame.acceleration * kAccelerationUnit_mps2), Part::kAcceleration}}},
      {"motors, mA",
       {number(frame.current_left, Part::kCurrentLeft), number(frame.current_right, Part::kCurrentRight)}},
      {"brush, battery",
       {{fmt::format("{} mA", 10 * frame.brush_current), Part::kBrushCurrent},
        {fmt::format("{:.1f} V", 0.1 * frame.battery), Part::kBattery}}},
      {"told: wheels",
       {{fmt::format("{} mm/s", command.left), Part::kWheelLeft},
        {fmt::format("{} mm/s", command.right), Part::kWheelRight}}},
      {"told: brushes",
       {{fmt::format("{} %", command.brush), Part::kBrush},
        {fmt::format("side {} %", command.side_brush), Part::kSideBrush}}},
      {"true wheels",
       {{fmt::format("{:.0f} mm/s", 1000 * truth.left_mps)}, {fmt::format("{:.0f} mm/s", 1000 * truth.right_mps)}}},
      {"reckoned off", {{fmt::format("{:.2f} m", off_m)}, {fmt::format("{:+.0f} deg", off_deg)}}}};
}

double readings_height() { return kHeading + kRows * kRow; }

void draw_readings(plot::DisplayList& page, const window::Area& area, const Simulator& simulator,
                   const Observer& observer, Component chosen) {
  std::vector<bool> broken(kComponents);
  for (const Fault& fault : simulator.active_faults()) broken[static_cast<std::size_t>(fault.component)] = true;
  shapes::text(page, {area.x, area.y + 13}, "What it senses and is told", 13, shapes::kText, true);
  const std::vector<ReadingRow> rows = readings_of(simulator, observer);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double baseline = area.y + kHeading + kRow * static_cast<double>(row) + 12.5;
    if (row % 2 == 0) shapes::fill(page, {area.x, baseline - 12.5, area.width, kRow}, shapes::kGrid.faded(0.35));
    shapes::text(page, {area.x + 3, baseline}, rows[row].name, 12, shapes::kFaint);
    for (std::size_t i = 0; i < rows[row].readings.size(); ++i) {
      const Reading& reading = rows[row].readings[i];
      const window::Area cell = place(area, row, i, rows[row].readings.size());
      const bool is_broken = reading.component && broken[static_cast<std::size_t>(*reading.component)];
      if (reading.alarm) shapes::fill(page, cell, plot::Colour::rgb(255, 190, 110));
      if (reading.component == chosen) shapes::frame(page, cell, paint::kRay, 1);
      shapes::text_right(page, {cell.x + cell.width - 4, baseline}, (is_broken ? "! " : "") + reading.value, 12,
                         is_broken ? paint::kBroken : shapes::kText, is_broken);
    }
  }
}

std::optional<Component> component_at(const window::Area& area, double x, double y) {
  for (std::size_t row = 0; row < components().size(); ++row)
    for (std::size_t i = 0; i < components()[row].size(); ++i)
      if (place(area, row, i, components()[row].size()).contains(x, y)) return components()[row][i];
  return std::nullopt;
}

}  // namespace handbuilt::robot_sim
