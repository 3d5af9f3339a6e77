#include "robot_sim/world/home.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/distance_field.hpp"
#include "robot_sim/world/plain_room.hpp"
#include "support/message_of.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::HasSubstr;

std::vector<std::uint8_t> thrown_cells(int width, int height, Random& random) {
  std::vector<std::uint8_t> solid(static_cast<std::size_t>(width * height));
  for (int k = random.below(12); k >= 0; --k) solid[static_cast<std::size_t>(random.below(width * height))] = 1;
  return solid;
}

TEST(DistanceField, EqualsTheNearestOfAllSolidCells) {
  Random random(3);
  for (int trial = 0; trial < 20; ++trial) {
    const int width = 3 + random.below(30), height = 3 + random.below(30);
    const std::vector<std::uint8_t> solid = thrown_cells(width, height, random);
    const std::vector<float> field = squared_distances(width, height, solid);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        float nearest = 1e12f;
        for (int v = 0; v < height; ++v)
          for (int u = 0; u < width; ++u)
            if (solid[static_cast<std::size_t>(v * width + u)] != 0)
              nearest = std::min(nearest, static_cast<float>((u - x) * (u - x) + (v - y) * (v - y)));
        ASSERT_EQ(field[static_cast<std::size_t>(y * width + x)], nearest) << width << " x " << height;
      }
  }
}

TEST(DistanceField, ClearanceIsTheWayToTheNearestPointOfASolidSquare) {
  Random random(4);
  for (int trial = 0; trial < 20; ++trial) {
    const int width = 3 + random.below(30), height = 3 + random.below(30);
    const std::vector<std::uint8_t> solid = thrown_cells(width, height, random);
    const std::vector<float> field = clearance(width, height, solid, 0.05f);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        double nearest = 10;
        for (int v = 0; v < height; ++v)
          for (int u = 0; u < width; ++u)
            if (solid[static_cast<std::size_t>(v * width + u)] != 0)
              nearest = std::min(nearest, 0.05 * std::hypot(std::max(std::abs(u - x) - 0.5, 0.0),
                                                            std::max(std::abs(v - y) - 0.5, 0.0)));
        if (nearest == 0) nearest = -0.025;
        ASSERT_NEAR(field[static_cast<std::size_t>(y * width + x)], nearest, 1e-6) << width << " x " << height;
      }
  }
}

TEST(DistanceField, IsFarWithoutAnythingSolid) {
  EXPECT_EQ(clearance(4, 3, std::vector<std::uint8_t>(12), 0.05f, 10.0f), std::vector<float>(12, 10.0f));
}

TEST(Home, BareRoomIsAsLargeAsItSays) {
  const Home room = bare_room(6, 4);
  EXPECT_NEAR(room.area_m2(room.cleanable_cells), 24.0,
              0.05);  // a robot with a side brush leaves only the corners' tips
  EXPECT_NEAR(room.area_m2(room.reachable_cells), (6 - 2 * body::kRadius_m) * (4 - 2 * body::kRadius_m), 0.5);
  EXPECT_NEAR(room.ideal_time_s(), 24.0 / (0.28 * 0.30), 2);
  // The band of 15 cm along 20 m of wall, its corners counted once.
  EXPECT_NEAR(room.area_m2(room.edge_cells), 24.0 - 5.7 * 3.7, 0.05);
}

TEST(Home, CellsThatNoPoseCanCleanDoNotCount) {
  Home room = bare_room(3, 3);
  // A closet that the robot cannot enter: walls around 0.3 x 0.3 m of floor.
  for (int y = 20; y < 30; ++y)
    for (int x = 20; x < 30; ++x)
      if (x < 22 || x >= 28 || y < 22 || y >= 28) room.ground[room.cell(x, y)] = kObstacle;
  finish(room);
  EXPECT_FALSE(room.cleanable.get(25, 25));
  EXPECT_TRUE(room.cleanable.get(17, 25));
  EXPECT_TRUE(room.edge.get(19, 25));
  EXPECT_FALSE(room.edge.get(14, 14));
}

TEST(Home, KeepsOffStairs) {
  Home room = bare_room(3, 3);
  for (int y = 6; y < 66; ++y)
    for (int x = 50; x < 60; ++x) room.ground[room.cell(x, y)] = kDrop;
  finish(room);
  for (int y = 6; y < 66; ++y)
    EXPECT_FALSE(room.reachable[room.cell(49, y)]) << "a pose with the body over the stairs counts";
  EXPECT_FALSE(room.cleanable.get(55, 30));
}

TEST(Home, RefusesAStartThatIsNoPlace) {
  const auto refusal = [](float x, float y, std::uint8_t ground) {
    Home room = bare_room(3, 3);
    room.start = {x, y, 0};
    room.ground[room.cell(30, 30)] = ground;
    return message_of<ValueError>([&] { finish(room); });
  };
  EXPECT_THAT(refusal(0.1f, 0.1f, 0), HasSubstr("bare_room: the start (0.100000, 0.100000) m is inside a wall"));
  EXPECT_THAT(refusal(0.4f, 1.0f, 0), HasSubstr("leaves no room for the robot"));
  EXPECT_THAT(refusal(-4.0f, 1.0f, 0), HasSubstr("lies outside the map"));
  EXPECT_THAT(refusal(std::nanf(""), 1.0f, 0), HasSubstr("lies outside the map"));
  EXPECT_THAT(refusal(1.52f, 1.52f, kDrop), HasSubstr("is on the stairs"));
}

TEST(Home, RefusesAGridWithoutASolidBorder) {
  Home room = bare_room(3, 3);
  room.ground[room.cell(2, 30)] = 0;
  EXPECT_THAT(message_of<ValueError>([&] { finish(room); }), HasSubstr("solid border"));
  room = bare_room(3, 3);
  room.cell_m = 0.5f;
  EXPECT_THAT(message_of<ValueError>([&] { finish(room); }), HasSubstr("cells of 0.01 to 0.2 m"));
}

TEST(PlainRoom, IsFrozen) {
  // Counted once from the generator it is a copy of; a change to either constant is a change of the test world.
  const Home room = plain_room(0);
  int solid = 0;
  std::uint32_t hash = 2166136261u;
  for (const std::uint8_t ground : room.ground) {
    solid += ground != 0 ? 1 : 0;
    hash = (hash ^ ground) * 16777619u;
  }
  EXPECT_EQ(solid, 15060);
  EXPECT_EQ(hash, 3392866645u);
  EXPECT_THROW((void)plain_room(64), ValueError);
}

}  // namespace
}  // namespace handbuilt::robot_sim
