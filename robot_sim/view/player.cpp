#include "robot_sim/view/player.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::uint32_t kLeastInterval = 500;  // ticks
constexpr std::uint32_t kMostMoments = 500;
constexpr std::size_t kMostMomentBytes = std::size_t{256} << 20;
constexpr std::size_t kMomentBytes = 48'000;  // beside its dirt
constexpr std::uint32_t kTicksBetweenProgress = 20'000;
constexpr double kMostMinutes = 1e4;  // a command is 32 bytes: 1 GB

const RunSetup& checked(const RunSetup& setup) {
  if (!(setup.minutes > 0 && setup.minutes <= kMostMinutes))
    throw ValueError("expected more than 0 and at most 1e4 minutes to watch, got " + std::to_string(setup.minutes));
  return setup;
}

/// The controller that a trace names, if there is one of this name here.
std::optional<Controller> controller_of(const TraceHeader& header) {
  const std::vector<std::string> known = controller_names();
  if (std::find(known.begin(), known.end(), header.controller) == known.end()) return std::nullopt;
  return make_controller(header.controller, header.options.seed);
}

const CameraPatch* pointer_to(const std::optional<CameraPatch>& patch) { return patch ? &*patch : nullptr; }

}  // namespace

Player::Player(const RunSetup& setup, const std::filesystem::path& trace)
    : Player(setup, make_controller(setup.controller, setup.options.seed), trace) {}

Player::Player(const RunSetup& setup, Controller controller, const std::filesystem::path& trace)
    : home_(checked(setup).home),
      options_(setup.options),
      controller_name_(setup.controller),
      end_(std::max(1u, setup.ticks())),
      now_{Simulator(home_, options_), Observer(Simulator(home_, options_)), std::move(controller), std::nullopt},
      timeline_(options_.faults),
      trace_path_(trace) {
  choose_interval();
  kept_.push_back(now_);
  if (!trace_path_.empty()) begin_trace();
}

Player::Player(Trace trace, const std::function<void(double)>& progress)
    : home_(trace.header.home),
      options_(trace.header.options),
      controller_name_(trace.header.controller),
      end_(trace.ticks),
      now_{Simulator(home_, options_), Observer(Simulator(home_, options_)), controller_of(trace.header), std::nullopt},
      timeline_(options_.faults) {
  choose_interval();
  kept_.push_back(now_);
  commands_.reserve(end_);
  Replay replay(std::move(trace));
  bool obeys = now_.controller.has_value();
  Moment moment = now_;  // its simulator stays at the start: the replay has one
  for (;;) {
    const SensorFrame frame = replay.simulator().frame();
    if (!replay.step()) break;
    const std::uint32_t tick = known();
    if (obeys) obeys = moment.controller->step(frame, pointer_to(moment.patch)) == replay.command();
    moment.patch = replay.patch();
    moment.observer.observe(replay.command(), moment.patch, replay.simulator());
    for (const Fault& fault : replay.injected()) {
      actions_.push_back({tick, fault});
      timeline_.add(fault, tick);
    }
    if (replay.cat_dropped()) {
      actions_.push_back({tick, std::nullopt});
      timeline_.add_cat(tick);
    }
    commands_.push_back(replay.command());
    timeline_.record(replay.command(), replay.simulator());
    if (known() % interval_ == 0)
      kept_.push_back({replay.simulator(), moment.observer, moment.controller, moment.patch});
    if (progress && tick % kTicksBetweenProgress == 0) progress(static_cast<double>(tick) / end_);
  }
  if (obeys) return;
  now_.controller.reset();
  for (Moment& kept : kept_) kept.controller.reset();
}

/// Closer moments make seeking faster and cost memory.
void Player::choose_interval() {
  const std::size_t bytes = kMomentBytes + home_->cleanable.words.size() * sizeof(std::uint64_t);
  const auto most = static_cast<std::uint32_t>(std::clamp<std::size_t>(kMostMomentBytes / bytes, 8, kMostMoments));
  interval_ = std::max(kLeastInterval, end_ / most);
}

