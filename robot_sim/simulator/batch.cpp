#include "robot_sim/simulator/batch.hpp"

#include <map>

#include "core/error.hpp"

namespace handbuilt::robot_sim {

Batch::Batch(std::span<const BatchRobot> robots) : places_(robots.size()) {
  if (robots.empty()) throw ValueError("Batch: expected at least one robot");
  // Robots by home, in the order in which the homes first come.
  std::map<const Home*, std::size_t> number;
  std::vector<std::vector<int>> by_home;
  for (std::size_t i = 0; i < robots.size(); ++i) {
    const auto [at, fresh] = number.try_emplace(robots[i].home.get(), by_home.size());
    if (fresh) by_home.emplace_back();
    by_home[at->second].push_back(static_cast<int>(i));
  }
  for (const std::vector<int>& all : by_home)
    for (std::size_t begin = 0; begin < all.size(); begin += kWidth) {
      Group group;
      std::vector<RobotOptions> options;
      for (std::size_t k = begin; k < std::min(begin + kWidth, all.size()); ++k) {
        places_[static_cast<std::size_t>(all[k])] = {static_cast<int>(groups_.size()), static_cast<int>(k - begin)};
        group.robots.push_back(all[k]);
        options.push_back(robots[static_cast<std::size_t>(all[k])].options);
      }
      group.block = std::make_unique<Block<kWidth>>(robots[static_cast<std::size_t>(all[begin])].home, options);
      groups_.push_back(std::move(group));
    }
}

void Batch::step(std::span<const CommandFrame> commands, std::span<SensorFrame> frames) {
  if (commands.size() != places_.size() || frames.size() != places_.size())
    throw ShapeError("Batch::step: expected " + std::to_string(places_.size()) + " commands and frames, got " +
                     std::to_string(commands.size()) + " and " + std::to_string(frames.size()));
  for (Group& group : groups_) {
    CommandFrame chosen[kWidth];
    for (std::size_t lane = 0; lane < group.robots.size(); ++lane)
      chosen[lane] = commands[static_cast<std::size_t>(group.robots[lane])];
    group.block->step(chosen, group.frames);
    for (std::size_t lane = 0; lane < group.robots.size(); ++lane)
      frames[static_cast<std::size_t>(group.robots[lane])] = group.frames[lane];
  }
}

double Batch::bytes_per_robot() const {
  std::size_t bytes = 0;
  for (const Group& group : groups_) {
    bytes += sizeof(Group) + sizeof(Block<kWidth>) + group.block->dirt_bits.size() * sizeof(std::uint64_t) +
             group.robots.size() * sizeof(int);
    for (const std::vector<FaultState>& faults : group.block->faults) bytes += faults.size() * sizeof(FaultState);
  }
  return static_cast<double>(bytes) / static_cast<double>(places_.size());
}

}  // namespace handbuilt::robot_sim
