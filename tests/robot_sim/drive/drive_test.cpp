// A human at the stick, without a window: what keys and sticks mean, that the delay is felt, that the machine beside
// runs as it would alone, and that the trace is the run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "robot_sim/drive/race.hpp"
#include "robot_sim/run/report_json.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::HasSubstr;

RunSetup setup_of(double minutes, double delay_s = 0.1, const std::string& faults = "") {
  RunSetup setup;
  setup.home = std::make_shared<const Home>(home_named("3"));
  setup.minutes = minutes;
  setup.options.delay_s = static_cast<float>(delay_s);
  setup.options.faults = parse_faults(faults);
  return setup;
}

TEST(Driver, KeysAndSticksMeanWhatTheyShow) {
  EXPECT_EQ(push_of_keys(true, false, false, false).ahead, 1);
  EXPECT_EQ(push_of_keys(false, true, true, false).ahead, -1);
  EXPECT_EQ(push_of_keys(false, true, true, false).left, 1);
  EXPECT_EQ(push_of_keys(true, true, true, true).ahead, 0);
  EXPECT_EQ(push_of_stick(0.1, -0.1).ahead, 0) << "near its middle a stick means nothing";
  EXPECT_EQ(push_of_stick(0.1, -0.1).left, 0);
  EXPECT_DOUBLE_EQ(push_of_stick(0, 1).ahead, 1);
  EXPECT_DOUBLE_EQ(push_of_stick(1, 0).left, -1);
  EXPECT_LT(push_of_stick(0, 0.5).ahead, push_of_stick(0, 0.6).ahead);
}

TEST(Driver, SpeedFollowsAtItsRateAndNoFaster) {
  Driver driver;
  int last = 0;
  for (int tick = 0; tick < 40; ++tick) {
    const CommandFrame command = driver.step({1, 0});
    EXPECT_EQ(command.sequence, tick + 1);
    EXPECT_EQ(command.left, command.right);
    EXPECT_GE(command.left, last);
    EXPECT_LE(command.left - last, std::lround(1000 * Driver::kSpeedRate_mps2 * 0.02) + 1);
    last = command.left;
  }
  EXPECT_EQ(last, std::lround(1000 * Driver::kTopSpeed_mps));
  for (int tick = 0; tick < 40; ++tick) driver.step({0, 1});
  const CommandFrame turning = driver.step({std::nan(""), 7});
  EXPECT_EQ(turning.left, -turning.right);
  EXPECT_NEAR(turning.right, 1000 * 0.5 * 0.233 * Driver::kTopTurn_radps, 1);
}

TEST(Race, TheDelayIsFelt) {
  // The first tick in which the wheels turn, for delays of 0, 5 and 20 ticks.
  const auto first_turn = [](double delay_s) {
    Race race(setup_of(0.1, delay_s), {});
    while (race.simulator().truth().left_mps == 0 && race.step({1, 0})) {
    }
    return static_cast<int>(race.tick());
  };
  const int at_once = first_turn(0);
  EXPECT_LE(at_once, 3);
  EXPECT_EQ(first_turn(0.1) - at_once, 5);
  EXPECT_EQ(first_turn(0.4) - at_once, 20);
}

TEST(Race, DrivingForwardsCoversGroundAndStandingStillDoesNot) {
  Race drives(setup_of(0.1), {}), stands(setup_of(0.1), {});
  while (drives.step({1, 0.1})) stands.step({0, 0});
  EXPECT_GT(drives.result().report.tally.distance_m, 0.8);
  EXPECT_LT(stands.result().report.tally.distance_m, 0.01);
  EXPECT_GT(drives.standings()[0].cleanliness.coverage, 2 * stands.standings()[0].cleanliness.coverage);
}

TEST(Race, TheMachineBesideRunsAsItDoesAlone) {
  RunSetup setup = setup_of(2, 0.1, "gyro:garbage:2@10");
  setup.options.cat = true;
  Race race(setup, {"bounce", "wall_following"});
  for (int tick = 0; race.step({tick % 300 < 200 ? 1.0 : -0.5, std::sin(tick * 0.01)}); ++tick) {
  }
  EXPECT_TRUE(race.over());
  const std::vector<RunReport> rivals = race.rivals();
  ASSERT_EQ(rivals.size(), 2u);
  for (const RunReport& rival : rivals) {
    setup.controller = rival.controller;
    EXPECT_EQ(to_json(rival), to_json(run(setup).report));
  }
  const std::vector<Race::Standing> standings = race.standings();
  ASSERT_EQ(standings.size(), 3u);
  EXPECT_EQ(standings[2].cleanliness.coverage, rivals[1].cleanliness.coverage);
  EXPECT_EQ(standings[0].curve->size(), 25u);
  EXPECT_THAT(compared(race), ::testing::AllOf(HasSubstr("you "), HasSubstr("bounce "), HasSubstr("wall_following ")));
}

TEST(Race, ItsTraceReplaysToTheSameRunCatIncluded) {
  const test::TemporaryFolder folder;
  Race race(setup_of(1, 0.2, "wheel_left:weak:2@20"), {"bounce"}, folder / "human.trace");
  EXPECT_FALSE(std::filesystem::exists(folder / "human.trace")) << "nobody has driven yet";
  for (int tick = 0; tick < 2000; ++tick) {
    if (tick == 700) race.drop_cat();
    race.step({0.8, std::sin(tick * 0.02)});
  }
  race.finish();
  const RunResult live = race.result(), replayed = replay_run(read_trace(folder / "human.trace"));
  EXPECT_EQ(replayed.simulator.state_hash(), live.simulator.state_hash());
  EXPECT_EQ(to_json(replayed.report), to_json(live.report));
  EXPECT_EQ(live.report.controller, "human");
}

TEST(Race, RefusesWhatIsNoRace) {
  EXPECT_THAT(message_of<ValueError>([] { Race(setup_of(0), {}); }), HasSubstr("--minutes: expected more than 0"));
  EXPECT_THAT(message_of<ValueError>([] { Race(setup_of(1), {"nobody"}); }), HasSubstr("expected a controller"));
}

}  // namespace
}  // namespace handbuilt::robot_sim
