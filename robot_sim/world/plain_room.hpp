#pragma once

#include <cstdint>

#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// The named test world: a room of 10.24 x 10.24 m in cells of 0.04 m with 14 blocks and 24 chair legs thrown in, on
/// which random bounce was first measured. Frozen and tuned to nothing. Its walls are 3 cells thick there; here 5 more
/// cells around them make room for what looks past a wall.
///
/// `variant` 0 ... 63 is which throw; `place` draws a start with at least 0.25 m around it. Only the main brush counts
/// for what can be cleaned, as in that measurement.
Home plain_room(int variant, std::uint32_t place = 0);

}  // namespace handbuilt::robot_sim