bool Player::step() {
  if (tick_ >= end_) return false;
  // What the controller says is asked for in the past, too: its state must be what it was.
  CommandFrame command;
  if (now_.controller) command = now_.controller->step(now_.simulator.frame(), pointer_to(now_.patch));
  const bool is_new = tick_ == known();
  if (!is_new) command = commands_[tick_];

  const auto first = std::lower_bound(actions_.begin(), actions_.end(), tick_,
                                      [](const Action& action, std::uint32_t tick) { return action.tick < tick; });
  for (auto action = first; action != actions_.end() && action->tick == tick_; ++action) {
    if (action->fault) {
      now_.simulator.inject(*action->fault);
    } else {
      now_.simulator.drop_cat();
    }
  }
  now_.simulator.step(command);
  now_.patch = now_.simulator.patch();
  now_.observer.observe(command, now_.patch, now_.simulator);
  ++tick_;
  if (!is_new) return true;
  commands_.push_back(command);
  timeline_.record(command, now_.simulator);
  if (writer_) writer_->record(command, now_.simulator);
  if (tick_ % interval_ == 0) kept_.push_back(now_);
  return true;
}

void Player::seek(std::uint32_t tick) {
  const std::uint32_t target = std::min(tick, end_);
  const std::size_t nearest = std::min<std::size_t>(target / interval_, kept_.size() - 1);
  if (target < tick_ || nearest * interval_ > tick_) {
    now_ = kept_[nearest];
    tick_ = static_cast<std::uint32_t>(nearest) * interval_;
  }
  while (tick_ < target) step();
}

void Player::inject(Fault fault) {
  if (fault.component == Component::kBoard || fault.severity < 1 ||
      fault.severity > severities(fault.component, fault.type))
    throw ValueError("a run in the simulator has no fault " + std::string(name_of(fault.component)) + ":" +
                     std::string(name_of(fault.type)) + ":" + std::to_string(fault.severity));
  const double lasts_s = fault.end_s - fault.start_s;
  fault.start_s = tick_ * 0.02;
  fault.end_s = fault.start_s + lasts_s;
  act({tick_, fault});
}

void Player::drop_cat() { act({tick_, std::nullopt}); }

void Player::act(const Action& action) {
  if (!can_change())
    throw ValueError(tick_ >= end_ ? "this run is over: go back to change it"
                                   : "this run cannot be changed: its controller is not here, or was another one then");
  if (tick_ < known()) begin_branch();
  actions_.push_back(action);
  if (action.fault) {
    timeline_.add(*action.fault, tick_);
    if (writer_) writer_->inject(*action.fault);
  } else {
    timeline_.add_cat(tick_);
    if (writer_) writer_->drop_cat();
  }
}

void Player::begin_branch() {
  if (writer_) {
    const std::uint32_t here = tick_;
    seek(known());
    writer_->finish(now_.simulator);
    writer_.reset();
    seek(here);
  }
  ++branch_;
  commands_.resize(tick_);
  std::erase_if(actions_, [this](const Action& action) { return action.tick >= tick_; });
  kept_.erase(kept_.begin() + tick_ / interval_ + 1, kept_.end());
  timeline_.cut(tick_, now_.simulator);
  if (!trace_path_.empty()) begin_trace();
}

std::filesystem::path Player::trace_of_branch() const {
  if (branch_ == 1) return trace_path_;
  std::filesystem::path path = trace_path_;
  path.replace_filename(trace_path_.stem().string() + "-" + std::to_string(branch_) + trace_path_.extension().string());
  return path;
}

/// Begins this branch's trace with what is known of it.
void Player::begin_trace() {
  writer_.emplace(trace_of_branch(), TraceHeader{home_, options_, controller_name_, end_});
  run_again([this](const CommandFrame& command, std::span<const Action> actions, const Simulator& after) {
    for (const Action& action : actions) action.fault ? writer_->inject(*action.fault) : writer_->drop_cat();
    writer_->record(command, after);
  });
}

template <class After>
Simulator Player::run_again(After after) const {
  Simulator simulator(home_, options_);
  auto next = actions_.begin();
  for (std::uint32_t tick = 0; tick < known(); ++tick) {
    const auto first = next;
    for (; next != actions_.end() && next->tick == tick; ++next)
      next->fault ? simulator.inject(*next->fault) : simulator.drop_cat();
    simulator.step(commands_[tick]);
    after(commands_[tick], std::span<const Action>(first, next), std::as_const(simulator));
  }
  return simulator;
}

void Player::finish() {
  if (!writer_) return;
  const std::uint32_t here = tick_;
  seek(known());
  writer_->finish(now_.simulator);
  writer_.reset();
  seek(here);
}

RunResult Player::result() const {
  RunMonitor monitor(*home_, options_, controller_name_);
  const Simulator simulator =
      run_again([&](const CommandFrame& command, std::span<const Action> actions, const Simulator& after) {
        for (const Action& action : actions)
          if (action.fault) monitor.add(*action.fault);
        monitor.observe(command, after);
      });
  return {monitor.report(simulator), simulator};
}

}  // namespace handbuilt::robot_sim
