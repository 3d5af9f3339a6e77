#include "robot_sim/run/run.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/home_generator.hpp"
#include "robot_sim/world/plain_room.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::uint32_t kTicksBetweenProgress = 50'000;
constexpr double kMostMinutes = 1e6;

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_active(const Fault& fault, double now_s) { return now_s >= fault.start_s && now_s < fault.end_s; }

const RunSetup& checked(const RunSetup& setup) {
  if (!(setup.minutes > 0 && setup.minutes <= kMostMinutes))
    throw ValueError("expected more than 0 and at most 1e6 minutes, got " + std::to_string(setup.minutes));
  return setup;
}

std::string suspicion(const CommandFrame& command) {
  if (command.suspect_component > kComponents || command.suspect_type > kFaultTypes) return "unknown:unknown";
  const std::string component(name_of(static_cast<Component>(command.suspect_component - 1)));
  if (command.suspect_type == 0) return component + ":unknown";
  return component + ":" + std::string(name_of(static_cast<FaultType>(command.suspect_type - 1)));
}

}  // namespace

Home home_named(const std::string& word) {
  if (word == "bare_room") return bare_room();
  if (word.starts_with("plain_room:"))
    if (const auto variant = whole_number<int>(word.substr(11)); variant && *variant >= 0 && *variant < 64)
      return plain_room(*variant);
  if (const auto seed = whole_number<std::uint64_t>(word)) return generate_home(*seed);
  throw ValueError("expected a home: a seed (0, 1, 2 ...), bare_room or plain_room:VARIANT (0 ... 63), got \"" + word +
                   "\"");
}

RunMonitor::RunMonitor(const Home& home, const RobotOptions& options, std::string controller) {
  report_.home = home.name;
  report_.controller = std::move(controller);
  report_.seed = options.seed;
  report_.ideal_time_s = home.ideal_time_s();
  report_.cleanable_m2 = home.area_m2(home.cleanable_cells);
  for (const Fault& fault : options.faults) add(fault);
  for (std::size_t i = 0; i < mark_ticks_.size(); ++i)
    mark_ticks_[i] = std::max(1u, ticks_of(kCoverageMarks[i] * report_.ideal_time_s));
  report_.curve.emplace_back();
}

void RunMonitor::add(const Fault& fault) { report_.faults.push_back({fault, std::nullopt, ""}); }

template <class Robot>
void RunMonitor::observe(const CommandFrame& command, const Robot& after) {
  const double now_s = ticks_ * 0.02;  // when the command was given
  ++ticks_;
  ++ticks_in_mode_[command.mode];
  last_flags_ = command.flags;
  if (command.suspect_component != 0 || last_suspect_ != 0) watch_suspicion(command, now_s);
  for (std::size_t i = 0; i < mark_ticks_.size(); ++i)
    if (ticks_ == mark_ticks_[i]) report_.coverage_at[i] = after.cleanliness().coverage;
  if (ticks_ % kCurveTicks == 0) report_.curve.push_back(after.cleanliness());
  if (ticks_ % kPathTicks != 0) return;
  report_.path.push_back(after.truth().pose);
  const Tally tally = after.tally();
  if (tally.hard_collisions != hard_collisions_) report_.hard_impacts.push_back(report_.path.back());
  hard_collisions_ = tally.hard_collisions;
  stuck_ticks_[ticks_ / kTicksPerSecond % stuck_ticks_.size()] = tally.stuck_ticks;
}

void RunMonitor::watch_suspicion(const CommandFrame& command, double now_s) {
  bool anything_broken = false;
  for (FaultReport& report : report_.faults) {
    anything_broken |= is_active(report.fault, now_s);
    if (command.suspect_component == 0 || now_s < report.fault.start_s) continue;
    if (!report.detected_at_s) report.detected_at_s = now_s;
    report.isolated_as = suspicion(command);
  }
  if (command.suspect_component != 0 && last_suspect_ == 0 && !anything_broken) ++report_.false_alarms;
  last_suspect_ = command.suspect_component;
}

