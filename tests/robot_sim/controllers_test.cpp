// The dumb estimates in the named rooms: the figures that anything cleverer has to beat.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/interval.hpp"
#include "robot_sim/controllers/wall_following.hpp"
#include "robot_sim/simulator/batch.hpp"
#include "robot_sim/world/plain_room.hpp"

namespace handbuilt::robot_sim {
namespace {

/// 8 of the 64 throws of plain_room, 16 starts in each, seeds 1 ... 128: coverage at 1, 2, 3, 5 and 8 times the ideal
/// time.
TEST(BounceController, CoversThePlainRoomAsMeasured) {
  constexpr int kVariants = 8, kStarts = 16, kRobots = kVariants * kStarts;
  constexpr double kTimes[] = {1, 2, 3, 5, 8}, kMeasured[] = {0.425, 0.653, 0.783, 0.910, 0.970};
  std::vector<BatchRobot> robots;
  std::vector<BounceController> controllers;
  for (int variant = 0; variant < kVariants; ++variant) {
    const auto home = std::make_shared<const Home>(plain_room(8 * variant));
    for (int k = 0; k < kStarts; ++k) {
      const auto number = static_cast<std::uint32_t>(robots.size());
      RobotOptions options;
      options.seed = number + 1;
      options.battery_wh = 300;  // the measurement knew no battery
      options.start = plain_room(8 * variant, number).start;
      robots.push_back({home, options});
      controllers.emplace_back(number * 7919u + 1u);
    }
  }
  Batch batch(robots);
  Workers workers;
  std::vector<std::size_t> reached(kRobots);
  std::vector<std::vector<double>> coverage(std::size(kTimes));
  for (double time_s = 10; coverage.back().size() < kRobots; time_s += 10) {
    ASSERT_LT(time_s, 20000);
    batch.run(
        500,
        [&](int robot, const SensorFrame& frame) { return controllers[static_cast<std::size_t>(robot)].step(frame); },
        workers);
    for (int i = 0; i < kRobots; ++i) {
      std::size_t& next = reached[static_cast<std::size_t>(i)];
      if (next == std::size(kTimes) || time_s < kTimes[next] * batch.home(i).ideal_time_s()) continue;
      coverage[next].push_back(static_cast<double>(batch.tally(i).cleaned_cells) / batch.home(i).cleanable_cells);
      ++next;
    }
  }
  for (std::size_t k = 0; k < std::size(kTimes); ++k) {
    const MeanInterval interval = mean_interval(coverage[k]);
    RecordProperty("coverage_at_" + std::to_string(static_cast<int>(kTimes[k])), std::to_string(interval.mean));
    EXPECT_NEAR(interval.mean, kMeasured[k], 0.02)
        << "at " << kTimes[k] << " times the ideal time; 95 % interval " << interval.low << " ... " << interval.high;
  }
}

TEST(WallFollowingController, CoversTheEdgeBandOfTheBareRoom) {
  const auto home = std::make_shared<const Home>(bare_room());
  std::vector<double> edges, all;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Simulator simulator(home, {.seed = seed});
    WallFollowingController controller(static_cast<std::uint32_t>(seed));
    while (simulator.time_s() < 40 * 60) simulator.step(controller.step(simulator.frame()));
    edges.push_back(simulator.cleanliness().edge_coverage);
    all.push_back(simulator.cleanliness().coverage);
  }
  EXPECT_GE(*std::min_element(edges.begin(), edges.end()), 0.95) << "the worst of 20 seeds";
  EXPECT_GE(mean_interval(all).low, 0.95);
}

TEST(WallFollowingController, CleansEdgesThatBouncingWithoutItsSideBrushLeaves) {
  const auto home = std::make_shared<const Home>(bare_room());
  std::vector<double> gain;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Simulator bouncing(home, {.seed = seed}), following(home, {.seed = seed});
    BounceController bounce(static_cast<std::uint32_t>(seed));
    WallFollowingController follow(static_cast<std::uint32_t>(seed));
    while (bouncing.time_s() < 10 * 60) {
      bouncing.step(bounce.step(bouncing.frame()));
      following.step(follow.step(following.frame()));
    }
    gain.push_back(following.cleanliness().edge_coverage - bouncing.cleanliness().edge_coverage);
  }
  EXPECT_GT(mean_interval(gain).low, 0);
}

TEST(BounceController, BacksOffFromACliff) {
  SensorFrame frame;
  frame.sequence = 1;
  for (std::uint8_t& light : frame.cliff) light = 200;
  BounceController controller;
  EXPECT_GT(controller.step(frame).left, 0);
  frame.cliff[2] = 10;
  const CommandFrame command = controller.step(frame);
  EXPECT_LT(command.left, 0);
  EXPECT_LT(command.right, 0);
}

}  // namespace
}  // namespace handbuilt::robot_sim
