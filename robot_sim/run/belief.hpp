#pragma once

#include <cstdint>
#include <vector>

namespace handbuilt::robot_sim {

/// What a controller holds for true beyond what its commands say: a map, if it keeps one. Made for displays, only when
/// one asks for it.
struct Belief {
  enum class Cell : std::uint8_t { unknown, free, cleaned, solid };

  int columns = 0, rows = 0;  ///< of the map; 0: there is none
  float cell_m = 0.1f;
  /// Where the map's lower left corner is: metres from where the controller started, along its first heading and to
  /// the left of it.
  float ahead_m = 0, left_m = 0;
  std::vector<Cell> cells;  ///< [rows, columns], columns along the first heading
};

}  // namespace handbuilt::robot_sim
