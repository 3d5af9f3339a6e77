#include "lessons/07_similarity/demo/model.hpp"

#include <algorithm>

#include "robot_sim/situations/novelty_experiment.hpp"

namespace handbuilt::lessons::likeness {

using robot_sim::Kind;

const std::vector<Kind>& demo_kinds() {
  static const std::vector<Kind> kinds{Kind::kOrdinary, Kind::kRug,       Kind::kLegs,       Kind::kSkittles,
                                       Kind::kCatRides, Kind::kGyroStuck, Kind::kRangeStuck, Kind::kWheelWeak};
  return kinds;
}

DemoModel::DemoModel(std::uint64_t seed) : seed_(seed), map_({.seed = seed}) { record(); }

void DemoModel::enter(int kind) {
  if (kind < 0 || kind >= std::ssize(demo_kinds())) return;
  kind_ = kind;
  home_ = 1;
  record();
}

void DemoModel::enter_next() {
  ++home_;
  record();
}

void DemoModel::record() {
  constexpr double kSeconds = 200;
  // Behind the homes that were remembered and those of the calibration.
  const std::uint64_t home = seed_ * 1'000 + 600 + static_cast<std::uint64_t>(home_);
  all_ = robot_sim::windows_of(demo_kinds()[static_cast<std::size_t>(kind_)], home, kSeconds);
  all_places_ = map_.place(all_);
  all_scores_ = map_.score(all_);
  shown_ = 0;
}

bool DemoModel::drive() {
  if (shown_ >= all_.rows()) return false;
  ++shown_;
  return true;
}

double DemoModel::share_new() const {
  if (shown_ == 0) return 0;
  return static_cast<double>((scores().array() > map_.threshold()).count()) / static_cast<double>(shown_);
}

}  // namespace handbuilt::lessons::likeness
