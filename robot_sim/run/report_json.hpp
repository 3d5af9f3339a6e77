#pragma once

#include <string>

#include "robot_sim/run/run.hpp"

namespace handbuilt::robot_sim {

/// A run's report as JSON, schema handbuilt/robot-run/v1; run/README.md has the fields.
std::string to_json(const RunReport& report);

/// What a terminal shows of it, a few lines.
std::string to_words(const RunReport& report);

}  // namespace handbuilt::robot_sim
