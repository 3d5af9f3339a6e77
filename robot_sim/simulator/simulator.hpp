#pragma once

#include <memory>
#include <optional>

#include "robot_sim/simulator/block.hpp"

namespace handbuilt::robot_sim {

/// How much of the home is clean.
struct Cleanliness {
  double coverage = 0;       // share of the cleanable cells
  double edge_coverage = 0;  // share of those in the 15 cm band along walls and furniture
};

/// What `dirty` (rows of bits as Home::cleanable) leaves of a home's dirt.
Cleanliness cleanliness(const Home& home, std::span<const std::uint64_t> dirty);

/// One robot in one home: frame in, frame out, every 20 ms. Same home, options and commands: same bits.
class Simulator {
 public:
  /// Throws ValueError when the robot does not fit at its start or its delay is outside 0 ... 0.4 s.
  explicit Simulator(std::shared_ptr<const Home> home, const RobotOptions& options = {});

  /// Gives the robot its command and moves the world on by a tick.
  const SensorFrame& step(const CommandFrame& command);
  /// What the controller sees now; before the first step a frame of zeros.
  [[nodiscard]] const SensorFrame& frame() const { return frame_; }
  /// The camera's patch of this tick, when the frame announced one.
  [[nodiscard]] std::optional<CameraPatch> patch();

  [[nodiscard]] const Home& home() const { return *block_.home; }
  [[nodiscard]] Truth truth() const { return block_.truth(0); }
  [[nodiscard]] Tally tally() const { return block_.tally(0); }
  [[nodiscard]] double time_s() const { return block_.tick * 0.02; }
  [[nodiscard]] Cleanliness cleanliness() const;
  /// True where there is still dirt.
  [[nodiscard]] bool dirty(int cell_x, int cell_y) const;
  /// The same for all cells, in rows of bits as Home::cleanable.
  [[nodiscard]] std::span<const std::uint64_t> dirt() const { return block_.dirt_of(0); }
  /// What was broken in the last step.
  [[nodiscard]] std::vector<Fault> active_faults() const;
  [[nodiscard]] std::uint64_t state_hash() const { return block_.state_hash(0); }

  /// Adds a fault while it runs; its times are simulated seconds as ever.
  void inject(const Fault& fault) { block_.inject(0, fault); }
  /// Puts a cat onto the robot for ten seconds.
  void drop_cat() { block_.drop_cat(0); }

 private:
  Block<1> block_;
  SensorFrame frame_;
};

}  // namespace handbuilt::robot_sim
