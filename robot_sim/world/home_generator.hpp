#pragma once

#include <cstdint>

#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// What a generated home may hold.
struct HomeOptions {
  bool furniture = true;
  bool stairs = true;
  bool clutter = true;
};

/// A home drawn from a seed: 6 to 12 m by 5 to 9 m, divided into rooms of at least 2.6 m by walls of 0.1 m with doors
/// of 0.8 to 0.9 m (DIN 18101's common widths); furniture on legs and off, rugs, sometimes stairs down, and on the
/// floor cords, socks, Lego, Skittles and what a pet left. Cells of 0.05 m. The same seed gives the same home
/// everywhere.
///
/// The robot can reach every room from the start, and at least 95 % of all places where it fits.
Home generate_home(std::uint64_t seed, HomeOptions options = {});

}  // namespace handbuilt::robot_sim
