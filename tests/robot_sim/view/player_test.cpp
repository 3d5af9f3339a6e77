#include "robot_sim/view/player.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "robot_sim/run/report_json.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::HasSubstr;

RunSetup setup_of(const std::string& home, double minutes, const std::string& faults = "") {
  RunSetup setup;
  setup.home = std::make_shared<const Home>(home_named(home));
  setup.controller = "wall_following";
  setup.minutes = minutes;
  setup.options.faults = parse_faults(faults);
  setup.options.cat = true;
  return setup;
}

std::uint64_t hash_at(Player& player, std::uint32_t tick) {
  player.seek(tick);
  return player.simulator().state_hash();
}

TEST(Player, StepsToTheSameBitsAsARun) {
  const RunSetup setup = setup_of("7", 1, "range_left:garbage:2@20");
  Player player(setup);
  while (player.step()) {
  }
  EXPECT_EQ(player.tick(), 3000u);
  const RunResult run_whole = run(setup);
  EXPECT_EQ(player.simulator().state_hash(), run_whole.simulator.state_hash());
  EXPECT_EQ(to_json(player.result().report), to_json(run_whole.report));
}

TEST(Player, SeeksToTheSameBitsInAnyOrder) {
  Player steps(setup_of("7", 1.5)), leaps(setup_of("7", 1.5));
  std::vector<std::uint64_t> hashes;
  for (int tick = 0; tick <= 4000; ++tick) {
    hashes.push_back(steps.simulator().state_hash());
    steps.step();
  }
  for (const std::uint32_t tick : {4000u, 0u, 1234u, 1233u, 500u, 499u, 501u, 3999u, 1u})
    EXPECT_EQ(hash_at(leaps, tick), hashes[tick]) << tick;
  EXPECT_EQ(leaps.known(), 4000u);
  leaps.seek(1'000'000);
  EXPECT_EQ(leaps.tick(), 4500u);
  EXPECT_FALSE(leaps.step());
}

TEST(Player, AFaultInjectedNowIsThereFromTheNextStepOn) {
  Player player(setup_of("bare_room", 1));
  player.seek(500);
  player.inject({Component::kBattery, FaultType::kOff, 1});
  EXPECT_TRUE(player.simulator().active_faults().empty());
  player.step();
  ASSERT_EQ(player.simulator().active_faults().size(), 1u);
  EXPECT_EQ(player.simulator().frame().battery, 0);
  EXPECT_EQ(to_string(player.simulator().active_faults()), "battery:off@10");
  ASSERT_EQ(player.timeline().faults().size(), 1u);
  EXPECT_EQ(player.branch(), 1) << "nothing was known beyond, so nothing was forgotten";
}

TEST(Player, AFaultThatEndsIsGoneAfterIt) {
  Player player(setup_of("bare_room", 1));
  player.seek(100);
  player.inject({Component::kBattery, FaultType::kOff, 1, 0, 3});
  EXPECT_EQ(to_string({player.timeline().faults().front().fault}), "battery:off@2-5");
  player.seek(251);
  EXPECT_TRUE(player.simulator().active_faults().empty());
  player.seek(250);
  EXPECT_EQ(player.simulator().active_faults().size(), 1u);
}

TEST(Player, ChangingThePastForgetsWhatCameAfterAndComputesItAnew) {
  Player player(setup_of("7", 2));
  player.seek(5000);
  const std::uint64_t before = hash_at(player, 2690), after = hash_at(player, 5000);
  player.seek(4000);
  player.inject({Component::kGyro, FaultType::kOff, 1});
  player.seek(2690);  // between two moments that are kept
  player.inject({Component::kWheelLeft, FaultType::kWeak, 3});
  EXPECT_EQ(player.branch(), 3);
  EXPECT_EQ(player.known(), 2690u);
  ASSERT_EQ(player.timeline().faults().size(), 1u) << "the fault at 80 s belonged to what is forgotten";
  EXPECT_EQ(player.simulator().state_hash(), before);
  EXPECT_NE(hash_at(player, 5000), after);

  // The same as if it had been so from the beginning.
  Player planned(setup_of("7", 2, "wheel_left:weak:3@53.8"));
  EXPECT_EQ(hash_at(player, 5000), hash_at(planned, 5000));
}