template <class Robot>
RunReport RunMonitor::report(const Robot& robot) const {
  RunReport report = report_;
  report.simulated_s = ticks_ * 0.02;
  report.cleanliness = robot.cleanliness();
  report.tally = robot.tally();
  const double cleaned_m2 = robot.home().area_m2(report.tally.cleaned_cells);
  report.overlap = cleaned_m2 > 0 ? report.tally.distance_m * body::kCleaningWidth_m / cleaned_m2 : 0;
  for (std::size_t mode = 0; mode < ticks_in_mode_.size(); ++mode)
    report.seconds_in_mode[mode] = ticks_in_mode_[mode] * 0.02;

  const Truth truth = robot.truth();
  const int second_ago_60 = *std::min_element(stuck_ticks_.begin(), stuck_ticks_.end());
  const bool stuck = ticks_ >= 60 * kTicksPerSecond && report.tally.stuck_ticks - second_ago_60 > 45 * kTicksPerSecond;
  report.outcome = truth.fallen                     ? "fell"
                   : truth.charge <= 0              ? "battery_empty"
                   : (last_flags_ & kCutPower) != 0 ? "stopped"
                   : stuck                          ? "stuck"
                                                    : "time_over";
  return report;
}

template void RunMonitor::observe(const CommandFrame&, const Simulator&);
template RunReport RunMonitor::report(const Simulator&) const;

LiveRun::LiveRun(const RunSetup& setup)
    : controller_(make_controller(checked(setup).controller, setup.options.seed)),
      simulator_(setup.home, setup.options),
      monitor_(*setup.home, setup.options, setup.controller) {}

CommandFrame LiveRun::step() {
  const CommandFrame command = controller_.step(simulator_.frame(), patch_ ? &*patch_ : nullptr);
  simulator_.step(command);
  patch_ = simulator_.patch();
  monitor_.observe(command, simulator_);
  return command;
}

RunResult run(const RunSetup& setup, const std::filesystem::path& trace, const std::function<void(double)>& progress) {
  LiveRun live(setup);
  std::optional<TraceWriter> writer;
  if (!trace.empty()) writer.emplace(trace, TraceHeader{setup.home, setup.options, setup.controller, setup.ticks()});

  for (std::uint32_t tick = 0; tick < setup.ticks(); ++tick) {
    const CommandFrame command = live.step();
    if (writer) writer->record(command, live.simulator());
    if (progress && tick % kTicksBetweenProgress == 0) progress(static_cast<double>(tick) / setup.ticks());
  }
  if (writer) writer->finish(live.simulator());
  return {live.report(), live.simulator()};
}

std::vector<RunReport> run_together(std::span<const RunSetup> setups) {
  std::vector<BatchRobot> robots;
  std::vector<Controller> controllers;
  std::vector<RunMonitor> monitors;
  for (const RunSetup& setup : setups) {
    if (checked(setup).ticks() != setups.front().ticks())
      throw ValueError("run_together: expected runs of the same length");
    robots.push_back({setup.home, setup.options});
    controllers.push_back(make_controller(setup.controller, setup.options.seed));
    monitors.emplace_back(*setup.home, setup.options, setup.controller);
  }
  Batch batch(robots);  // refuses none
  std::vector<CommandFrame> commands(robots.size());
  std::vector<SensorFrame> frames(robots.size());
  for (std::uint32_t tick = 0; tick < setups.front().ticks(); ++tick) {
    for (int i = 0; i < batch.size(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      const bool looks = (frames[at].flags & kPatchFollows) != 0;
      const std::optional<CameraPatch> patch = looks ? std::optional(batch.look(i)) : std::nullopt;
      commands[at] = controllers[at].step(frames[at], patch ? &*patch : nullptr);
    }
    batch.step(commands, frames);
    for (int i = 0; i < batch.size(); ++i)
      monitors[static_cast<std::size_t>(i)].observe(commands[static_cast<std::size_t>(i)], batch[i]);
  }
  std::vector<RunReport> reports;
  for (int i = 0; i < batch.size(); ++i) reports.push_back(monitors[static_cast<std::size_t>(i)].report(batch[i]));
  return reports;
}

RunResult replay_run(Trace trace, const std::function<void(double)>& progress,
                     const std::function<void(const Replay&)>& watch) {
  const TraceHeader header = trace.header;
  const std::uint32_t ticks = trace.ticks;
  Replay replay(std::move(trace));
  RunMonitor monitor(*header.home, header.options, header.controller);
  for (std::uint32_t tick = 0; replay.step(); ++tick) {
    for (const Fault& fault : replay.injected()) monitor.add(fault);
    monitor.observe(replay.command(), replay.simulator());
    if (watch) watch(replay);
    if (progress && tick % kTicksBetweenProgress == 0) progress(static_cast<double>(tick) / ticks);
  }
  return {monitor.report(replay.simulator()), replay.simulator()};
}

}  // namespace handbuilt::robot_sim
