#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "robot_sim/simulator/simulator.hpp"

namespace handbuilt::robot_sim {

/// What happened when, as far as a run is known: modes, suspicions, faults, incidents and how much is clean.
class Timeline {
 public:
  /// From `tick` on, until the next one.
  struct Mode {
    std::uint32_t tick = 0;
    std::uint8_t mode = 0;
  };
  struct Suspicion {
    std::uint32_t tick = 0;
    std::uint8_t component = 0, type = 0;  ///< as in CommandFrame; component 0: none
  };
  struct Incident {
    enum class Kind : std::uint8_t { hard_collision, fall, smear, brush_stall, cat_bump, cat_dropped };
    std::uint32_t tick = 0;
    Kind kind = Kind::hard_collision;
  };
  struct Breakage {
    Fault fault;
    std::optional<std::uint32_t> injected_at{};  ///< the tick; none: the run began with it
  };
  static constexpr std::uint32_t kCurveTicks = 250;

  explicit Timeline(const std::vector<Fault>& faults);

  /// To be called after each step with the command it took.
  void record(const CommandFrame& command, const Simulator& after);
  /// A fault injected, or a cat dropped, before the step of this tick.
  void add(const Fault& fault, std::uint32_t tick) { faults_.push_back({fault, tick}); }
  void add_cat(std::uint32_t tick) { incidents_.push_back({tick, Incident::Kind::cat_dropped}); }
  /// Forgets what came after `ticks` ticks; `at_then` is the state then.
  void cut(std::uint32_t ticks, const Simulator& at_then);

  [[nodiscard]] const std::vector<Mode>& modes() const { return modes_; }
  [[nodiscard]] const std::vector<Suspicion>& suspicions() const { return suspicions_; }
  [[nodiscard]] const std::vector<Incident>& incidents() const { return incidents_; }
  [[nodiscard]] const std::vector<Breakage>& faults() const { return faults_; }
  /// Every kCurveTicks, from the start on.
  [[nodiscard]] const std::vector<Cleanliness>& curve() const { return curve_; }
  /// The mode of the command that was given at this tick.
  [[nodiscard]] std::uint8_t mode_at(std::uint32_t tick) const;

 private:
  std::vector<Mode> modes_;
  std::vector<Suspicion> suspicions_;
  std::vector<Incident> incidents_;
  std::vector<Breakage> faults_;
  std::vector<Cleanliness> curve_{1};
  std::uint32_t ticks_ = 0;
  Tally last_;
};

}  // namespace handbuilt::robot_sim
