#include "robot_sim/world/home.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/distance_field.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr float kBorder_m = 0.3f;
constexpr float kEdgeBand_m = 0.15f;

[[noreturn]] void refuse(const Home& home, const std::string& what) { throw ValueError(home.name + ": " + what); }

void check_size(const Home& home) {
  if (!(home.cell_m >= 0.01f && home.cell_m <= 0.2f))
    refuse(home, "expected cells of 0.01 to 0.2 m, got " + std::to_string(home.cell_m));
  const std::int64_t cells = std::int64_t{home.width} * home.height;
  if (home.width < 3 || home.height < 3 || cells > (std::int64_t{1} << 24))
    refuse(home, "expected a grid of 3 x 3 to 2^24 cells, got " + std::to_string(home.width) + " x " +
                     std::to_string(home.height));
  if (home.ground.size() != static_cast<std::size_t>(cells)) refuse(home, "expected one byte of ground a cell");
}

void check_border(const Home& home) {
  const int border = static_cast<int>(std::ceil(kBorder_m / home.cell_m - 1e-4f));
  for (int y = 0; y < home.height; ++y)
    for (int x = 0; x < home.width; ++x) {
      const bool at_border = x < border || y < border || x >= home.width - border || y >= home.height - border;
      if (at_border && !home.solid(x, y)) refuse(home, "expected a solid border of 0.3 m around the home");
    }
}

/// Cells where the body's centre may be: clear of solid cells and of stairs.
std::vector<std::uint8_t> legal_cells(const Home& home) {
  std::vector<std::uint8_t> solid_or_drop(home.ground.size());
  bool drops = false;
  for (std::size_t i = 0; i < home.ground.size(); ++i) {
    solid_or_drop[i] = (home.ground[i] & (kObstacle | kUnknown | kDrop)) != 0;
    drops |= (home.ground[i] & kDrop) != 0;
  }
  const std::vector<float> distance =
      drops ? clearance(home.width, home.height, solid_or_drop, home.cell_m) : home.clearance_m;
  std::vector<std::uint8_t> legal(home.ground.size());
  for (std::size_t i = 0; i < legal.size(); ++i) legal[i] = distance[i] > body::kRadius_m;
  return legal;
}

std::vector<std::uint8_t> flood(const Home& home, const std::vector<std::uint8_t>& legal, std::size_t from) {
  std::vector<std::uint8_t> seen(legal.size());
  std::vector<std::size_t> open{from};
  seen[from] = 1;
  const auto row = static_cast<std::size_t>(home.width);
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t next : {at + 1, at - 1, at + row, at - row})
      if (legal[next] != 0 && seen[next] == 0) {
        seen[next] = 1;
        open.push_back(next);
      }
  }
  return seen;
}

/// Cells whose centre is within `reach_m` of a reachable cell's centre, and that are floor.
void mark_cleanable(Home& home) {
  const std::vector<float> squared = squared_distances(home.width, home.height, home.reachable);
  const float reach = home.cleaning_reach_m / home.cell_m;
  home.cleanable = CellBits(home.width, home.height);
  home.edge = CellBits(home.width, home.height);
  for (int y = 0; y < home.height; ++y)
    for (int x = 0; x < home.width; ++x) {
      const std::size_t i = home.cell(x, y);
      if (squared[i] > reach * reach || (home.ground[i] & (kObstacle | kUnknown | kDrop)) != 0) continue;
      home.cleanable.set(x, y);
      if (home.clearance_m[i] < kEdgeBand_m) home.edge.set(x, y);
    }
  home.cleanable_cells = home.cleanable.count();
  home.edge_cells = home.edge.count();
}

/// The cells whose centres a disc covers when its own centre is at (u, v) of its cell, each in 0 ... 1.
Footprint disc(float radius_m, float cell_m, float u, float v) {
  const float r = radius_m / cell_m;
  const int reach = static_cast<int>(std::ceil(r)) + 1;
  const auto inside = [&](int x, int y) {
    const float dx = static_cast<float>(x) + 0.5f - u, dy = static_cast<float>(y) + 0.5f - v;
    return dx * dx + dy * dy <= r * r;
  };
  Footprint print;
  print.first_column = -reach;
  print.first_row = -reach;
  for (int y = -reach; y <= reach; ++y) {
    std::uint64_t row = 0;
    for (int x = -reach; x <= reach; ++x)
      if (inside(x, y)) row |= std::uint64_t{1} << (x + reach);
    print.rows.push_back(row);
  }
  while (!print.rows.empty() && print.rows.back() == 0) print.rows.pop_back();
  while (!print.rows.empty() && print.rows.front() == 0) {
    print.rows.erase(print.rows.begin());
    ++print.first_row;
  }
  return print;
}

