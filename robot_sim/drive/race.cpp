#include "robot_sim/drive/race.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr double kMostMinutes = 600;

std::uint32_t checked_ticks(const RunSetup& setup) {
  if (!(setup.minutes > 0 && setup.minutes <= kMostMinutes))
    throw ValueError(fmt::format("--minutes: expected more than 0 and at most 600 to drive, got {:g}", setup.minutes));
  return std::max(1u, setup.ticks());
}

}  // namespace

Race::Race(const RunSetup& setup, const std::vector<std::string>& rivals, const std::filesystem::path& trace)
    : home_(setup.home),
      options_(setup.options),
      end_(checked_ticks(setup)),
      simulator_(home_, options_),
      monitor_(*home_, options_, kHuman),
      observer_(simulator_),
      names_(rivals),
      trace_(trace) {
  RunSetup own = setup;
  for (const std::string& name : names_) {
    own.controller = name;
    rivals_.emplace_back(own);
  }
}

bool Race::step(const Push& push) {
  if (over()) return false;
  if (tick_ == 0 && !trace_.empty()) writer_.emplace(trace_, TraceHeader{home_, options_, kHuman, end_});
  if (cat_comes_) {
    simulator_.drop_cat();
    if (writer_) writer_->drop_cat();
    cat_comes_ = false;
  }
  const CommandFrame command = driver_.step(push);
  simulator_.step(command);
  monitor_.observe(command, simulator_);
  observer_.observe(command, simulator_.patch(), simulator_);
  if (writer_) writer_->record(command, simulator_);
  for (LiveRun& rival : rivals_) rival.step();
  ++tick_;
  return true;
}

void Race::drop_cat() { cat_comes_ = true; }

void Race::finish() {
  if (writer_) writer_->finish(simulator_);
  writer_.reset();
}

std::vector<Race::Standing> Race::standings() const {
  std::vector<Standing> all{{"you", simulator_.cleanliness(), &monitor_.curve()}};
  for (std::size_t i = 0; i < rivals_.size(); ++i)
    all.push_back({names_[i], rivals_[i].simulator().cleanliness(), &rivals_[i].monitor().curve()});
  return all;
}

RunResult Race::result() const { return {monitor_.report(simulator_), simulator_}; }

std::vector<RunReport> Race::rivals() const {
  std::vector<RunReport> all;
  for (const LiveRun& rival : rivals_) all.push_back(rival.report());
  return all;
}

std::string compared(const Race& race) {
  std::vector<RunReport> reports{race.result().report};
  for (RunReport& rival : race.rivals()) reports.push_back(std::move(rival));
  std::string text = fmt::format("In {:.1f} min of {}:\n  {:<16}{:>8}{:>8}{:>10}{:>12}\n", race.tick() * 0.02 / 60,
                                 race.home()->name, "", "floor", "edges", "driven", "collisions");
  for (std::size_t i = 0; i < reports.size(); ++i)
    text += fmt::format("  {:<16}{:>6.1f} %{:>6.1f} %{:>8.0f} m{:>12}\n", i == 0 ? "you" : reports[i].controller,
                        100 * reports[i].cleanliness.coverage, 100 * reports[i].cleanliness.edge_coverage,
                        reports[i].tally.distance_m, reports[i].tally.hard_collisions);
  return text;
}

}  // namespace handbuilt::robot_sim
