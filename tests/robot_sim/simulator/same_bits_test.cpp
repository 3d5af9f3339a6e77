// The same seed gives the same bits, however many robots are stepped at once and by however many threads.
#include <gtest/gtest.h>

#include "robot_sim/simulator/simulator.hpp"
#include "robot_sim/simulator/step.hpp"
#include "sample_runs.hpp"

namespace handbuilt::robot_sim {
namespace {

/// The states that a simulator of its own gives each robot.
const std::vector<std::uint64_t>& alone() {
  static const std::vector<std::uint64_t> hashes = [] {
    std::vector<std::uint64_t> all;
    const std::vector<BatchRobot> robots = test::sample_robots();
    for (std::size_t i = 0; i < robots.size(); ++i) {
      Simulator simulator(robots[i].home, robots[i].options);
      WallFollowingController controller = test::sample_controller(i);
      for (int tick = 0; tick < test::kSampleTicks; ++tick) simulator.step(controller.step(simulator.frame()));
      all.push_back(simulator.state_hash());
    }
    return all;
  }();
  return hashes;
}

/// Puts the robots of each home into blocks of W, as many as there are.
template <int W>
void expect_same_bits_in_blocks_of() {
  const std::vector<BatchRobot> robots = test::sample_robots();
  constexpr std::size_t kHomes = 4;
  for (std::size_t home = 0; home < kHomes; ++home) {
    std::vector<std::size_t> here;
    for (std::size_t i = home; i < robots.size(); i += kHomes) here.push_back(i);
    for (std::size_t begin = 0; begin < here.size(); begin += W) {
      std::vector<RobotOptions> options;
      std::vector<WallFollowingController> controllers;
      for (std::size_t k = begin; k < std::min(begin + W, here.size()); ++k) {
        options.push_back(robots[here[k]].options);
        controllers.push_back(test::sample_controller(here[k]));
      }
      const auto block = std::make_unique<Block<W>>(robots[home].home, options);
      std::vector<SensorFrame> frames(W);
      std::vector<CommandFrame> commands(W);
      for (int tick = 0; tick < test::kSampleTicks; ++tick) {
        for (std::size_t k = 0; k < controllers.size(); ++k) commands[k] = controllers[k].step(frames[k]);
        block->step(commands.data(), frames.data());
      }
      for (std::size_t k = 0; k < controllers.size(); ++k)
        ASSERT_EQ(block->state_hash(static_cast<int>(k)), alone()[here[begin + k]])
            << "robot " << here[begin + k] << " in a block of " << W;
    }
  }
}

TEST(SameBits, InBlocksOfTwo) { expect_same_bits_in_blocks_of<2>(); }
TEST(SameBits, InBlocksOfFive) { expect_same_bits_in_blocks_of<5>(); }
TEST(SameBits, InBlocksOfEight) { expect_same_bits_in_blocks_of<8>(); }
TEST(SameBits, InBlocksOfSixtyFour) { expect_same_bits_in_blocks_of<64>(); }

TEST(SameBits, InABatchByOneThreadAndTwo) {
  const std::vector<BatchRobot> robots = test::sample_robots();
  for (const int threads : {1, 2}) {
    std::vector<WallFollowingController> controllers;
    for (std::size_t i = 0; i < robots.size(); ++i) controllers.push_back(test::sample_controller(i));
    Batch batch(robots);
    Workers workers(threads);
    for (int part = 0; part < 3; ++part)
      batch.run(
          test::kSampleTicks / 3,
          [&](int robot, const SensorFrame& frame) { return controllers[static_cast<std::size_t>(robot)].step(frame); },
          workers);
    for (int i = 0; i < batch.size(); ++i)
      ASSERT_EQ(batch.state_hash(i), alone()[static_cast<std::size_t>(i)]) << i << ", " << threads << " threads";
  }
}

TEST(SameBits, SteppingABatchTickByTickIsTheSameAsRunningIt) {
  std::vector<BatchRobot> robots = test::sample_robots();
  std::vector<WallFollowingController> controllers;
  for (std::size_t i = 0; i < robots.size(); ++i) controllers.push_back(test::sample_controller(i));
  Batch batch(robots);
  std::vector<SensorFrame> frames(robots.size());
  std::vector<CommandFrame> commands(robots.size());
  for (int tick = 0; tick < test::kSampleTicks; ++tick) {
    for (std::size_t i = 0; i < robots.size(); ++i) commands[i] = controllers[i].step(frames[i]);
    batch.step(commands, frames);
  }
  for (int i = 0; i < batch.size(); ++i) ASSERT_EQ(batch.state_hash(i), alone()[static_cast<std::size_t>(i)]);
}

TEST(SameBits, TheRunsMeetWhatTheyAreMeantToMeet) {
  // Otherwise the comparisons above compare little.
  Tally all;
  bool cat_rode = false;
  const std::vector<BatchRobot> robots = test::sample_robots();
  for (std::size_t i = 0; i < robots.size(); ++i) {
    Simulator simulator(robots[i].home, robots[i].options);
    WallFollowingController controller = test::sample_controller(i);
    for (int tick = 0; tick < test::kSampleTicks; ++tick) {
      simulator.step(controller.step(simulator.frame()));
      cat_rode |= simulator.truth().cat_on_robot;
    }
    const Tally tally = simulator.tally();
    all.cleaned_cells += tally.cleaned_cells;
    all.hard_collisions += tally.hard_collisions;
    all.cat_bumps += tally.cat_bumps;
    all.brush_stalls += tally.brush_stalls;
    all.runaway_ticks += tally.runaway_ticks;
  }
  EXPECT_GT(all.cleaned_cells, 10000);
  EXPECT_GT(all.hard_collisions, 50);
  EXPECT_GT(all.cat_bumps, 0);
  EXPECT_GT(all.brush_stalls, 0);
  EXPECT_GT(all.runaway_ticks, 0);
  EXPECT_TRUE(cat_rode);
}

}  // namespace
}  // namespace handbuilt::robot_sim
