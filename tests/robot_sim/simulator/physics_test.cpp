// What any simulator of a body must keep: nothing comes from nothing, nothing passes through anything, and the
// functions that stand in for libm's are as good as their headers say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/simulator/simulator.hpp"
#include "robot_sim/world/distance_field.hpp"
#include "robot_sim/world/home_generator.hpp"
#include "signal/counter_noise.hpp"
#include "signal/crc16.hpp"
#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {
namespace {

TEST(ExactMath, AgreesWithTheStandardLibraryWithinItsStatedErrors) {
  double worst_sin = 0, worst_root = 0, worst_angle = 0, worst_turn = 0;
  for (int i = -200000; i <= 200000; ++i) {
    const float angle = static_cast<float>(i) * 0.005f;
    const signal::SinCos is = signal::sin_cos(angle);
    worst_sin = std::max({worst_sin, std::abs(is.sin - std::sin(static_cast<double>(angle))),
                          std::abs(is.cos - std::cos(static_cast<double>(angle)))});
    const double back = std::remainder(signal::angle_of(is) - static_cast<double>(angle), 2 * M_PI);
    worst_angle = std::max(worst_angle, std::abs(back));
    const float x = std::exp(static_cast<float>(i) * 3e-4f);
    worst_root = std::max(worst_root, std::abs(signal::square_root(x) / std::sqrt(static_cast<double>(x)) - 1));
    const float small = 0.2f * static_cast<float>(i) / 200000;
    worst_turn =
        std::max(worst_turn, std::abs(signal::turned({0, 1}, small).sin - std::sin(static_cast<double>(small))));
  }
  EXPECT_LT(worst_sin, 2e-6 + 1e-4);  // beyond 100 rad the angle itself is only known to 6e-5
  EXPECT_LT(worst_root, 3e-7);
  EXPECT_LT(worst_angle, 3e-4);
  EXPECT_LT(worst_turn, 3e-7);
  EXPECT_EQ(signal::square_root(0), 0);
}

TEST(ExactMath, SineIsExactToTwoMillionthsWhereRobotsUseIt) {
  for (int i = -70000; i <= 70000; ++i) {
    const float angle = static_cast<float>(i) * 1e-4f;
    ASSERT_NEAR(signal::sin_cos(angle).sin, std::sin(static_cast<double>(angle)), 2e-6) << angle;
    ASSERT_NEAR(signal::sin_cos(angle).cos, std::cos(static_cast<double>(angle)), 2e-6) << angle;
  }
}

TEST(ExactMath, ATurnKeepsTheHeadingsLength) {
  signal::SinCos heading{0, 1};
  for (int i = 0; i < 1000000; ++i) heading = signal::turned(heading, 0.0791f);
  EXPECT_NEAR(heading.sin * heading.sin + heading.cos * heading.cos, 1, 1e-6);
}

TEST(CounterNoise, IsUniformAndItsHalvesAreIndependent) {
  double mean = 0, square = 0, cross = 0;
  constexpr int kDraws = 200000;
  for (std::uint32_t i = 0; i < kDraws; ++i) {
    const std::uint32_t bits = signal::noise_bits(signal::noise_key(1, 2, i), 3);
    mean += static_cast<double>(signal::low_noise(bits)) / kDraws;
    square += static_cast<double>(signal::low_noise(bits)) * static_cast<double>(signal::low_noise(bits)) / kDraws;
    cross += static_cast<double>(signal::low_noise(bits)) * static_cast<double>(signal::high_noise(bits)) / kDraws;
  }
  EXPECT_NEAR(mean, 0, 4 / std::sqrt(3.0 * kDraws));
  EXPECT_NEAR(square, 1 / 3.0, 0.005);
  EXPECT_NEAR(cross, 0, 4 / (3 * std::sqrt(double{kDraws})));
}

TEST(Crc16, GivesTheCheckValueOfItsDefinition) {
  const std::uint8_t digits[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
  EXPECT_EQ(signal::crc16(digits, 9), 0x29b1);
}

CommandFrame command(int left, int right) {
  CommandFrame frame;
  frame.left = static_cast<std::int16_t>(left);
  frame.right = static_cast<std::int16_t>(right);
  frame.flags = kSafetyOff;
  return frame;
}

TEST(Physics, TheBodyIsNeverInsideAnythingInAnyHome) {
  // Measured against the cells themselves, not the distance field, which at the body's radius may say 2.5 mm too much
  // between the centres of the cells before a corner; contact leaves half a millimetre.
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto home = std::make_shared<const Home>(generate_home(seed, {.stairs = false}));
    Simulator simulator(home, {.seed = seed});
    Random random(seed);
    for (int tick = 0; tick < 20000; ++tick) {
      static CommandFrame wish;
      if (tick % 40 == 0) wish = command(random.below(920) - 300, random.below(920) - 300);
      simulator.step(wish);
      if (tick % 5 != 0) continue;
      const Pose pose = simulator.truth().pose;
      const int cx = static_cast<int>(pose.x_m / home->cell_m), cy = static_cast<int>(pose.y_m / home->cell_m);
      for (int y = cy - 4; y <= cy + 4; ++y)
        for (int x = cx - 4; x <= cx + 4; ++x) {
          if (!home->solid(x, y)) continue;
          const float near_x =
              std::clamp(pose.x_m, static_cast<float>(x) * home->cell_m, static_cast<float>(x + 1) * home->cell_m);
          const float near_y =
              std::clamp(pose.y_m, static_cast<float>(y) * home->cell_m, static_cast<float>(y + 1) * home->cell_m);
          ASSERT_GT(std::hypot(near_x - pose.x_m, near_y - pose.y_m), body::kRadius_m - 0.003f)
              << home->name << ", tick " << tick;
        }
    }
  }
}

TEST(Physics, ContactTakesNoMoreThanTheNormalPartOfTheWay) {
  // Along a wall at 30 degrees the body slides with the tangential part of its speed, less what the wheels lose.
  RobotOptions options;
  options.start = Pose{2.0f, 0.3f + body::kRadius_m + 0.02f, -0.3f};
  options.delay_s = 0;
  Simulator simulator(std::make_shared<const Home>(bare_room()), options);
  for (int tick = 0; tick < 100; ++tick) simulator.step(command(200, 200));
  EXPECT_TRUE(simulator.truth().contact);
  EXPECT_GT(simulator.truth().pose.x_m, 2.1f) << "it slides";
  EXPECT_NEAR(simulator.truth().pose.y_m, 0.3f + body::kRadius_m, 0.002f) << "along the wall";
}

TEST(Physics, DistanceIsTheSumOfTheWayAndEnergyCoversTheMotors) {
  Simulator simulator(std::make_shared<const Home>(bare_room()));
  double way = 0, least_energy = 0;
  Pose last = simulator.truth().pose;
  for (int tick = 0; tick < 3000; ++tick) {
    const SensorFrame& frame = simulator.step(command(tick / 100 % 2 * 300 - 150, 100));
    const Pose now = simulator.truth().pose;
    way += std::hypot(now.x_m - last.x_m, now.y_m - last.y_m);
    last = now;
    // Kinetic and rolling work cannot exceed what the battery gave: volts times the measured amperes.
    least_energy += 0.02 * 0.001 * 12.5 * (std::abs(frame.current_left) + std::abs(frame.current_right));
  }
  EXPECT_NEAR(simulator.tally().distance_m, way, 0.002 * way);
  EXPECT_GT(simulator.tally().energy_j, least_energy);
  EXPECT_NEAR(simulator.truth().charge, 1 - simulator.tally().energy_j / (26 * 3600.0), 1e-4);
}

TEST(Physics, RugsSlowAndPull) {
  Home rug = bare_room();
  for (std::uint8_t& ground : rug.ground) ground = ground == 0 ? std::uint8_t{kRug} : ground;
  rug.rug_pull_x = 0;
  rug.rug_pull_y = 1;
  finish(rug);
  RobotOptions options;
  options.start = Pose{1.5f, 2.0f, 0};
  Simulator on_rug(std::make_shared<const Home>(rug), options),
      on_floor(std::make_shared<const Home>(bare_room()), options);
  for (int tick = 0; tick < 300; ++tick) {
    on_rug.step(command(200, 200));
    on_floor.step(command(200, 200));
  }
  EXPECT_LT(on_rug.tally().distance_m, 0.985 * on_floor.tally().distance_m);
  EXPECT_GT(on_rug.truth().pose.y_m - on_floor.truth().pose.y_m, 0.02f) << "the pile pulls sideways";
  EXPECT_LT(on_rug.frame().cliff[0], 160);
  EXPECT_GT(on_floor.frame().cliff[0], 180);
}

TEST(Physics, ClutterDoesWhatItDoes) {
  Home home = bare_room();
  add_clutter(home, {Clutter::kSock, 2.5f, 2.0f, 0.22f, 0.08f, 0});
  add_clutter(home, {Clutter::kMess, 3.5f, 2.0f, 0.12f, 0.1f, 0});
  for (float x = 4.0f; x < 4.8f; x += 0.05f) add_clutter(home, {Clutter::kLego, x, 2.0f + 0.1165f, 0.05f, 0.05f, 0});
  finish(home);
  RobotOptions options;
  options.start = Pose{2.0f, 2.0f, 0};
  Simulator simulator(std::make_shared<const Home>(home), options);
  CommandFrame ahead = command(200, 200);
  ahead.brush = 100;
  for (int tick = 0; tick < 200; ++tick) simulator.step(ahead);
  EXPECT_EQ(simulator.tally().brush_stalls, 1);
  EXPECT_TRUE(simulator.truth().brush_jammed);
  EXPECT_GT(simulator.frame().brush_current, 150) << "a stalled brush draws 2 A";
  const int cleaned = simulator.tally().cleaned_cells;
  for (int tick = 0; tick < 50; ++tick) simulator.step(ahead);
  EXPECT_EQ(simulator.tally().cleaned_cells, cleaned) << "and cleans nothing";
  CommandFrame backwards = command(0, 0);
  backwards.brush = -100;
  for (int tick = 0; tick < 40; ++tick) simulator.step(backwards);
  EXPECT_FALSE(simulator.truth().brush_jammed);
  for (int tick = 0; tick < 300; ++tick) simulator.step(ahead);
  EXPECT_EQ(simulator.tally().smears, 1);
  EXPECT_GT(simulator.truth().pose.heading_rad, 0.15f) << "the wheel on Lego loses its grip, so it turns that way";
}

TEST(Physics, RaysAreMostlyRight) {
  const auto home = std::make_shared<const Home>(generate_home(5, {.clutter = false}));
  Random random(2);
  int rays = 0, off = 0, past = 0;
  for (int trial = 0; trial < 800; ++trial) {
    const int x = random.below(home->width), y = random.below(home->height);
    if (home->reachable[home->cell(x, y)] == 0) continue;
    RobotOptions options;
    options.start = Pose{(static_cast<float>(x) + 0.5f) * home->cell_m, (static_cast<float>(y) + 0.5f) * home->cell_m,
                         static_cast<float>(random.uniform(-3, 3))};
    if (home->clearance_m[home->cell(x, y)] < 0.2f) continue;
    Simulator simulator(home, options);
    simulator.step({});
    const Pose pose = simulator.truth().pose;
    for (int k = 0; k < body::kRanges; ++k) {
      const float angle = pose.heading_rad + std::atan2(body::kRangeSin[k], body::kRangeCos[k]);
      float way = body::kRadius_m;  // by small steps until a solid cell
      while (way < body::kRadius_m + 2.0f &&
             !home->solid(static_cast<int>((pose.x_m + way * std::cos(angle)) / home->cell_m),
                          static_cast<int>((pose.y_m + way * std::sin(angle)) / home->cell_m)))
        way += 0.002f;
      const std::uint8_t reading = simulator.frame().range[k];
      const float seen = reading == 255 ? 2.0f : static_cast<float>(reading) * kRangeUnit_m;
      ++rays;
      off += std::abs(seen - (way - body::kRadius_m)) > 0.06f ? 1 : 0;
      past += seen > way - body::kRadius_m + 0.12f ? 1 : 0;
    }
  }
  EXPECT_GT(rays, 800);
  EXPECT_LT(past, rays / 100) << "only a leg that is barely grazed may be missed";
  EXPECT_LT(off, rays / 20) << "12 steps along a ray: fewer than 5 % more than 6 cm off";
}

}  // namespace
}  // namespace handbuilt::robot_sim
