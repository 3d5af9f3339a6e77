#include "robot_sim/situations/strange_homes.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/random.hpp"
#include "robot_sim/world/home_generator.hpp"

namespace handbuilt::robot_sim {

namespace {

struct KindEntry {
  const char *name, *faults;
};

KindEntry entry_of(Kind kind) {
  switch (kind) {
    case Kind::kOrdinary:
      return {"ordinary", ""};
    case Kind::kRug:
      return {"rug", ""};
    case Kind::kStairs:
      return {"stairs", ""};
    case Kind::kLegs:
      return {"legs", ""};
    case Kind::kSkittles:
      return {"skittles", ""};
    case Kind::kCatRides:
      return {"cat_rides", "cat:mass:2@0"};
    case Kind::kGyroStuck:
      return {"gyro_stuck", "gyro:stuck@0"};
    case Kind::kEncoderWrong:
      return {"encoder_wrong", "encoder_left:wrong@0"};
    case Kind::kRangeStuck:
      return {"range_stuck", "range_front_left:stuck@0"};
    case Kind::kCurrentGarbage:
      return {"current_garbage", "current_left:garbage@0"};
    case Kind::kCliffOff:
      return {"cliff_off", "cliff_left:wrong@0"};
    case Kind::kWheelWeak:
      return {"wheel_weak", "wheel_left:weak@0"};
  }
  throw ValueError("expected a kind of situation");
}

bool has_stairs(const Home& home) {
  return std::any_of(home.ground.begin(), home.ground.end(), [](std::uint8_t ground) { return (ground & kDrop) != 0; });
}

bool near_start(const Home& home, int x, int y) {
  const float dx = (static_cast<float>(x) + 0.5f) * home.cell_m - home.start.x_m;
  const float dy = (static_cast<float>(y) + 0.5f) * home.cell_m - home.start.y_m;
  return dx * dx + dy * dy < 0.35f * 0.35f;
}

}  // namespace

std::string name_of(Kind kind) { return entry_of(kind).name; }

std::vector<Fault> faults_of_kind(Kind kind) { return parse_faults(entry_of(kind).faults); }

std::shared_ptr<const Home> home_of_kind(Kind kind, std::uint64_t seed) {
  Home home = generate_home(seed, {.stairs = kind == Kind::kStairs, .clutter = false});
  for (std::uint64_t other = 1; kind == Kind::kStairs && !has_stairs(home); ++other)
    home = generate_home(seed + (other << 32), {.clutter = false});
  Random random(seed, "kind of home");
  home.name += ", " + name_of(kind);
  for (int y = 0; y < home.height; ++y)
    for (int x = 0; x < home.width; ++x) {
      std::uint8_t& ground = home.ground[home.cell(x, y)];
      ground = static_cast<std::uint8_t>(ground & ~kRug);
      if (ground != 0) continue;
      if (kind == Kind::kRug) ground = kRug;
      if (kind == Kind::kSkittles && random.chance(0.25)) ground = static_cast<std::uint8_t>(Clutter::kSkittles);
    }
  if (kind == Kind::kLegs)
    for (int y = 0; y + 10 < home.height; y += 10)
      for (int x = 0; x + 10 < home.width; x += 10) {
        const int at_x = x + random.below(5), at_y = y + random.below(5);
        std::uint8_t& ground = home.ground[home.cell(at_x, at_y)];
        if (ground == 0 && !near_start(home, at_x, at_y)) ground = kObstacle;
      }
  finish(home);
  return std::make_shared<const Home>(std::move(home));
}

}  // namespace handbuilt::robot_sim