void make_footprints(Home& home) {
  for (int v = 0; v < kSubcells; ++v)
    for (int u = 0; u < kSubcells; ++u) {
      const float at_u = (static_cast<float>(u) + 0.5f) / kSubcells, at_v = (static_cast<float>(v) + 0.5f) / kSubcells;
      home.brush[v * kSubcells + u] = disc(body::kBrushReach_m, home.cell_m, at_u, at_v);
      home.side_brush[v * kSubcells + u] = disc(body::kSideBrushRadius_m, home.cell_m, at_u, at_v);
    }
}

}  // namespace

CellBits::CellBits(int width, int height)
    : words_per_row(width / 64 + 2),
      words(static_cast<std::size_t>(words_per_row) * static_cast<std::size_t>(height)) {}

int CellBits::count() const {
  int total = 0;
  for (const std::uint64_t word : words) total += std::popcount(word);
  return total;
}

double Home::ideal_time_s() const {
  return area_m2(cleanable_cells) / (body::kCleaningWidth_m * body::kCleaningSpeed_mps);
}

void finish(Home& home, FinishOptions options) {
  check_size(home);
  check_border(home);
  std::vector<std::uint8_t> solid(home.ground.size());
  for (std::size_t i = 0; i < solid.size(); ++i) solid[i] = (home.ground[i] & (kObstacle | kUnknown)) != 0;
  home.clearance_m = clearance(home.width, home.height, solid, home.cell_m);
  home.wide_ground.assign(home.ground.begin(), home.ground.end());
  home.cleaning_reach_m = options.cleaning_reach_m;

  const double c = std::cos(home.map_yaw_rad), s = std::sin(home.map_yaw_rad);
  const std::string place = "(" + std::to_string(home.map_x_m + c * home.start.x_m - s * home.start.y_m) + ", " +
                            std::to_string(home.map_y_m + s * home.start.x_m + c * home.start.y_m) + ")";
  const float column = home.start.x_m / home.cell_m, row = home.start.y_m / home.cell_m;
  if (!(column >= 0 && row >= 0 && column < static_cast<float>(home.width) && row < static_cast<float>(home.height)))
    refuse(home, "the start " + place + " m lies outside the map");
  const std::size_t start = home.cell(static_cast<int>(column), static_cast<int>(row));
  const std::vector<std::uint8_t> legal = legal_cells(home);
  if ((home.ground[start] & kDrop) != 0) refuse(home, "the start " + place + " m is on the stairs");
  if (legal[start] == 0)
    refuse(home, solid[start] != 0
                     ? "the start " + place + " m is inside a wall"
                     : "the start " + place + " m leaves no room for the robot: its centre needs 0.164 m around it");
  home.reachable = flood(home, legal, start);
  home.reachable_cells = static_cast<int>(std::count(home.reachable.begin(), home.reachable.end(), 1));
  mark_cleanable(home);
  make_footprints(home);
}

void add_clutter(Home& home, const ClutterItem& item) {
  home.clutter.push_back(item);
  const float c = std::cos(item.angle_rad), s = std::sin(item.angle_rad);
  // At least one cell, however small the thing is: a brick of Lego covers no centre of a cell.
  const float half_length = std::max(item.length_m / 2, home.cell_m / 2),
              half_width = std::max(item.width_m / 2, home.cell_m / 2);
  const float reach = half_length + half_width;
  const auto bound = [&](float metres, int most) {
    return std::clamp(static_cast<int>(metres / home.cell_m), 0, most - 1);
  };
  for (int y = bound(item.y_m - reach, home.height); y <= bound(item.y_m + reach, home.height); ++y)
    for (int x = bound(item.x_m - reach, home.width); x <= bound(item.x_m + reach, home.width); ++x) {
      const float dx = (static_cast<float>(x) + 0.5f) * home.cell_m - item.x_m;
      const float dy = (static_cast<float>(y) + 0.5f) * home.cell_m - item.y_m;
      std::uint8_t& ground = home.ground[home.cell(x, y)];
      if (std::abs(dx * c + dy * s) > half_length || std::abs(dy * c - dx * s) > half_width ||
          (ground & (kObstacle | kUnknown | kDrop)) != 0)
        continue;
      ground = static_cast<std::uint8_t>((ground & ~kClutterBits) | static_cast<int>(item.kind));
      if (!home.wide_ground.empty()) home.wide_ground[home.cell(x, y)] = ground;
    }
}

Home bare_room(float length_m, float width_m) {
  Home home;
  home.name = "bare_room";
  home.cell_m = 0.05f;
  const int border = 6;
  home.width = static_cast<int>(std::lround(length_m / home.cell_m)) + 2 * border;
  home.height = static_cast<int>(std::lround(width_m / home.cell_m)) + 2 * border;
  home.ground.assign(static_cast<std::size_t>(home.width) * static_cast<std::size_t>(home.height), kObstacle);
  for (int y = border; y < home.height - border; ++y)
    for (int x = border; x < home.width - border; ++x) home.ground[home.cell(x, y)] = 0;
  home.start = {static_cast<float>(home.width) * home.cell_m / 2, static_cast<float>(home.height) * home.cell_m / 2, 0};
  finish(home);
  return home;
}

}  // namespace handbuilt::robot_sim
