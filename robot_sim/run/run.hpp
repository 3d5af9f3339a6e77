#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "robot_sim/run/controllers.hpp"
#include "robot_sim/simulator/batch.hpp"
#include "robot_sim/trace/trace.hpp"

/// One robot, one home, so many minutes, and what came of it.
namespace handbuilt::robot_sim {

/// What to run.
struct RunSetup {
  std::shared_ptr<const Home> home;
  RobotOptions options;
  std::string controller = "bounce";
  double minutes = 40;

  [[nodiscard]] std::uint32_t ticks() const { return ticks_of(minutes * 60); }
};

/// The home that a word names: a seed (`7`), `bare_room` or `plain_room:VARIANT` with 0 ... 63. Throws ValueError.
Home home_named(const std::string& word);

/// A fault and what the controller made of it.
struct FaultReport {
  Fault fault;
  std::optional<double> detected_at_s;  ///< when it first suspected anything from the fault's beginning on
  std::string isolated_as;              ///< the last `component:type` it suspected since then; empty: none
};

/// Multiples of the ideal time at which coverage is told.
constexpr std::array<int, 4> kCoverageMarks = {1, 2, 3, 5};
/// How often the curve and the path are sampled.
constexpr std::uint32_t kCurveTicks = 250, kPathTicks = 5;

struct RunReport {
  std::string home, controller;
  std::uint64_t seed = 0;
  double simulated_s = 0, ideal_time_s = 0, cleanable_m2 = 0;
  Cleanliness cleanliness;
  std::array<std::optional<double>, kCoverageMarks.size()> coverage_at;  ///< none: the run was shorter
  double overlap = 0;  ///< driven area (distance x 0.28 m) / cleaned area; 0 when nothing was cleaned
  Tally tally;
  std::array<double, 256> seconds_in_mode{};  ///< by the mode's number in the controller's command
  std::vector<FaultReport> faults;
  int false_alarms = 0;  ///< how often the controller began to suspect something while nothing was broken
  /// `time_over`; `fell`, down the stairs; `battery_empty`; `stuck`: told to drive and standing still for most of the
  /// last minute; `stopped`: the controller has cut the power.
  std::string outcome;

  // For pictures.
  std::vector<Cleanliness> curve;  ///< every kCurveTicks
  std::vector<Pose> path;          ///< every kPathTicks
  std::vector<Pose> hard_impacts;  ///< where it was at each, as far as the path tells them apart
};

/// Watches a run tick by tick, live or replayed.
class RunMonitor {
 public:
  RunMonitor(const Home& home, const RobotOptions& options, std::string controller);

  /// To be called after each step with the command it took. `Robot` is Simulator or Batch::Robot.
  template <class Robot>
  void observe(const CommandFrame& command, const Robot& after);
  /// From now on this is broken too.
  void add(const Fault& fault);
  template <class Robot>
  [[nodiscard]] RunReport report(const Robot& robot) const;
  /// How much was clean, every kCurveTicks, so far.
  [[nodiscard]] const std::vector<Cleanliness>& curve() const { return report_.curve; }

 private:
  void watch_suspicion(const CommandFrame& command, double now_s);

  RunReport report_;
  std::array<std::uint32_t, kCoverageMarks.size()> mark_ticks_{};
  std::array<std::uint32_t, 256> ticks_in_mode_{};
  std::array<int, 60> stuck_ticks_{};  // the tally's, a second each
  std::uint32_t ticks_ = 0;
  int hard_collisions_ = 0;
  std::uint8_t last_flags_ = 0;
  int last_suspect_ = 0;
};

/// A run that is made tick by tick, for as long as one likes.
class LiveRun {
 public:
  /// Throws ValueError as run() does.
  explicit LiveRun(const RunSetup& setup);

  /// One tick on; the command it took.
  CommandFrame step();

  [[nodiscard]] const Simulator& simulator() const { return simulator_; }
  [[nodiscard]] const RunMonitor& monitor() const { return monitor_; }
  [[nodiscard]] RunReport report() const { return monitor_.report(simulator_); }

 private:
  Controller controller_;
  Simulator simulator_;
  RunMonitor monitor_;
  std::optional<CameraPatch> patch_;
};

/// What came of a run, and the world as it left it.
struct RunResult {
  RunReport report;
  Simulator simulator;
};

/// Runs it. With a path it leaves a trace there. `progress(share)` is called once in a while, if given.
/// Throws ValueError for minutes outside 0 ... 1e6, an unknown controller or a start that does not fit, and DataError
/// when the trace cannot be written.
RunResult run(const RunSetup& setup, const std::filesystem::path& trace = {},
              const std::function<void(double)>& progress = {});

/// Runs several at once, faster, and tells of each what run() would, to the last bit. Throws ValueError as run() does,
/// for no run, and for runs of different length.
std::vector<RunReport> run_together(std::span<const RunSetup> setups);

/// The same from a trace, as far as it goes. `watch(replay)` is called after each step, if given.
RunResult replay_run(Trace trace, const std::function<void(double)>& progress = {},
                     const std::function<void(const Replay&)>& watch = {});

}  // namespace handbuilt::robot_sim
