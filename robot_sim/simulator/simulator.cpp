#include "robot_sim/simulator/simulator.hpp"

#include <bit>

namespace handbuilt::robot_sim {

Cleanliness cleanliness(const Home& home, std::span<const std::uint64_t> dirty) {
  int left = 0, left_at_edge = 0;
  for (std::size_t i = 0; i < dirty.size(); ++i) {
    left += std::popcount(dirty[i] & home.cleanable.words[i]);
    left_at_edge += std::popcount(dirty[i] & home.edge.words[i]);
  }
  const auto share = [](int remaining, int all) { return all > 0 ? 1.0 - static_cast<double>(remaining) / all : 1.0; };
  return {share(left, home.cleanable_cells), share(left_at_edge, home.edge_cells)};
}

Simulator::Simulator(std::shared_ptr<const Home> home, const RobotOptions& options)
    : block_(std::move(home), std::span(&options, 1)) {}

const SensorFrame& Simulator::step(const CommandFrame& command) {
  block_.step(&command, &frame_);
  return frame_;
}

std::optional<CameraPatch> Simulator::patch() {
  if ((frame_.flags & kPatchFollows) == 0) return std::nullopt;
  return block_.look(0);
}

std::vector<Fault> Simulator::active_faults() const {
  std::vector<Fault> active;
  for (const FaultState& state : block_.faults[0])
    if (block_.tick > 0 && state.active(block_.tick - 1)) active.push_back(state.fault);
  return active;
}

Cleanliness Simulator::cleanliness() const { return robot_sim::cleanliness(home(), block_.dirt_of(0)); }

bool Simulator::dirty(int cell_x, int cell_y) const {
  const auto word = static_cast<std::size_t>(cell_y) * static_cast<std::size_t>(home().cleanable.words_per_row) +
                    static_cast<std::size_t>(cell_x / 64);
  return (block_.dirt_of(0)[word] >> (cell_x % 64) & 1) != 0;
}

}  // namespace handbuilt::robot_sim
