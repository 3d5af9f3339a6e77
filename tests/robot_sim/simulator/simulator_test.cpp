#include "robot_sim/simulator/simulator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/home_generator.hpp"
#include "support/message_of.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::HasSubstr;

std::shared_ptr<const Home> bare() {
  static const auto home = std::make_shared<const Home>(bare_room());
  return home;
}

CommandFrame drive(int left_mmps, int right_mmps, std::uint8_t flags = 0) {
  CommandFrame command;
  command.left = static_cast<std::int16_t>(left_mmps);
  command.right = static_cast<std::int16_t>(right_mmps);
  command.flags = flags;
  return command;
}

void run(Simulator& simulator, const CommandFrame& command, double seconds) {
  for (std::uint32_t tick = ticks_of(seconds); tick > 0; --tick) simulator.step(command);
}

TEST(Simulator, DrivesAsFastAsItIsToldAndNoFasterThanTheBaseAllows) {
  for (const auto& [asked, flags, expected] :
       {std::tuple{200, 0, 0.2}, {400, 0, 0.306}, {400, 2, 0.4}, {900, 2, 0.46}}) {
    Simulator simulator(bare());
    run(simulator, drive(asked, asked, static_cast<std::uint8_t>(flags)), 3);
    // Slip on a hard floor is 1 %, noise of the motors 2 %; 0.46 m/s is more than a battery under load gives.
    EXPECT_NEAR(simulator.truth().speed_mps, expected * 0.99, 0.05 * expected) << asked;
  }
}

TEST(Simulator, AcceleratesWithinTheLimit) {
  Simulator simulator(bare(), {.delay_s = 0});
  float last = 0;
  for (int tick = 0; tick < 100; ++tick) {
    simulator.step(drive(400, 400, kSafetyOff));
    const float now = simulator.truth().left_mps;
    EXPECT_LE(now - last, body::kTopAcceleration_mps2 * kTick_s + 1e-6f);
    last = now;
  }
}

TEST(Simulator, TurnsAsItsWheelsSay) {
  Simulator simulator(bare());
  run(simulator, drive(-100, 100), 4);
  EXPECT_NEAR(simulator.truth().yaw_rate_radps, 0.99 * 0.2 / body::kTrackWidth_m, 0.04);
  EXPECT_LT(simulator.tally().distance_m, 0.02);
}

TEST(Simulator, ActsLateByExactlyItsDelay) {
  for (const int ticks : {0, 1, 5, 13, 20}) {
    Simulator simulator(bare(), {.delay_s = static_cast<float>(ticks) * kTick_s});
    run(simulator, drive(0, 0), 1);
    int waited = 0;
    while (simulator.truth().left_mps == 0 && waited < 100) {
      simulator.step(drive(200, 200));
      ++waited;
    }
    EXPECT_EQ(waited, ticks + 1) << "0.02 s after the command arrives the wheel has begun to turn";
  }
}

TEST(Simulator, ADriftingDelayStaysWithinItsBounds) {
  Simulator simulator(bare(), {.delay_s = 0.2f, .delay_drift_s = 0.1f});
  float least = 1, most = 0;
  for (int second = 0; second < 600; ++second) {
    run(simulator, drive(0, 0), 1);
    least = std::min(least, simulator.truth().delay_s);
    most = std::max(most, simulator.truth().delay_s);
  }
  EXPECT_GE(least, 0);
  EXPECT_LE(most, 0.4f);
  EXPECT_GT(most - least, 0.1f);
}

TEST(Simulator, EncodersCountTheWheelsTurns) {
  Simulator simulator(bare(), {.delay_s = 0});
  std::int32_t counts = 0;
  std::int16_t last = 0;
  double way_m = 0;
  for (int tick = 0; tick < 400; ++tick) {
    const SensorFrame& frame = simulator.step(drive(150, 150));
    counts += static_cast<std::int16_t>(frame.encoder_left - last);
    last = frame.encoder_left;
    way_m += static_cast<double>(simulator.truth().left_mps) * 0.02;
  }
  EXPECT_NEAR(static_cast<float>(counts) * body::kMetresPerCount, way_m, 0.001);
}

TEST(Simulator, GyroMeasuresTurningToWithinItsBias) {
  Simulator simulator(bare());
  run(simulator, drive(-100, 100), 2);
  double error = 0;
  for (int tick = 0; tick < 500; ++tick) {
    const SensorFrame& frame = simulator.step(drive(-100, 100));
    error += (frame.gyro * kGyroUnit_radps - simulator.truth().yaw_rate_radps) / 500;
  }
  EXPECT_LT(std::abs(error), 0.01);
}

TEST(Simulator, RaysMeasureTheRoom) {
  RobotOptions options;
  options.start = Pose{2.3f, 1.5f, 0};  // 2.0 m from the left wall's face, 1.2 m from the lower one
  Simulator simulator(bare(), options);
  run(simulator, drive(0, 0), 0.1);
  const SensorFrame& frame = simulator.frame();
  // The ray at -67.5 degrees meets the wall 1.2 m below after 1.2 / sin(67.5 deg).
  EXPECT_NEAR(frame.range[3] * kRangeUnit_m, 1.2 / std::sin(67.5 * M_PI / 180) - body::kRadius_m, 0.06);
  EXPECT_EQ(frame.wall_ir, 255);
  options.start = Pose{2.3f, 0.3f + 0.164f + 0.08f, 0};
  Simulator near(bare(), options);
  run(near, drive(0, 0), 0.1);
  EXPECT_NEAR(near.frame().wall_ir, 1000 * ((0.244 / std::sin(70 * M_PI / 180)) - body::kRadius_m), 30);
}

