#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "robot_sim/drive/driver.hpp"
#include "robot_sim/run/run.hpp"
#include "robot_sim/view/observer.hpp"

namespace handbuilt::robot_sim {

/// A human at the stick, and beside it the machine's own: the same home, the same seed, faults, delay and cat, tick by
/// tick. Each robot is alone in its home. It needs no window.
class Race {
 public:
  static constexpr const char* kHuman = "human";

  /// The rivals are the controllers of these names; `setup.controller` does not count. With a path the human's run
  /// leaves a trace there from its first step on, which `robot replay` repeats to the last bit. Throws as run() does.
  Race(const RunSetup& setup, const std::vector<std::string>& rivals, const std::filesystem::path& trace = {});

  /// One tick for all; false when the time is over.
  bool step(const Push& push);
  /// Puts a cat onto the human's robot, in the next step.
  void drop_cat();
  /// Ends the trace, if there is one. Throws DataError when it cannot be written.
  void finish();

  [[nodiscard]] const std::shared_ptr<const Home>& home() const { return home_; }
  [[nodiscard]] std::uint32_t tick() const { return tick_; }
  [[nodiscard]] std::uint32_t end() const { return end_; }
  [[nodiscard]] bool over() const { return tick_ == end_; }
  [[nodiscard]] const Simulator& simulator() const { return simulator_; }
  [[nodiscard]] const Observer& observer() const { return observer_; }
  [[nodiscard]] const Driver& driver() const { return driver_; }

  /// How they stand, the human first.
  struct Standing {
    std::string name;
    Cleanliness cleanliness;
    const std::vector<Cleanliness>* curve;  ///< every kCurveTicks
  };
  [[nodiscard]] std::vector<Standing> standings() const;

  /// What came of the human's run, and the world then.
  [[nodiscard]] RunResult result() const;
  /// The same of the rivals.
  [[nodiscard]] std::vector<RunReport> rivals() const;

 private:
  std::shared_ptr<const Home> home_;
  RobotOptions options_;
  std::uint32_t end_, tick_ = 0;
  Driver driver_;
  Simulator simulator_;
  RunMonitor monitor_;
  Observer observer_;
  std::vector<LiveRun> rivals_;
  std::vector<std::string> names_;
  std::filesystem::path trace_;
  std::optional<TraceWriter> writer_;
  bool cat_comes_ = false;
};

/// A few lines: who cleaned how much in this time.
std::string compared(const Race& race);

}  // namespace handbuilt::robot_sim
