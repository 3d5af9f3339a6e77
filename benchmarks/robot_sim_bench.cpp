// How many steps of 20 ms the robot simulator makes a second. All sensors at 50 Hz, clutter, a cat in every home, and
// faults compiled in (every fourth robot has one); the camera is asked for by nobody.
//
//   ./course bench robot_sim
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/simulator/batch.hpp"
#include "robot_sim/world/home_generator.hpp"

namespace handbuilt::robot_sim {
namespace {

constexpr int kHomes = 8, kRobots = 1024, kTicksPerRun = 200;

std::vector<BatchRobot> robots() {
  static const std::vector<Fault> faults = every_fault(10);
  std::vector<BatchRobot> all;
  std::vector<std::shared_ptr<const Home>> homes;
  for (int seed = 0; seed < kHomes; ++seed)
    homes.push_back(std::make_shared<const Home>(generate_home(static_cast<std::uint64_t>(seed))));
  for (int i = 0; i < kRobots; ++i) {
    RobotOptions options;
    options.seed = static_cast<std::uint64_t>(i) + 1;
    options.cat = true;
    if (i % 4 == 0) options.faults = {faults[static_cast<std::size_t>(i) % faults.size()]};
    all.push_back({homes[static_cast<std::size_t>(i % kHomes)], options});
  }
  return all;
}

void batched_robot_steps(benchmark::State& state) {
  const std::vector<BatchRobot> all = robots();
  Batch batch(all);
  Workers workers(static_cast<int>(state.range(0)));
  std::vector<BounceController> controllers;
  for (int i = 0; i < kRobots; ++i) controllers.emplace_back(static_cast<std::uint32_t>(i));
  for (auto _ : state)
    batch.run(
        kTicksPerRun,
        [&](int robot, const SensorFrame& frame) { return controllers[static_cast<std::size_t>(robot)].step(frame); },
        workers);
  state.counters["robot_steps"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kTicksPerRun * kRobots, benchmark::Counter::kIsRate);
  state.counters["bytes_per_robot"] = batch.bytes_per_robot();
}
BENCHMARK(batched_robot_steps)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

/// One robot for 40 simulated minutes, its home being there already.
void one_robot_40_minutes(benchmark::State& state) {
  const auto home = std::make_shared<const Home>(generate_home(7));
  constexpr int kTicks = 40 * 60 * kTicksPerSecond;
  for (auto _ : state) {
    Simulator simulator(home, {.cat = true});
    BounceController controller;
    for (int tick = 0; tick < kTicks; ++tick) simulator.step(controller.step(simulator.frame()));
    benchmark::DoNotOptimize(simulator.tally());
  }
  state.counters["times_real_time"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * kTicks / kTicksPerSecond, benchmark::Counter::kIsRate);
}
BENCHMARK(one_robot_40_minutes)->UseRealTime()->Unit(benchmark::kMillisecond);

void make_a_home(benchmark::State& state) {
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(generate_home(seed++));
}
BENCHMARK(make_a_home)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace handbuilt::robot_sim

BENCHMARK_MAIN();
