#pragma once

#include <cstdint>

#include "robot_sim/firmware/protocol/frames.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// The floor ahead of a robot at `pose` as its camera sees it: floor about 150, rugs striped about 110, walls 40,
/// stairs 8; cords thin and dark, socks light, Lego bricks with bright edges, Skittles small and round, messes dark and
/// ragged; a cat (0.12 m around `cat`, far away for none) is striped. `noise` draws the sensor's grain of +-6.
CameraPatch render_patch(const Home& home, const Pose& pose, const Pose& cat, std::uint32_t noise);

}  // namespace handbuilt::robot_sim
