#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "robot_sim/simulator/options.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// What a run started from. It holds the home itself, so a trace can be replayed where the map file is not, and after
/// the generator has changed.
struct TraceHeader {
  std::shared_ptr<const Home> home;
  RobotOptions options;
  std::string controller;           ///< its name, for people
  std::uint32_t planned_ticks = 0;  ///< how long it was to run
};

/// As bytes, and back. Reading throws DataError, without a file's name, for what makes no sense: a home that no robot
/// fits into, numbers that are none, more cells than 2^24.
std::string to_bytes(const TraceHeader& header);
TraceHeader trace_header_from(std::string_view bytes);

}  // namespace handbuilt::robot_sim
