#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "robot_sim/simulator/block.hpp"
#include "robot_sim/simulator/simulator.hpp"

namespace handbuilt::robot_sim {

struct BatchRobot {
  std::shared_ptr<const Home> home;
  RobotOptions options = {};
};

/// Thousands of robots in several homes, each alone in its home. Robots of the same home are stepped sixteen at a time;
/// every robot's bits are those that a Simulator of its own would give.
class Batch {
 public:
  static constexpr int kWidth = 16;

  /// Throws ValueError as Simulator does, or when there is no robot.
  explicit Batch(std::span<const BatchRobot> robots);

  [[nodiscard]] int size() const { return static_cast<int>(places_.size()); }

  /// One tick: `commands[i]` goes to robot i, `frames[i]` comes from it. Both have size() entries.
  void step(std::span<const CommandFrame> commands, std::span<SensorFrame> frames);

  /// Many ticks: `controller(robot, frame)` returns the command for robot `robot`, which saw `frame`. Sixteen robots go
  /// through all ticks before the next sixteen start, so that their state stays near the processor, and the workers
  /// share the sixteens: the controller is called from several threads, but for one robot always in order.
  template <class Controller>
  void run(int ticks, Controller&& controller, Workers& workers) {
    workers.parallel_for(static_cast<int>(groups_.size()), [&](int begin, int end, int) {
      for (int g = begin; g < end; ++g) {
        Group& group = groups_[static_cast<std::size_t>(g)];
        CommandFrame commands[kWidth];
        for (int tick = 0; tick < ticks; ++tick) {
          for (int lane = 0; lane < group.block->robots; ++lane)
            commands[lane] = controller(group.robots[static_cast<std::size_t>(lane)],
                                        static_cast<const SensorFrame&>(group.frames[lane]));
          group.block->step(commands, group.frames);
        }
      }
    });
  }

  [[nodiscard]] const Home& home(int robot) const { return *block(robot).home; }
  [[nodiscard]] Truth truth(int robot) const { return block(robot).truth(lane(robot)); }
  [[nodiscard]] Tally tally(int robot) const { return block(robot).tally(lane(robot)); }
  [[nodiscard]] Cleanliness cleanliness(int robot) const {
    return robot_sim::cleanliness(home(robot), block(robot).dirt_of(lane(robot)));
  }
  [[nodiscard]] std::uint64_t state_hash(int robot) const { return block(robot).state_hash(lane(robot)); }
  /// The camera's patch, when the last frame announced one.
  [[nodiscard]] CameraPatch look(int robot) { return block(robot).look(lane(robot)); }

  /// One of the robots, to be looked at as a Simulator is.
  struct Robot {
    const Batch& batch;
    int number;
    [[nodiscard]] const Home& home() const { return batch.home(number); }
    [[nodiscard]] Truth truth() const { return batch.truth(number); }
    [[nodiscard]] Tally tally() const { return batch.tally(number); }
    [[nodiscard]] Cleanliness cleanliness() const { return batch.cleanliness(number); }
  };
  [[nodiscard]] Robot operator[](int robot) const { return {*this, robot}; }

  /// Memory a robot takes in this batch, its dirt included, the homes apart.
  [[nodiscard]] double bytes_per_robot() const;

 private:
  struct Group {
    std::unique_ptr<Block<kWidth>> block;
    std::vector<int> robots;  // their numbers in the batch, by lane
    SensorFrame frames[kWidth];
  };
  struct Place {
    int group, lane;
  };
  [[nodiscard]] const Block<kWidth>& block(int robot) const {
    return *groups_[static_cast<std::size_t>(places_.at(static_cast<std::size_t>(robot)).group)].block;
  }
  [[nodiscard]] Block<kWidth>& block(int robot) {
    return *groups_[static_cast<std::size_t>(places_.at(static_cast<std::size_t>(robot)).group)].block;
  }
  [[nodiscard]] int lane(int robot) const { return places_[static_cast<std::size_t>(robot)].lane; }

  std::vector<Group> groups_;
  std::vector<Place> places_;
};

}  // namespace handbuilt::robot_sim
