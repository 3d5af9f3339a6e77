#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/display_list.hpp"
#include "robot_sim/robot/faults.hpp"
#include "robot_sim/view/observer.hpp"
#include "window/canvas.hpp"

/// What the robot's sensors say and what it was told, as a small table. A click on a reading means its component.
namespace handbuilt::robot_sim {

struct Reading {
  std::string value;
  std::optional<Component> component{};
  bool alarm = false;  ///< a switch that is pressed, a cliff that is seen
};

struct ReadingRow {
  std::string name;
  std::vector<Reading> readings;
};

std::vector<ReadingRow> readings_of(const Simulator& simulator, const Observer& observer);

double readings_height();
/// The table; readings of broken components are marked, and the chosen component is framed.
void draw_readings(plot::DisplayList& page, const window::Area& area, const Simulator& simulator,
                   const Observer& observer, Component chosen);
/// What a place of that area shows.
std::optional<Component> component_at(const window::Area& area, double x, double y);

}  // namespace handbuilt::robot_sim