TEST(Player, TheCatDroppedOnItRidesForTenSeconds) {
  RunSetup setup = setup_of("bare_room", 1);
  setup.options.cat = false;
  Player player(setup);
  player.seek(300);
  player.drop_cat();
  EXPECT_FALSE(player.simulator().truth().cat_here);
  player.step();
  EXPECT_TRUE(player.simulator().truth().cat_on_robot);
  player.seek(700);
  EXPECT_TRUE(player.simulator().truth().cat_on_robot);
  player.seek(299);
  EXPECT_FALSE(player.simulator().truth().cat_here);
  player.seek(302);
  EXPECT_TRUE(player.simulator().truth().cat_on_robot);
  ASSERT_FALSE(player.timeline().incidents().empty());
  EXPECT_EQ(player.timeline().incidents().front().tick, 300u);
  EXPECT_EQ(player.timeline().incidents().front().kind, Timeline::Incident::Kind::cat_dropped);
}

TEST(Player, EveryBranchLeavesATraceThatReplays) {
  const test::TemporaryFolder folder;
  Player player(setup_of("7", 2), folder / "run.trace");
  player.seek(1000);
  player.inject({Component::kRangeLeft, FaultType::kStuck, 3});
  player.seek(3000);
  const std::uint64_t first = player.simulator().state_hash();
  player.seek(1500);
  player.drop_cat();
  player.seek(2777);
  const std::uint64_t second = player.simulator().state_hash();
  player.seek(10);
  player.finish();
  EXPECT_EQ(player.tick(), 10u);

  const Trace whole = read_trace(folder / "run.trace"), branch = read_trace(folder / "run-2.trace");
  EXPECT_TRUE(whole.complete);
  EXPECT_EQ(replay_run(whole).simulator.state_hash(), first);
  EXPECT_EQ(whole.ticks, 3000u);
  EXPECT_EQ(replay_run(branch).simulator.state_hash(), second);
  EXPECT_EQ(branch.ticks, 2777u);
  EXPECT_EQ(replay_run(branch).report.faults.size(), 1u);
}

TEST(Player, ShowsATraceTickByTickAndLeavesItsFileAlone) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder / "run.trace";
  Player live(setup_of("7", 2, "gyro:wrong:1@30"), path);
  live.seek(700);
  live.inject({Component::kWheelRight, FaultType::kWeak, 2, 0, 20});
  live.drop_cat();
  live.seek(5000);
  live.finish();
  const std::string bytes = read_file(path);

  Player seen(read_trace(path));
  EXPECT_EQ(seen.known(), 5000u);
  EXPECT_EQ(seen.end(), 5000u);
  EXPECT_EQ(seen.tick(), 0u);
  for (const std::uint32_t tick : {4321u, 700u, 701u, 1800u, 0u}) {
    EXPECT_EQ(hash_at(seen, tick), hash_at(live, tick)) << tick;
    EXPECT_EQ(seen.observer().reckoned().x_m, live.observer().reckoned().x_m) << tick;
  }
  EXPECT_EQ(seen.timeline().faults().size(), 2u);
  EXPECT_EQ(seen.timeline().modes().size(), live.timeline().modes().size());
  EXPECT_EQ(seen.timeline().incidents().size(), live.timeline().incidents().size());
  EXPECT_EQ(to_json(seen.result().report), to_json(live.result().report));

  // Its controller is the one that it names, so it can be changed; the file cannot.
  seen.seek(1000);
  ASSERT_TRUE(seen.can_change());
  seen.inject({Component::kDirt, FaultType::kOff, 1});
  live.seek(1000);
  live.inject({Component::kDirt, FaultType::kOff, 1});
  EXPECT_EQ(hash_at(seen, 3000), hash_at(live, 3000));
  EXPECT_EQ(read_file(path), bytes);
}

