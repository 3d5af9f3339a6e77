#include "robot_sim/world/home_generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "robot_sim/robot/body.hpp"

namespace handbuilt::robot_sim {
namespace {

/// Cells where the robot's body would touch neither walls nor stairs, found by trying, without the distance field.
bool fits_by_trying(const Home& home, int x, int y) {
  const int reach = 4;  // cells whose edge could be within 0.164 m
  for (int v = -reach; v <= reach; ++v)
    for (int u = -reach; u <= reach; ++u) {
      if ((home.ground[home.cell(x + u, y + v)] & (kObstacle | kDrop)) == 0) continue;
      const float distance = (std::sqrt(static_cast<float>(u * u + v * v)) - 0.5f) * home.cell_m;
      if (distance <= body::kRadius_m) return false;
    }
  return true;
}

TEST(HomeGenerator, ThousandSeedsGivePlausibleConnectedHomes) {
  int with_stairs = 0, with_rugs = 0, with_mess = 0, with_cords = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Home home = generate_home(seed);
    SCOPED_TRACE(home.name);
    const double area = home.area_m2(home.cleanable_cells);
    ASSERT_GT(area, 18) << "hardly a home";
    ASSERT_LT(area, 108);
    ASSERT_GT(home.edge_cells, home.cleanable_cells / 20);
    ASSERT_LT(home.edge_cells, home.cleanable_cells / 2);
    // At least 95 % of the places where the body fits can be reached from the start.
    int places = 0;
    for (int y = 6; y < home.height - 6; ++y)
      for (int x = 6; x < home.width - 6; ++x) places += fits_by_trying(home, x, y) ? 1 : 0;
    ASSERT_GE(home.reachable_cells, 0.95 * places);
    // Nothing lies where the robot starts, and no clutter in walls.
    const auto start =
        home.cell(static_cast<int>(home.start.x_m / home.cell_m), static_cast<int>(home.start.y_m / home.cell_m));
    ASSERT_EQ(home.ground[start] & ~kRug, 0);
    ASSERT_TRUE(std::equal(home.ground.begin(), home.ground.end(), home.wide_ground.begin(), home.wide_ground.end()));
    for (const std::uint8_t ground : home.ground)
      ASSERT_FALSE((ground & kClutterBits) != 0 && (ground & (kObstacle | kDrop)) != 0);
    const auto any = [&](int bits) {
      return std::any_of(home.ground.begin(), home.ground.end(), [=](std::uint8_t g) { return (g & bits) != 0; });
    };
    const auto lies = [&](Clutter kind) {
      return std::any_of(home.clutter.begin(), home.clutter.end(),
                         [=](const ClutterItem& item) { return item.kind == kind; });
    };
    with_stairs += any(kDrop) ? 1 : 0;
    with_rugs += any(kRug) ? 1 : 0;
    with_mess += lies(Clutter::kMess) ? 1 : 0;
    with_cords += lies(Clutter::kCord) ? 1 : 0;
  }
  EXPECT_GT(with_stairs, 150);
  EXPECT_GT(with_rugs, 700);
  EXPECT_GT(with_mess, 200);
  EXPECT_GT(with_cords, 500);
}

TEST(HomeGenerator, SameSeedSameHomeAnotherSeedAnother) {
  const Home a = generate_home(7), b = generate_home(7), c = generate_home(8);
  EXPECT_EQ(a.ground, b.ground);
  EXPECT_EQ(a.clearance_m, b.clearance_m);
  EXPECT_EQ(a.start.x_m, b.start.x_m);
  EXPECT_NE(a.ground, c.ground);
}

TEST(HomeGenerator, LeavesOutWhatIsNotWanted) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Home home = generate_home(seed, {.stairs = false, .clutter = false});
    EXPECT_TRUE(home.clutter.empty());
    EXPECT_TRUE(std::none_of(home.ground.begin(), home.ground.end(),
                             [](std::uint8_t g) { return (g & (kDrop | kClutterBits)) != 0; }));
  }
}

}  // namespace
}  // namespace handbuilt::robot_sim
