#pragma once

#include <cstdint>
#include <vector>

namespace handbuilt::robot_sim {

/// For each cell of a [height, width] grid the square of the distance, in cells, from its centre to the centre of the
/// nearest cell whose `solid` is not 0; 1e12 when there is none. Exact, in time proportional to the number of cells.
/// Source: Felzenszwalb and Huttenlocher (2012), "Distance transforms of sampled functions".
std::vector<float> squared_distances(int width, int height, const std::vector<std::uint8_t>& solid);

/// The distance in metres from each cell's centre to the nearest point of the nearest solid cell, whose corners
/// count; -cell/2 inside one, so that the distance is 0 on the way to its edge; at most `most_m`.
std::vector<float> clearance(int width, int height, const std::vector<std::uint8_t>& solid, float cell_m,
                             float most_m = 10.0f);

}  // namespace handbuilt::robot_sim