/// Drives as no controller of a name would.
struct Circling {
  CommandFrame step(const SensorFrame&) {
    CommandFrame command;
    command.left = 100;
    command.right = 200;
    command.mode = static_cast<std::uint8_t>(ticks++ / 100);
    return command;
  }
  int ticks = 0;
};

TEST(Player, ATraceOfAnotherControllerCanBeSeenButNotChanged) {
  const test::TemporaryFolder folder;
  {
    Player live(setup_of("bare_room", 1), Controller(Circling{}), folder / "run.trace");
    live.seek(1000);
    live.finish();
  }
  Player seen(read_trace(folder / "run.trace"));
  seen.seek(400);
  EXPECT_FALSE(seen.can_change());
  EXPECT_THAT(message_of<ValueError>([&] { seen.drop_cat(); }), HasSubstr("cannot be changed"));
  EXPECT_EQ(seen.timeline().modes().size(), 10u);
  EXPECT_EQ(seen.timeline().mode_at(399), 3);
  EXPECT_EQ(seen.timeline().mode_at(400), 4);
}

TEST(Player, RefusesFaultsThatDoNotExistAndTimesThatMakeNoSense) {
  Player player(setup_of("bare_room", 1));
  EXPECT_THAT(message_of<ValueError>([&] {
                player.inject({Component::kGyro, FaultType::kMass, 1});
              }),
              HasSubstr("gyro:mass:1"));
  EXPECT_THAT(message_of<ValueError>([&] {
                player.inject({Component::kGyro, FaultType::kOff, 2});
              }),
              HasSubstr("gyro:off:2"));
  EXPECT_THAT(message_of<ValueError>([&] {
                player.inject({Component::kBoard, FaultType::kHang, 1});
              }),
              HasSubstr("board:hang"));
  EXPECT_TRUE(player.timeline().faults().empty());
  player.seek(player.end());
  EXPECT_THAT(message_of<ValueError>([&] { player.drop_cat(); }), HasSubstr("over"));
  EXPECT_THAT(message_of<ValueError>([] { Player(setup_of("bare_room", 0)); }), HasSubstr("minutes to watch, got 0"));
}

TEST(Player, SeeksAnywhereIn40MinutesInUnderASecond) {
  using Clock = std::chrono::steady_clock;
  Player player(setup_of("7", 40));
  double slowest_s = 0;
  for (const std::uint32_t tick : {120'000u, 1u, 60'499u, 119'999u, 60'000u, 30'250u}) {
    const auto begin = Clock::now();
    player.seek(tick);
    slowest_s = std::max(slowest_s, std::chrono::duration<double>(Clock::now() - begin).count());
  }
  RecordProperty("slowest_s", std::to_string(slowest_s));
  EXPECT_LT(slowest_s, 1.0);
}

TEST(Timeline, CoverageGrowsAndModesCoverTheWholeRun) {
  Player player(setup_of("bare_room", 3));
  player.seek(player.end());
  const Timeline& timeline = player.timeline();
  ASSERT_EQ(timeline.curve().size(), player.end() / Timeline::kCurveTicks + 1);
  EXPECT_EQ(timeline.curve().front().coverage, 0);
  EXPECT_EQ(timeline.curve().back().coverage, player.simulator().cleanliness().coverage);
  ASSERT_FALSE(timeline.modes().empty());
  EXPECT_EQ(timeline.modes().front().tick, 0u);
  for (std::size_t i = 1; i < timeline.modes().size(); ++i)
    EXPECT_NE(timeline.modes()[i].mode, timeline.modes()[i - 1].mode);
}

}  // namespace
}  // namespace handbuilt::robot_sim
