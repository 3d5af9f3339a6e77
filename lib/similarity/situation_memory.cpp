#include "similarity/situation_memory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "similarity/conformal.hpp"

namespace handbuilt::similarity {

namespace {

constexpr const char* kWhere = "situation memory";
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Squared distance and gain of a memory.
struct Nearby {
  double squared, gain;
  bool operator<(const Nearby& other) const { return squared < other.squared; }
};

/// The mean gain of some memories, weighted by nearness.
ActionMemory summary(std::vector<Nearby>& nearby, int neighbours) {
  if (nearby.empty()) return {std::numeric_limits<double>::quiet_NaN(), 0, kInfinity};
  const auto count = std::min(nearby.size(), static_cast<std::size_t>(neighbours));
  std::partial_sort(nearby.begin(), nearby.begin() + static_cast<std::ptrdiff_t>(count), nearby.end());
  nearby.resize(count);
  const double width = nearby[count / 2].squared;
  double weights = 0, squares = 0, gains = 0;
  const auto weight = [&](const Nearby& one) {
    return width > 0 ? std::exp(-one.squared / width / 2) : one.squared == 0;
  };
  for (const Nearby& one : nearby) {
    weights += weight(one);
    squares += weight(one) * weight(one);
    gains += weight(one) * one.gain;
  }
  ActionMemory memory{gains / weights, weights * weights / squares, kInfinity};
  if (memory.count < 2 - 1e-9) return memory;
  double spread = 0;
  for (const Nearby& one : nearby) spread += weight(one) * (one.gain - memory.gain) * (one.gain - memory.gain);
  memory.standard_error = std::sqrt(spread / weights / (memory.count - 1));
  return memory;
}

}  // namespace

std::optional<int> Recall::best() const {
  std::optional<int> best;
  if (!familiar) return best;
  for (int action = 0; action < static_cast<int>(actions.size()); ++action) {
    const double gain = actions[static_cast<std::size_t>(action)].gain;
    if (!std::isnan(gain) && (!best || gain > actions[static_cast<std::size_t>(*best)].gain)) best = action;
  }
  return best;
}

SituationMemory::SituationMemory(Whitener space, const MemoryOptions& options)
    : space_(std::move(space)), options_(options) {
  data::require_option(options.actions >= 1 && options.actions <= kMostActions, kWhere, "actions", "of 1 to 10000",
                       options.actions);
  data::require_option(options.capacity >= 1, kWhere, "capacity", "of at least 1", options.capacity);
  data::require_option(options.neighbours >= 1, kWhere, "neighbours", "of at least 1", options.neighbours);
  data::require_option(options.familiar_distance >= 0 && std::isfinite(options.familiar_distance), kWhere,
                       "familiar_distance", "of at least 0", options.familiar_distance);
}

VectorD SituationMemory::place_of(const VectorD& sensed) const {
  if (sensed.size() != space_.columns())
    throw ShapeError(std::string(kWhere) + ": expected a situation [" + std::to_string(space_.columns()) + "], got [" +
                     std::to_string(sensed.size()) + "]");
  if (!sensed.allFinite()) {
    Eigen::Index column = 0;
    while (std::isfinite(sensed[column])) ++column;
    throw ValueError(std::string(kWhere) + ": expected finite numbers, got " + std::to_string(sensed[column]) +
                     " in column " + std::to_string(column));
  }
  return space_(sensed.transpose()).transpose();
}

void SituationMemory::find_twin(Entry& entry) const {
  entry.twin_distance = kInfinity;
  for (const Entry& other : entries_) {
    if (other.action != entry.action || other.age == entry.age) continue;
    const double distance = (other.place - entry.place).squaredNorm();
    if (distance < entry.twin_distance) {
      entry.twin_distance = distance;
      entry.twin = other.age;
    }
  }
}

void SituationMemory::store(const VectorD& sensed, int action, double gain) {
  if (action < 0 || action >= options_.actions)
    throw ValueError(std::string(kWhere) + ": expected an action of 0 to " + std::to_string(options_.actions - 1) +
                     ", got " + std::to_string(action));
  data::require_option(std::isfinite(gain), kWhere, "a gain", "that is finite", gain);
  Entry entry{place_of(sensed), action, gain, stored_, kInfinity, 0};
  find_twin(entry);
  for (Entry& other : entries_) {
    if (other.action != action) continue;
    const double distance = (other.place - entry.place).squaredNorm();
    if (distance < other.twin_distance) {
      other.twin_distance = distance;
      other.twin = entry.age;
    }
  }
  entries_.push_back(std::move(entry));
  ++stored_;
  if (size() > options_.capacity) forget_one();
}

void SituationMemory::forget_one() {
  // The nearest pair; without one (every action remembered once) the oldest.
  auto gone = std::min_element(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.twin_distance, a.age) < std::pair(b.twin_distance, b.age);
  });
  const std::uint64_t age = gone->age;
  entries_.erase(gone);
  for (Entry& entry : entries_)
    if (entry.twin == age && std::isfinite(entry.twin_distance)) find_twin(entry);
}

Recall SituationMemory::recall(const VectorD& sensed) const {
  const VectorD place = place_of(sensed);
  Recall recall;
  std::vector<std::vector<Nearby>> nearby(static_cast<std::size_t>(options_.actions));
  const double reach = options_.familiar_distance * options_.familiar_distance;
  double nearest = kInfinity;
  for (const Entry& entry : entries_) {
    const double distance = (entry.place - place).squaredNorm();
    nearest = std::min(nearest, distance);
    if (distance <= reach) nearby[static_cast<std::size_t>(entry.action)].push_back({distance, entry.gain});
  }
  for (std::vector<Nearby>& of_action : nearby) recall.actions.push_back(summary(of_action, options_.neighbours));
  recall.distance = std::sqrt(nearest);
  recall.familiar = nearest <= reach;
  return recall;
}

void SituationMemory::calibrate(const data::MatrixView& sensed, double rate) {
  if (entries_.empty()) throw ShapeError(std::string(kWhere) + ": expected memories to calibrate, got none");
  VectorD distances(sensed.rows());
  for (Eigen::Index i = 0; i < sensed.rows(); ++i) distances[i] = recall(sensed.row(i).transpose()).distance;
  options_.familiar_distance = conformal_threshold(distances, rate);
}

}  // namespace handbuilt::similarity
