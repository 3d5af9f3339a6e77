#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "robot_sim/firmware/protocol/frames.hpp"

namespace handbuilt::robot_sim {

/// A controller on the PC: frame in, frame out. The patch is null unless this frame announced one.
using ControllerStep = std::function<CommandFrame(const SensorFrame& frame, const CameraPatch* patch)>;

/// The names that make_controller() knows.
std::vector<std::string> controller_names();

/// A fresh controller; `seed` decides what it draws. Throws ValueError that lists the names when there is none of this
/// name.
ControllerStep make_controller(const std::string& name, std::uint64_t seed);

}  // namespace handbuilt::robot_sim
