#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "robot_sim/situations/escape.hpp"
#include "robot_sim/situations/novelty_experiment.hpp"
#include "robot_sim/situations/recall_experiment.hpp"
#include "robot_sim/situations/window.hpp"

namespace handbuilt::robot_sim {
namespace {

Eigen::Index column(const std::string& name) {
  const auto& columns = window_columns();
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const WindowColumn& column) { return column.name == name; });
  EXPECT_NE(found, columns.end()) << name;
  return found - columns.begin();
}

TEST(Window, HoldsWhatTheFramesSaidInTheUnitsOfItsNames) {
  WindowRecorder recorder(50);
  SensorFrame frame;
  CommandFrame command;
  command.left = command.right = 300;
  bool whole = false;
  for (int tick = 0; tick <= 50; ++tick) {
    ASSERT_FALSE(whole);
    frame.sequence = static_cast<std::uint16_t>(tick + 1);
    frame.encoder_left = static_cast<std::int16_t>(32760 + 12 * tick);  // wraps around on the way
    frame.encoder_right = static_cast<std::int16_t>(12 * tick);
    frame.gyro = 2048;  // 0.5 rad/s that the wheels know nothing of
    frame.range[1] = static_cast<std::uint8_t>(200 - tick / 2);
    frame.range[0] = frame.range[2] = frame.range[3] = 255;
    frame.contacts = tick > 40 ? kBumperLeft : 0;
    frame.current_right = -250;
    command.sequence = static_cast<std::uint16_t>(frame.sequence + 5);
    frame.command_sequence = frame.sequence;
    whole = recorder.add(frame, command);
  }
  ASSERT_TRUE(whole);
  const VectorD& row = recorder.row();
  ASSERT_EQ(row.size(), std::ssize(window_columns()));
  const double speed = 12 * 0.00044147 * 50;  // counts a tick, metres a count, ticks a second
  EXPECT_NEAR(row[column("speed_mps")], speed, 1e-4);
  EXPECT_NEAR(row[column("following_left_mps")], 0.3 - speed, 1e-4);
  EXPECT_NEAR(row[column("turning_radps")], 0, 1e-9);
  EXPECT_NEAR(row[column("gyro_minus_wheels_radps")], 0.5, 1e-9);
  EXPECT_NEAR(row[column("gyro_minus_wheels_spread_radps")], 0.5, 1e-9);
  EXPECT_NEAR(row[column("current_right_a")], 0.25, 1e-9);
  EXPECT_NEAR(row[column("range_left_m")], 2.04, 1e-9);
  EXPECT_NEAR(row[column("range_front_left_m")], 1.6 - 0.1, 0.01);
  // 25 steps of 8 mm in a second, and the wheels' way along the ray.
  EXPECT_NEAR(row[column("closing_mps")], 0.2 - speed / 0.92388, 1e-3);
  EXPECT_NEAR(row[column("bumper_left")], 0.2, 1e-9);
  EXPECT_NEAR(row[column("command_age_s")], 0.1, 1e-9);
  EXPECT_NEAR(row[column("repeated")], 0, 1e-9);
}

TEST(Window, ColumnsHaveDifferentNamesAndAWindowTwoTicks) {
  std::set<std::string> names;
  for (const WindowColumn& one : window_columns()) names.insert(one.name);
  EXPECT_EQ(names.size(), window_columns().size());
  EXPECT_THROW(WindowRecorder(1), ValueError);
}

TEST(StrangeHomes, AreWhatTheirNamesSay) {
  const auto count = [](Kind kind, auto&& holds) {
    const auto home = home_of_kind(kind, 3);
    return std::count_if(home->ground.begin(), home->ground.end(), holds);
  };
  const auto rug = [](std::uint8_t ground) { return (ground & kRug) != 0; };
  const auto clutter = [](std::uint8_t ground) { return (ground & kClutterBits) != 0; };
  const auto drop = [](std::uint8_t ground) { return (ground & kDrop) != 0; };
  const auto solid = [](std::uint8_t ground) { return (ground & kObstacle) != 0; };
  EXPECT_EQ(count(Kind::kOrdinary, rug) + count(Kind::kOrdinary, clutter) + count(Kind::kOrdinary, drop), 0);
  EXPECT_GT(count(Kind::kRug, rug), 5000);
  EXPECT_GT(count(Kind::kSkittles, clutter), 1000);
  EXPECT_GT(count(Kind::kStairs, drop), 100);
  EXPECT_GT(count(Kind::kLegs, solid), count(Kind::kOrdinary, solid) + 50);
  for (const Kind kind : kStrangeKinds) EXPECT_LE(faults_of_kind(kind).size(), 1u) << name_of(kind);
  EXPECT_EQ(faults_of_kind(Kind::kGyroStuck).size(), 1u);
}

TEST(Escape, GainIsTheWayDrivenUntilTheNextBump) {
  const auto home = std::make_shared<const Home>(bare_room(4, 3));
  const std::vector<Bump> bumps = drive_and_escape(home, 1, 120, [](const VectorD&, const Pose&) { return 5; });
  ASSERT_GT(bumps.size(), 5u);
  for (const Bump& bump : bumps) {
    EXPECT_EQ(bump.sensed.size(), std::ssize(bump_columns()));
    EXPECT_EQ(bump.action, 5);
    EXPECT_GE(bump.gain_m, 0);
    EXPECT_LE(bump.gain_m, 8 * 0.306);
    EXPECT_EQ(bump.sensed[5] + bump.sensed[6] > 0, true);  // a bumper was pressed
  }
}

TEST(NoveltyExperiment, TellsStrangeFromOrdinaryInHomesThatAreNew) {
  const NoveltyResult result = judge_novelty(
      record_windows({.train_homes = 8, .calibration_homes = 4, .test_homes = 4, .seconds = 300, .seed = 2}), {});
  EXPECT_EQ(result.kinds.size(), std::size(kStrangeKinds));
  EXPECT_GT(result.auroc, 0.9);
  EXPECT_LT(result.false_alarms.mean, 0.2);
  for (const NoveltyOfKind& kind : result.kinds) {
    const bool plain = kind.kind == Kind::kRug || kind.kind == Kind::kSkittles || kind.kind == Kind::kGyroStuck;
    if (plain) {
      EXPECT_GT(kind.auroc, 0.98) << name_of(kind.kind);
    }
  }
}

TEST(RecallExperiment, LikenessHelpsInHomesThatAreNewAndPlacesDoNot) {
  const RecallExperiment experiment{
      .public_homes = 6, .held_out_homes = 8, .train_seconds = 900, .test_seconds = 400, .seed = 2};
  const RecallResult result = run_recall_experiment(experiment);
  const auto method = [&](const char* name) {
    return *std::find_if(result.methods.begin(), result.methods.end(),
                         [&](const MethodResult& one) { return one.name == name; });
  };
  EXPECT_GT(method("recall").held_out_over_random.low, 0);
  EXPECT_GT(method("recall").in_held_out.mean, method("place").in_held_out.mean);
}

}  // namespace
}  // namespace handbuilt::robot_sim
