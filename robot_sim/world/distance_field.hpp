#pragma once

#include <cstdint>
#include <vector>

namespace handbuilt::robot_sim {

/// For each cell of a [height, width] grid the square of the distance, in cells, from its centre to the centre of the
/// nearest cell whose `solid` is not 0; 1e12 when there is none. Exact, in time proportional to the number of cells.
/// Source: Felzenszwalb and Huttenlocher (2012), "Distance transforms of sampled functions".
std::vector<float> squared_distances(int width, int height, const std::vector<std::uint8_t>& solid);

/// The distance in metres from each cell's centre to the edge of the nearest solid cell, taken as half a cell before
/// its centre (so it is exact straight on and up to 0.2 cells too long towards a corner); -cell/2 inside one; at most
/// `most_m`.
std::vector<float> clearance(int width, int height, const std::vector<std::uint8_t>& solid, float cell_m,
                             float most_m = 10.0f);

}  // namespace handbuilt::robot_sim
