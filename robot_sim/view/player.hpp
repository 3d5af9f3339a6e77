#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "robot_sim/run/run.hpp"
#include "robot_sim/trace/trace.hpp"
#include "robot_sim/view/observer.hpp"
#include "robot_sim/view/timeline.hpp"

namespace handbuilt::robot_sim {

/// A run that can be watched at any of its ticks, forwards and backwards, and changed at any of them. It keeps the
/// commands, what the user did, and the whole state every few seconds; between those it steps again, to the same bits.
///
/// To change the past of a run is to begin a new branch: what had come after is forgotten and computed anew.
class Player {
 public:
  /// A run that is made while it is watched. With a path it leaves a trace there; each new branch leaves one of its
  /// own, `run.trace`, `run-2.trace`, ..., and those of before stay. Throws as run() does.
  explicit Player(const RunSetup& setup, const std::filesystem::path& trace = {});
  /// The same with a controller that has no name, a human for one.
  Player(const RunSetup& setup, Controller controller, const std::filesystem::path& trace = {});
  /// A run from a trace, which is read whole and compared with the hashes in it. It can be changed, too, when the
  /// controller that it names still says all that it said then; the file stays as it is. Throws DataError.
  explicit Player(Trace trace, const std::function<void(double)>& progress = {});

  // Where it is, in ticks since the start.
  [[nodiscard]] std::uint32_t tick() const { return tick_; }
  [[nodiscard]] std::uint32_t known() const { return static_cast<std::uint32_t>(commands_.size()); }
  [[nodiscard]] std::uint32_t end() const { return end_; }

  // What is to be seen there.
  [[nodiscard]] const std::shared_ptr<const Home>& home() const { return home_; }
  [[nodiscard]] const Simulator& simulator() const { return now_.simulator; }
  [[nodiscard]] const Observer& observer() const { return now_.observer; }
  [[nodiscard]] Belief belief() const { return now_.controller ? now_.controller->belief() : Belief{}; }
  [[nodiscard]] const Timeline& timeline() const { return timeline_; }
  [[nodiscard]] const std::string& controller() const { return controller_name_; }

  /// One tick on; false at the end.
  bool step();
  /// Goes to a tick, the end at most; beyond what is known by running there.
  void seek(std::uint32_t tick);

  /// Whether the run can be changed.
  [[nodiscard]] bool can_change() const { return now_.controller.has_value() && tick_ < end_; }
  /// From the next step on this is broken too. Its start is now, whatever it says. Throws ValueError when the run
  /// cannot be changed, or for a fault that does not exist, or only on a board.
  void inject(Fault fault);
  /// In the next step a cat comes onto the robot. Throws ValueError when the run cannot be changed.
  void drop_cat();
  /// How often the past was changed.
  [[nodiscard]] int branch() const { return branch_; }

  /// Ends the trace, if there is one, where the run is known to. Throws DataError when it cannot be written.
  void finish();
  /// What came of the run as far as it is known, and the world then.
  [[nodiscard]] RunResult result() const;

 private:
  /// All that a run goes on from.
  struct Moment {
    Simulator simulator;
    Observer observer;
    std::optional<Controller> controller;
    std::optional<CameraPatch> patch;
  };
  /// What the user did before the step of this tick; no fault: a cat.
  struct Action {
    std::uint32_t tick;
    std::optional<Fault> fault;
  };

  void choose_interval();
  void act(const Action& action);
  void begin_branch();
  void begin_trace();
  [[nodiscard]] std::filesystem::path trace_of_branch() const;
  /// Runs the known part again from its start, and calls `after(command, actions, simulator)` at each step.
  template <class After>
  Simulator run_again(After after) const;

  std::shared_ptr<const Home> home_;
  RobotOptions options_;
  std::string controller_name_;
  std::uint32_t end_ = 0, tick_ = 0, interval_ = 500;
  Moment now_;
  std::vector<Moment> kept_;  // at 0, interval_, 2 interval_ ...
  std::vector<CommandFrame> commands_;
  std::vector<Action> actions_;  // in order of time
  Timeline timeline_;
  int branch_ = 1;
  std::filesystem::path trace_path_;
  std::optional<TraceWriter> writer_;
};

}  // namespace handbuilt::robot_sim
