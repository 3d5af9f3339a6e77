#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace handbuilt::robot_sim {

/// What lies in a cell of the floor, in the low three bits of `Home::ground`.
enum class Clutter : std::uint8_t { kNone, kCord, kSock, kLego, kSkittles, kMess };

/// The other bits of `Home::ground`.
enum Ground : std::uint8_t {
  kClutterBits = 7,
  kRug = 8,
  kDrop = 16,      ///< Stairs down: no floor here.
  kObstacle = 32,  ///< Wall or furniture; solid at the height of the robot.
  kUnknown = 64    ///< Solid too: nobody has seen it (maps from files).
};

/// Metres and radians in the grid's frame: (0, 0) is the lower left corner of cell (0, 0), x to the right, y up.
struct Pose {
  float x_m = 0, y_m = 0, heading_rad = 0;
};

/// A thing on the floor, for drawing and for the camera; `ground` holds its cells for the physics.
struct ClutterItem {
  Clutter kind = Clutter::kNone;
  float x_m = 0, y_m = 0;
  float length_m = 0, width_m = 0, angle_rad = 0;
};

/// Rows of bits, one a cell, cell x of a row in bit x % 64 of word x / 64; every row has a spare word at its end.
struct CellBits {
  int words_per_row = 0;
  std::vector<std::uint64_t> words;

  CellBits() = default;
  CellBits(int width, int height);
  [[nodiscard]] bool get(int x, int y) const { return (words[place(x, y)] >> (x & 63) & 1) != 0; }
  void set(int x, int y) { words[place(x, y)] |= std::uint64_t{1} << (x & 63); }
  [[nodiscard]] int count() const;

 private:
  [[nodiscard]] std::size_t place(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(words_per_row) + static_cast<std::size_t>(x / 64);
  }
};

/// The rows of a disc, as bits, for a centre at a given place inside its cell.
struct Footprint {
  int first_row = 0, first_column = 0;  // relative to the centre's cell
  std::vector<std::uint64_t> rows;      // bit i: column first_column + i; at most 57 columns
};

/// Places inside a cell that footprints distinguish, in each direction.
constexpr int kSubcells = 2;

/// A home, ready to drive in: the same for every robot in it, and never changed.
struct Home {
  std::string name;
  int width = 0, height = 0;  // cells, with a solid border of at least 0.3 m
  float cell_m = 0.05f;
  std::vector<std::uint8_t> ground;  // [height, width], see Ground
  std::vector<float> clearance_m;    // [height, width], to the nearest solid cell's edge
  std::vector<ClutterItem> clutter;
  float rug_pull_x = 0, rug_pull_y = 1;  // direction in which the pile of the rugs lies, length 1
  Pose start;
  /// Where the grid's lower left corner lies in the map's own frame (ROS `origin`), and how it is turned.
  double map_x_m = 0, map_y_m = 0, map_yaw_rad = 0;

  // What follows is derived by finish().
  float cleaning_reach_m = 0;  // how far from its centre a robot can clean
  CellBits cleanable;          // free cells that a robot can clean from a place it can reach from the start
  CellBits edge;               // those of them within 15 cm of something solid
  int cleanable_cells = 0, edge_cells = 0;
  int reachable_cells = 0;                // cells where the robot's centre can be
  std::vector<std::uint8_t> reachable;    // [height, width]
  std::vector<std::int32_t> wide_ground;  // `ground` once more, in the width that vector instructions can look up
  Footprint brush[kSubcells * kSubcells], side_brush[kSubcells * kSubcells];

  [[nodiscard]] std::size_t cell(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
  [[nodiscard]] bool solid(int x, int y) const { return (ground[cell(x, y)] & (kObstacle | kUnknown)) != 0; }
  [[nodiscard]] double area_m2(int cells) const { return static_cast<double>(cells) * cell_m * cell_m; }
  /// Cleanable area / (cleaning width 0.28 m x 0.30 m/s).
  [[nodiscard]] double ideal_time_s() const;
};

/// How finish() decides what can be cleaned.
struct FinishOptions {
  float cleaning_reach_m = 0.214f;  // body::kSideBrushReach_m; without the side brush body::kBrushReach_m
};

/// Computes what follows from `ground` and `start`: distances, what can be reached from the start (a body of 0.164 m
/// that keeps off stairs) and cleaned. Throws ValueError, beginning with the home's name, when the grid has no solid
/// border of 0.3 m, has more than 2^24 cells or cells outside 0.01 ... 0.2 m, or when the robot does not fit at the
/// start.
void finish(Home& home, FinishOptions options = {});

/// Adds a clutter item to the home's list and its cells to `ground`, leaving solid cells and stairs as they are.
void add_clutter(Home& home, const ClutterItem& item);

/// The bare room of 6 x 4 m, in cells of 0.05 m; the start is in its middle.
Home bare_room(float length_m = 6.0f, float width_m = 4.0f);

}  // namespace handbuilt::robot_sim
