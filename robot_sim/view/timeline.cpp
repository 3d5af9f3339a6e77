#include "robot_sim/view/timeline.hpp"

#include <algorithm>

namespace handbuilt::robot_sim {

Timeline::Timeline(const std::vector<Fault>& faults) {
  for (const Fault& fault : faults) faults_.push_back({fault, std::nullopt});
}

void Timeline::record(const CommandFrame& command, const Simulator& after) {
  const std::uint32_t tick = ticks_++;
  if (modes_.empty() || modes_.back().mode != command.mode) modes_.push_back({tick, command.mode});
  const Suspicion suspicion{tick, command.suspect_component, command.suspect_type};
  const Suspicion before = suspicions_.empty() ? Suspicion{} : suspicions_.back();
  if (before.component != suspicion.component || before.type != suspicion.type) suspicions_.push_back(suspicion);

  const Tally tally = after.tally();
  const auto note = [&](int now, int then, Incident::Kind kind) {
    if (now > then) incidents_.push_back({tick, kind});
  };
  note(tally.hard_collisions, last_.hard_collisions, Incident::Kind::hard_collision);
  note(tally.falls, last_.falls, Incident::Kind::fall);
  note(tally.smears, last_.smears, Incident::Kind::smear);
  note(tally.brush_stalls, last_.brush_stalls, Incident::Kind::brush_stall);
  note(tally.cat_bumps, last_.cat_bumps, Incident::Kind::cat_bump);
  last_ = tally;
  if (ticks_ % kCurveTicks == 0) curve_.push_back(after.cleanliness());
}

void Timeline::cut(std::uint32_t ticks, const Simulator& at_then) {
  const auto later = [ticks](const auto& entry) { return entry.tick >= ticks; };
  std::erase_if(modes_, later);
  std::erase_if(suspicions_, later);
  std::erase_if(incidents_, later);
  std::erase_if(faults_, [ticks](const Breakage& fault) { return fault.injected_at && *fault.injected_at >= ticks; });
  curve_.resize(std::min<std::size_t>(curve_.size(), ticks / kCurveTicks + 1));
  ticks_ = ticks;
  last_ = at_then.tally();
}

std::uint8_t Timeline::mode_at(std::uint32_t tick) const {
  const auto after = std::upper_bound(modes_.begin(), modes_.end(), tick,
                                      [](std::uint32_t at, const Mode& mode) { return at < mode.tick; });
  return after == modes_.begin() ? std::uint8_t{0} : std::prev(after)->mode;
}

}  // namespace handbuilt::robot_sim
