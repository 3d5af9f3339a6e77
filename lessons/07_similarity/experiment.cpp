#include "lessons/07_similarity/experiment.hpp"

#include <functional>
#include <optional>
#include <utility>

#include "core/random.hpp"
#include "robot_sim/situations/novelty_experiment.hpp"
#include "robot_sim/situations/recall_experiment.hpp"
#include "robot_sim/situations/strange_homes.hpp"

namespace handbuilt::lessons::likeness {
namespace {

using handbuilt::similarity::Recall;
using handbuilt::similarity::SituationMemory;
using robot_sim::Bump;
using robot_sim::kEscapes;

using Numbers = std::map<std::string, double>;
using Homes = std::vector<std::vector<Bump>>;

std::vector<Bump> joined(const Homes& homes) {
  std::vector<Bump> bumps;
  for (const std::vector<Bump>& home : homes) bumps.insert(bumps.end(), home.begin(), home.end());
  return bumps;
}

/// What a method would do at a bump of the home of this number (-1: none of those remembered), and the gain that it
/// expects from that.
struct Choice {
  int action = 0;
  double promised_m = 0;
};
using Method = std::function<Choice(const Bump&, int home)>;

Choice choice_of(const Recall& recall) {
  const int action = recall.best().value_or(0);
  return {action, recall.actions[static_cast<std::size_t>(action)].gain};
}

Choice fixed_choice(const std::vector<Bump>& bumps) {
  std::vector<double> sums(kEscapes), counts(kEscapes);
  for (const Bump& bump : bumps) {
    sums[static_cast<std::size_t>(bump.action)] += bump.gain_m;
    counts[static_cast<std::size_t>(bump.action)] += 1;
  }
  Choice best{-1, 0};
  for (int action = 0; action < kEscapes; ++action) {
    const auto a = static_cast<std::size_t>(action);
    if (counts[a] > 0 && (best.action < 0 || sums[a] / counts[a] > best.promised_m))
      best = {action, sums[a] / counts[a]};
  }
  return best;
}

struct Replay {
  double promised_m = 0, kept_m = 0;
};

/// Goes through bumps at which turns were drawn at random. Where the method would have done what was done, it is known
/// what it would have gained.
Replay replay(const Homes& homes, const Method& method, bool are_remembered) {
  double promised = 0, kept = 0;
  int bumps = 0, agreed = 0;
  for (int home = 0; home < std::ssize(homes); ++home)
    for (const Bump& bump : homes[static_cast<std::size_t>(home)]) {
      const Choice choice = method(bump, are_remembered ? home : -1);
      promised += choice.promised_m;
      ++bumps;
      if (choice.action != bump.action) continue;
      kept += bump.gain_m;
      ++agreed;
    }
  return {bumps > 0 ? promised / bumps : 0, agreed > 0 ? kept / agreed : 0};
}

Numbers recall_numbers(std::uint64_t seed) {
  using robot_sim::MethodResult;
  const robot_sim::RecallResult result = robot_sim::run_recall_experiment({.public_homes = 12,
                                                                           .held_out_homes = 20,
                                                                           .train_seconds = 1800,
                                                                           .test_seconds = 600,
                                                                           .seed = seed,
                                                                           .threads = 1});
  Numbers numbers{{"remembered", result.remembered}};
  for (const MethodResult& method : result.methods) {
    numbers["public_" + method.name] = method.in_public.mean;
    numbers["new_" + method.name] = method.in_held_out.mean;
    numbers["gain_over_random_" + method.name] = method.held_out_over_random.mean;
    numbers["gain_over_fixed_" + method.name] = method.held_out_over_fixed.mean;
  }
  return numbers;
}

Numbers novelty_numbers(std::uint64_t seed) {
  using handbuilt::similarity::NoveltyScore;
  const robot_sim::NoveltyWindows windows = robot_sim::record_windows(
      {.train_homes = 20, .calibration_homes = 20, .test_homes = 10, .seconds = 300, .seed = seed, .threads = 1});
  Numbers numbers;
  const std::pair<const char*, NoveltyScore> scores[] = {
      {"neighbour", NoveltyScore::kNeighbour}, {"centre", NoveltyScore::kCentre}, {"mean", NoveltyScore::kMahalanobis}};
  for (const auto& [name, score] : scores) {
    const robot_sim::NoveltyResult result = robot_sim::judge_novelty(windows, {.score = score});
    const std::string by = std::string("_") + name;
    numbers["auroc" + by] = result.auroc;
    numbers["threshold" + by] = result.threshold;
    numbers["alarms" + by] = result.false_alarms.mean;
    double alarms_at_95 = 0;
    for (const robot_sim::NoveltyOfKind& kind : result.kinds) {
      const std::string of = by + "_" + robot_sim::name_of(kind.kind);
      numbers["auroc" + of] = kind.auroc;
      numbers["at95" + of] = kind.false_alarms_at_95;
      numbers["detected" + of] = kind.detected;
      alarms_at_95 += kind.false_alarms_at_95 / static_cast<double>(result.kinds.size());
    }
    numbers["at95" + by] = alarms_at_95;
  }
  return numbers;
}

}  // namespace

Homes record_bumps(std::uint64_t first_home, int homes, double seconds) {
  Homes all;
  for (int i = 0; i < homes; ++i) {
    const std::uint64_t seed = first_home + static_cast<std::uint64_t>(i);
    Random random(seed, "replayed escapes");
    all.push_back(
        robot_sim::drive_and_escape(robot_sim::home_of_kind(robot_sim::Kind::kOrdinary, seed), seed, seconds,
                                    [&](const VectorD&, const robot_sim::Pose&) { return random.below(kEscapes); }));
  }
  return all;
}

Numbers run_replay(std::uint64_t seed) {
  const std::uint64_t first = 70'000 + seed * 100'000;
  const Homes remembered = record_bumps(first, 12, 900), unseen = record_bumps(first + 10'000, 12, 900);
  const std::vector<Bump> bumps = joined(remembered);
  const auto sensed = [](const Bump& bump) { return bump.sensed; };
  const auto place = [](const Bump& bump) { return robot_sim::place_of(bump.where); };
  const SituationMemory many = robot_sim::remembering(bumps, sensed, 40, 0.05);
  const SituationMemory one = robot_sim::remembering(bumps, sensed, 1, 0.05);
  const SituationMemory all_places = robot_sim::remembering(bumps, place, 5, 1e-6);
  std::vector<SituationMemory> places;
  for (const std::vector<Bump>& home : remembered) places.push_back(robot_sim::remembering(home, place, 5, 1e-6));
  const Choice fixed = fixed_choice(bumps);
  const std::pair<std::string, Method> methods[] = {
      {"fixed", [&](const Bump&, int) { return fixed; }},
      {"recall", [&](const Bump& bump, int) { return choice_of(many.recall(bump.sensed)); }},
      {"nearest", [&](const Bump& bump, int) { return choice_of(one.recall(bump.sensed)); }},
      {"place", [&](const Bump& bump, int home) {
         const SituationMemory& memory = home < 0 ? all_places : places[static_cast<std::size_t>(home)];
         return choice_of(memory.recall(place(bump)));
       }}};
  Numbers numbers;
  for (const auto& [name, method] : methods) {
    const Replay known = replay(remembered, method, true), fresh = replay(unseen, method, false);
    numbers["promised_known_" + name] = known.promised_m;
    numbers["kept_known_" + name] = known.kept_m;
    numbers["promised_new_" + name] = fresh.promised_m;
    numbers["kept_new_" + name] = fresh.kept_m;
  }
  return numbers;
}

Numbers run_experiment(std::uint64_t seed) {
  Numbers numbers = run_replay(seed);
  numbers.merge(recall_numbers(seed));
  numbers.merge(novelty_numbers(seed));
  return numbers;
}

}  // namespace handbuilt::lessons::likeness
