// Runs the sample robots one by one and sixteen at a time and prints one number for all their states, so that the
// simulator built by one compiler can be compared with that built by another.
#include <cstdio>

#include "robot_sim/simulator/simulator.hpp"
#include "sample_runs.hpp"

int main() {
  using namespace handbuilt::robot_sim;
  const std::vector<BatchRobot> robots = test::sample_robots();
  std::uint64_t scalar = 0, batched = 0;
  for (std::size_t i = 0; i < robots.size(); ++i) {
    Simulator simulator(robots[i].home, robots[i].options);
    WallFollowingController controller = test::sample_controller(i);
    for (int tick = 0; tick < test::kSampleTicks; ++tick) simulator.step(controller.step(simulator.frame()));
    scalar = scalar * 31 + simulator.state_hash();
  }
  std::vector<WallFollowingController> controllers;
  for (std::size_t i = 0; i < robots.size(); ++i) controllers.push_back(test::sample_controller(i));
  Batch batch(robots);
  handbuilt::Workers workers(1);
  batch.run(
      test::kSampleTicks,
      [&](int robot, const SensorFrame& frame) { return controllers[static_cast<std::size_t>(robot)].step(frame); },
      workers);
  for (int i = 0; i < batch.size(); ++i) batched = batched * 31 + batch.state_hash(i);
  std::printf("%016llx %016llx\n", static_cast<unsigned long long>(scalar), static_cast<unsigned long long>(batched));
  return scalar == batched ? 0 : 1;
}