TEST(Simulator, BumperSaysWhereItTouches) {
  for (const auto& [degrees, contacts] :
       {std::pair{0.0, kBumperLeft | kBumperRight}, {-40.0, int{kBumperLeft}}, {40.0, int{kBumperRight}}}) {
    RobotOptions options;
    options.start = Pose{6.0f, 2.3f, static_cast<float>(degrees * M_PI / 180)};  // towards the wall on the right
    Simulator simulator(bare(), options);
    for (int tick = 0; tick < 200 && simulator.frame().contacts == 0; ++tick) simulator.step(drive(200, 200));
    EXPECT_EQ(simulator.frame().contacts, contacts) << degrees;
  }
}

TEST(Simulator, StopsWithoutGoodCommandsAndWhenPowerIsCut) {
  RobotOptions options;
  options.faults = parse_faults("link:loss:3@2");
  options.delay_s = 0;
  Simulator lost(bare(), options);
  run(lost, drive(300, 300), 2);
  EXPECT_GT(lost.truth().speed_mps, 0.25);
  const std::uint16_t sequence = lost.frame().sequence;
  run(lost, drive(300, 300), 0.04);
  EXPECT_TRUE(lost.truth().driver_stopped) << "40 ms after the last good command";
  run(lost, drive(300, 300), 0.6);
  EXPECT_EQ(lost.truth().speed_mps, 0);
  EXPECT_EQ(lost.frame().sequence, sequence) << "nor does a frame come back";

  options.faults = parse_faults("wheel_left:stuck:3@0");
  Simulator cut(bare(), options);
  run(cut, drive(0, 0, kCutPower), 2);
  EXPECT_EQ(cut.truth().left_mps, 0) << "a driver that is stuck at full speed stops when its power is cut";
}

TEST(Simulator, FallsDownStairsForwardsAndBackwards) {
  Home stairs = bare_room();
  for (int y = 6; y < 86; ++y)
    for (int x = 100; x < 126; ++x) stairs.ground[stairs.cell(x, y)] = kDrop;
  finish(stairs);
  const auto home = std::make_shared<const Home>(stairs);
  for (const int speed : {200, -200}) {
    RobotOptions options;
    options.start = Pose{4.5f, 2.0f, speed > 0 ? 0.0f : static_cast<float>(M_PI)};
    Simulator simulator(home, options);
    bool seen = false;
    for (int tick = 0; tick < 500 && !simulator.truth().fallen; ++tick) {
      const SensorFrame& frame = simulator.step(drive(speed, speed));
      seen |= !simulator.truth().fallen && frame.cliff[1] < 60;
    }
    EXPECT_EQ(simulator.tally().falls, 1);
    EXPECT_EQ(seen, speed > 0) << "no cliff sensor looks backwards";
    const int cleaned = simulator.tally().cleaned_cells;
    run(simulator, drive(300, 300), 5);
    EXPECT_EQ(simulator.tally().falls, 1);
    EXPECT_EQ(simulator.tally().cleaned_cells, cleaned) << "it lies at the foot of the stairs";
  }
}

TEST(Simulator, CameraPatchComesOnlyWhenAskedAndFiveTimesASecond) {
  Simulator simulator(bare());
  run(simulator, drive(0, 0), 1);
  EXPECT_FALSE(simulator.patch().has_value());
  int patches = 0;
  for (int tick = 0; tick < 100; ++tick) {
    simulator.step(drive(0, 0, kWantPatch));
    patches += simulator.patch().has_value() ? 1 : 0;
  }
  EXPECT_EQ(patches, 10);
}

TEST(Simulator, SameSeedSameBitsAnotherSeedAnother) {
  const auto home = std::make_shared<const Home>(generate_home(3));
  const auto hash = [&](std::uint64_t seed) {
    Simulator simulator(home, {.seed = seed, .faults = parse_faults("gyro:garbage:1@5"), .cat = true});
    BounceController controller(1);
    for (int tick = 0; tick < 5000; ++tick) simulator.step(controller.step(simulator.frame()));
    return simulator.state_hash();
  };
  EXPECT_EQ(hash(1), hash(1));
  EXPECT_NE(hash(1), hash(2));
  EXPECT_NE(hash(1), hash(std::uint64_t{1} << 40 | 1));
}

TEST(Simulator, RefusesAStartInAWallAndAnImpossibleDelay) {
  RobotOptions options;
  options.start = Pose{0.35f, 2.0f, 0};
  EXPECT_THAT(message_of<ValueError>([&] { Simulator(bare(), options); }),
              HasSubstr("bare_room: the robot does not fit at its start"));
  EXPECT_THAT(message_of<ValueError>([&] { Simulator(bare(), {.delay_s = 0.5f}); }),
              HasSubstr("a delay of 0 to 0.4 s"));
}

}  // namespace
}  // namespace handbuilt::robot_sim
