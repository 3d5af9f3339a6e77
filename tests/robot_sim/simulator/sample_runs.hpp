#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "robot_sim/controllers/wall_following.hpp"
#include "robot_sim/robot/faults.hpp"
#include "robot_sim/simulator/batch.hpp"
#include "robot_sim/world/home_generator.hpp"

namespace handbuilt::robot_sim::test {

constexpr int kSampleRobots = 64, kSampleTicks = 2400;

/// A small room with a sock, a cord, a mess and a rug in it: whoever drives here meets them.
inline Home cluttered_room() {
  Home home = bare_room(2.5f, 2.5f);
  for (int y = 6; y < 30; ++y)
    for (int x = 6; x < 30; ++x) home.ground[home.cell(x, y)] = kRug;
  for (float x = 0.6f; x < 2.5f; x += 0.4f) add_clutter(home, {Clutter::kSock, x, 1.0f, 0.22f, 0.08f, 0.5f});
  add_clutter(home, {Clutter::kCord, 2.0f, 2.2f, 0.6f, 0.01f, 0});
  add_clutter(home, {Clutter::kMess, 2.0f, 1.0f, 0.12f, 0.1f, 1});
  add_clutter(home, {Clutter::kLego, 1.0f, 2.0f, 0.03f, 0.03f, 1});
  finish(home);
  return home;
}

/// Sixty-four robots in four homes that between them meet everything: cats, drifting delays, every kind of fault.
inline std::vector<BatchRobot> sample_robots() {
  const std::vector<Fault> faults = every_fault(5);
  std::vector<std::shared_ptr<const Home>> homes;
  for (std::uint64_t seed = 20; seed < 23; ++seed) homes.push_back(std::make_shared<const Home>(generate_home(seed)));
  homes.push_back(std::make_shared<const Home>(cluttered_room()));
  std::vector<BatchRobot> robots;
  for (std::size_t i = 0; i < kSampleRobots; ++i) {
    RobotOptions options;
    options.seed = i * 0x123456789u + 7;
    options.cat = i % 3 != 0;
    options.delay_s = 0.02f * static_cast<float>(i % 21);
    options.delay_drift_s = i % 2 == 0 ? 0.05f : 0.0f;
    if (i % 4 != 0) options.faults = {faults[(i * 37) % faults.size()], faults[(i * 101 + 5) % faults.size()]};
    robots.push_back({homes[i % homes.size()], options});
  }
  return robots;
}

/// The controller of robot i: it must not depend on anything but its own frames.
inline WallFollowingController sample_controller(std::size_t i) {
  WallFollowingController::Options options;
  options.bounce_ticks = options.follow_ticks = 400;
  return {static_cast<std::uint32_t>(i) * 977u + 1u, options};
}

}  // namespace handbuilt::robot_sim::test
