#include "robot_sim/run/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <string>

#include "core/error.hpp"
#include "robot_sim/run/picture.hpp"
#include "robot_sim/run/report_json.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::DoubleNear;
using ::testing::HasSubstr;

RunSetup setup_of(const std::string& home, double minutes, const std::string& faults = "") {
  RunSetup setup;
  setup.home = std::make_shared<const Home>(home_named(home));
  setup.minutes = minutes;
  setup.options.faults = parse_faults(faults);
  return setup;
}

TEST(Run, TellsTheSameTwiceAndSomethingElseForAnotherSeed) {
  RunSetup setup = setup_of("3", 5, "gyro:garbage:2@60");
  setup.options.cat = true;
  const std::string first = to_json(run(setup).report);
  EXPECT_EQ(to_json(run(setup).report), first);
  setup.options.seed = 2;
  EXPECT_NE(to_json(run(setup).report), first);
}

TEST(Run, ReplaysToTheSameReportAndTheSameDirt) {
  const test::TemporaryFolder folder;
  for (const std::string controller : {"bounce", "wall_following"}) {
    RunSetup setup = setup_of("7", 4, "wheel_left:weak:2@30-90,link:loss:2@100");
    setup.controller = controller;
    const RunResult live = run(setup, folder / "run.trace");
    const RunResult replayed = replay_run(read_trace(folder / "run.trace"));
    EXPECT_EQ(to_json(replayed.report), to_json(live.report));
    EXPECT_EQ(replayed.simulator.state_hash(), live.simulator.state_hash());
  }
}

TEST(Run, TogetherTellsWhatEachTellsAlone) {
  std::vector<RunSetup> setups;
  for (const char* faults : {"", "gyro:garbage:2@60", "camera:stuck:2@10", "wheel_left:weak:3@20-90", "link:loss:2@5"})
    for (const char* home : {"3", "bare_room"}) {
      setups.push_back(setup_of(home, 3, faults));
      setups.back().options.seed = setups.size();
      setups.back().options.cat = setups.size() % 2 == 0;
      setups.back().controller = setups.size() % 3 == 0 ? "wall_following" : "bounce";
    }
  const std::vector<RunReport> together = run_together(setups);
  ASSERT_EQ(together.size(), setups.size());
  for (std::size_t i = 0; i < setups.size(); ++i) EXPECT_EQ(to_json(together[i]), to_json(run(setups[i]).report)) << i;
  setups.back().minutes = 2;
  EXPECT_THROW((void)run_together(setups), ValueError);
  EXPECT_THROW((void)run_together({}), ValueError);
}

TEST(Run, CountsAgreeWithEachOther) {
  const RunResult result = run(setup_of("bare_room", 25));
  const RunReport& report = result.report;
  EXPECT_DOUBLE_EQ(report.simulated_s, 1500);
  // 6 x 4 m but for what no brush reaches in the corners.
  EXPECT_THAT(report.cleanable_m2, DoubleNear(23.9, 0.2));
  EXPECT_THAT(report.ideal_time_s, DoubleNear(report.cleanable_m2 / 0.084, 1e-3));
  EXPECT_THAT(std::accumulate(report.seconds_in_mode.begin(), report.seconds_in_mode.end(), 0.0),
              DoubleNear(1500, 1e-6));
  EXPECT_GT(report.seconds_in_mode[0], 750) << "it drives straight on most of the time";
  EXPECT_THAT(report.overlap * report.tally.cleaned_cells * 0.05 * 0.05,
              DoubleNear(report.tally.distance_m * 0.28, 1e-3));
  // Coverage only grows, and its marks lie on the curve.
  ASSERT_EQ(report.curve.size(), 301u);
  for (std::size_t i = 1; i < report.curve.size(); ++i)
    EXPECT_GE(report.curve[i].coverage, report.curve[i - 1].coverage);
  for (std::size_t mark = 0; mark < kCoverageMarks.size(); ++mark) {
    const auto sample = static_cast<std::size_t>(kCoverageMarks[mark] * report.ideal_time_s / 5);
    ASSERT_TRUE(report.coverage_at[mark]) << mark;
    EXPECT_GE(*report.coverage_at[mark], report.curve[sample].coverage);
    EXPECT_LE(*report.coverage_at[mark], report.curve[sample + 1].coverage);
  }
  EXPECT_EQ(report.curve.back().coverage, report.cleanliness.coverage);
  EXPECT_FALSE(run(setup_of("bare_room", 1)).report.coverage_at[0]);
}

TEST(Run, TellsHowItEnded) {
  EXPECT_EQ(run(setup_of("bare_room", 3)).report.outcome, "time_over");
  EXPECT_EQ(run(setup_of("bare_room", 3, "wheel_left:stuck:1@60,wheel_right:stuck:1@60")).report.outcome, "stuck");
  RunSetup weak = setup_of("bare_room", 3);
  weak.options.battery_wh = 0.1f;
  EXPECT_EQ(run(weak).report.outcome, "battery_empty");
}

