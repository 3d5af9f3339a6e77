#include "robot_sim/world/plain_room.hpp"

#include <string>

#include "core/error.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/distance_field.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr int kSide = 256, kExtra = 5, kWall = 3;

/// The generator that the frozen room was drawn with (Numerical Recipes' "quick and dirty" one), 24 bits a draw.
struct Draws {
  std::uint32_t state;
  int below(int count) {
    state = state * 1664525u + 1013904223u;
    return static_cast<int>((state >> 8) % static_cast<std::uint32_t>(count));
  }
};

std::vector<std::uint8_t> thrown(std::uint32_t seed) {
  std::vector<std::uint8_t> solid(kSide * kSide);
  const auto fill = [&](int x, int y, int width, int height) {
    for (int j = y; j < y + height; ++j)
      for (int i = x; i < x + width; ++i) solid[static_cast<std::size_t>(j * kSide + i)] = 1;
  };
  fill(0, 0, kSide, kWall);
  fill(0, kSide - kWall, kSide, kWall);
  fill(0, 0, kWall, kSide);
  fill(kSide - kWall, 0, kWall, kSide);
  Draws draws{seed};
  for (int block = 0; block < 14; ++block) {
    const int width = 6 + draws.below(30), height = 6 + draws.below(30);
    const int x = 10 + draws.below(kSide - 60), y = 10 + draws.below(kSide - 60);
    fill(x, y, width, height);
  }
  for (int leg = 0; leg < 24; ++leg) {
    const int x = 10 + draws.below(kSide - 20), y = 10 + draws.below(kSide - 20);
    fill(x, y, 2, 1);
  }
  return solid;
}

}  // namespace

Home plain_room(int variant, std::uint32_t place) {
  if (variant < 0 || variant > 63)
    throw ValueError("plain_room: expected a variant of 0 to 63, got " + std::to_string(variant));
  Home home;
  home.name = "plain_room " + std::to_string(variant);
  home.cell_m = 0.04f;
  home.width = home.height = kSide + 2 * kExtra;
  home.ground.assign(static_cast<std::size_t>(home.width) * static_cast<std::size_t>(home.height), kObstacle);
  const std::vector<std::uint8_t> solid = thrown(77u + static_cast<std::uint32_t>(variant) * 13u);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      home.ground[home.cell(x + kExtra, y + kExtra)] =
          solid[static_cast<std::size_t>(y * kSide + x)] != 0 ? kObstacle : 0;

  const std::vector<float> distance = clearance(kSide, kSide, solid, home.cell_m);
  Draws draws{place * 977u + 5u};
  float x_m = 0, y_m = 0;
  do {
    x_m = 0.5f + static_cast<float>(draws.below(920)) * 0.01f;
    y_m = 0.5f + static_cast<float>(draws.below(920)) * 0.01f;
  } while (distance[static_cast<std::size_t>(static_cast<int>(y_m / home.cell_m) * kSide +
                                             static_cast<int>(x_m / home.cell_m))] < 0.25f);
  home.start = {x_m + kExtra * home.cell_m, y_m + kExtra * home.cell_m, 0};
  finish(home, {.cleaning_reach_m = body::kBrushReach_m});
  return home;
}

}  // namespace handbuilt::robot_sim