/// A command that suspects something.
CommandFrame suspecting(int component, int type) {
  CommandFrame command;
  command.suspect_component = static_cast<std::uint8_t>(component);
  command.suspect_type = static_cast<std::uint8_t>(type);
  return command;
}

TEST(RunMonitor, TellsDetectionsFromFalseAlarms) {
  const auto home = std::make_shared<const Home>(home_named("bare_room"));
  const RobotOptions options{.faults = parse_faults("gyro:off@2-4")};
  Simulator simulator(home, options);
  RunMonitor monitor(*home, options, "scripted");
  const int gyro = static_cast<int>(Component::kGyro) + 1, off = static_cast<int>(FaultType::kOff) + 1;
  for (int tick = 0; tick < 300; ++tick) {
    CommandFrame command;
    if (tick >= 25 && tick < 35) command = suspecting(gyro, 0);      // at 0.5 s: too early
    if (tick >= 125 && tick < 150) command = suspecting(gyro, off);  // at 2.5 s: rightly
    if (tick >= 250) command = suspecting(1, 0);                     // at 5 s: it was over
    simulator.step(command);
    monitor.observe(command, simulator);
  }
  const RunReport report = monitor.report(simulator);
  EXPECT_EQ(report.false_alarms, 2);
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_EQ(report.faults[0].detected_at_s, 2.5);
  EXPECT_EQ(report.faults[0].isolated_as, "encoder_left:unknown");
}

TEST(RunJson, HasTheFieldsThatItsReadmeTells) {
  const auto json = nlohmann::json::parse(to_json(run(setup_of("5", 1, "battery:off@10,gyro:off@20-30")).report));
  std::set<std::string> fields;
  for (const auto& [name, value] : json.items()) fields.insert(name);
  EXPECT_EQ(fields,
            (std::set<std::string>{"schema",       "home",         "controller",      "seed",           "simulated_s",
                                   "ideal_time_s", "cleanable_m2", "coverage",        "edge_coverage",  "coverage_at",
                                   "overlap",      "distance_m",   "hard_collisions", "max_impact_mps", "falls",
                                   "smears",       "runaway_s",    "brush_stalls",    "cat_bumps",      "stuck_s",
                                   "energy_j",     "modes",        "faults",          "false_alarms",   "board",
                                   "outcome"}));
  EXPECT_EQ(json["schema"], "handbuilt/robot-run/v1");
  EXPECT_EQ(json["faults"][0]["fault"], "battery:off@10");
  EXPECT_EQ(json["faults"][0]["ended_at"], nullptr);
  EXPECT_EQ(json["faults"][1]["ended_at"], 30);
  EXPECT_EQ(json["faults"][1]["detected_at"], nullptr);  // bounce suspects nothing
}

TEST(Run, RefusesWhatItCannotRun) {
  EXPECT_THAT(message_of<ValueError>([] { run(setup_of("bare_room", 0)); }), HasSubstr("minutes, got 0"));
  EXPECT_THAT(message_of<ValueError>([] { run(setup_of("bare_room", 1e9)); }), HasSubstr("at most 1e6 minutes"));
  EXPECT_THAT(message_of<ValueError>([] { setup_of("villa", 1); }), HasSubstr("got \"villa\""));
  EXPECT_THAT(message_of<ValueError>([] { setup_of("plain_room:64", 1); }), HasSubstr("got \"plain_room:64\""));
  RunSetup setup = setup_of("bare_room", 1);
  setup.controller = "genius";
  EXPECT_THAT(message_of<ValueError>([&] { run(setup); }),
              AllOf(HasSubstr("bounce, wall_following"), HasSubstr("got \"genius\"")));
}

TEST(RunPicture, ShowsDirtWhereItIsAndCleanFloorWhereItWasCleaned) {
  const RunResult result = run(setup_of("bare_room", 2));
  const Home& home = result.simulator.home();
  const HomeView view(home, 700, 700);
  const plot::DisplayList page = draw_home(home, view, [&](int x, int y) { return result.simulator.dirty(x, y); });
  const auto& image = std::get<plot::Image>(page.items.front());
  const int scale = image.columns / view.width;
  int clean = 0, dirty = 0;
  for (int y = 0; y < home.height; ++y)
    for (int x = 0; x < home.width; ++x) {
      if (!home.cleanable.get(x, y)) continue;
      // The darkest of a cell's pixels: grains of dirt are there or not.
      int darkest = 255;
      for (int v = 0; v < scale; ++v)
        for (int u = 0; u < scale; ++u) {
          const int column = (x - view.left) * scale + u, row = image.rows - 1 - ((y - view.bottom) * scale + v);
          darkest = std::min<int>(darkest, image.rgb[static_cast<std::size_t>(3 * (row * image.columns + column) + 2)]);
        }
      EXPECT_EQ(darkest < 200, result.simulator.dirty(x, y)) << x << ", " << y;
      ++(result.simulator.dirty(x, y) ? dirty : clean);
    }
  EXPECT_GT(clean, 500);
  EXPECT_GT(dirty, 500);
}

}  // namespace
}  // namespace handbuilt::robot_sim
