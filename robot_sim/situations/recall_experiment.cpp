#include "robot_sim/situations/recall_experiment.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "core/parallel.hpp"
#include "robot_sim/situations/escape.hpp"
#include "robot_sim/situations/strange_homes.hpp"
#include "similarity/situation_memory.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr double kAnywhere = 1e6;  // a familiar distance that calls nothing strange

using similarity::MemoryOptions;
using similarity::SituationMemory;
using similarity::Whitener;

struct SeededHome {
  std::shared_ptr<const Home> home;
  std::uint64_t seed;
};

std::vector<SeededHome> homes_from(std::uint64_t first, int count) {
  std::vector<SeededHome> homes;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    homes.push_back({home_of_kind(Kind::kOrdinary, seed), seed});
  }
  return homes;
}

/// Makes a method for one drive in one home.
using MakeMethod = std::function<ChooseEscape(std::uint64_t seed)>;

std::vector<double> mean_gains(const std::vector<SeededHome>& homes, std::uint64_t salt, double seconds,
                               const MakeMethod& make, int threads) {
  std::vector<double> means(homes.size());
  Workers workers(threads);
  workers.parallel_for(static_cast<int>(homes.size()), [&](int begin, int end, int) {
    for (int i = begin; i < end; ++i) {
      const SeededHome& home = homes[static_cast<std::size_t>(i)];
      const std::uint64_t seed = home.seed * 1'000 + salt;
      double sum = 0;
      const std::vector<Bump> bumps = drive_and_escape(home.home, seed, seconds, make(seed));
      for (const Bump& bump : bumps) sum += bump.gain_m;
      means[static_cast<std::size_t>(i)] = bumps.empty() ? 0 : sum / static_cast<double>(bumps.size());
    }
  });
  return means;
}

MeanInterval mean_difference(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> difference(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) difference[i] = a[i] - b[i];
  return mean_interval(difference);
}

ChooseEscape at_random(std::uint64_t seed) {
  return [random = Random(seed, "escapes")](const VectorD&, const Pose&) mutable { return random.below(kEscapes); };
}

int best_of(const SituationMemory& memory, const VectorD& situation) {
  return memory.recall(situation).best().value_or(0);
}

void rank(std::vector<MethodResult>& methods, MeanInterval MethodResult::*gain, int MethodResult::*place) {
  for (MethodResult& method : methods) {
    method.*place = 1;
    for (const MethodResult& other : methods) method.*place += (other.*gain).mean > (method.*gain).mean ? 1 : 0;
  }
}

}  // namespace

VectorD place_of(const Pose& where) {
  // A turn of one radian counts as half a metre.
  return (VectorD(4) << where.x_m, where.y_m, 0.5 * std::cos(where.heading_rad), 0.5 * std::sin(where.heading_rad))
      .finished();
}

SituationMemory remembering(const std::vector<Bump>& bumps, const std::function<VectorD(const Bump&)>& situation,
                            int neighbours, double floor) {
  MatrixD all(static_cast<Eigen::Index>(bumps.size()), situation(bumps[0]).size());
  for (std::size_t i = 0; i < bumps.size(); ++i)
    all.row(static_cast<Eigen::Index>(i)) = situation(bumps[i]).transpose();
  SituationMemory memory(Whitener(all, floor), {.actions = kEscapes,
                                                .capacity = static_cast<int>(bumps.size()),
                                                .neighbours = neighbours,
                                                .familiar_distance = kAnywhere});
  for (const Bump& bump : bumps) memory.store(situation(bump), bump.action, bump.gain_m);
  return memory;
}

RecallResult run_recall_experiment(const RecallExperiment& experiment) {
  const std::uint64_t first = 50'000 + experiment.seed * 100'000;
  const std::vector<SeededHome> public_homes = homes_from(first, experiment.public_homes);
  const std::vector<SeededHome> held_out = homes_from(first + 10'000, experiment.held_out_homes);

  // Random escapes in the public homes, in the order of the homes whatever the threads.
  std::vector<std::vector<Bump>> of_homes(public_homes.size());
  Workers workers(experiment.threads);
  workers.parallel_for(experiment.public_homes, [&](int begin, int end, int) {
    for (int i = begin; i < end; ++i) {
      const SeededHome& home = public_homes[static_cast<std::size_t>(i)];
      of_homes[static_cast<std::size_t>(i)] =
          drive_and_escape(home.home, home.seed, experiment.train_seconds, at_random(home.seed));
    }
  });
  std::vector<Bump> bumps;
  for (const std::vector<Bump>& of_home : of_homes) bumps.insert(bumps.end(), of_home.begin(), of_home.end());

  std::vector<double> gains(kEscapes), counts(kEscapes);
  for (const Bump& bump : bumps) {
    gains[static_cast<std::size_t>(bump.action)] += bump.gain_m;
    counts[static_cast<std::size_t>(bump.action)] += 1;
  }
  int fixed = 0;
  for (int action = 1; action < kEscapes; ++action) {
    const auto mean = [&](int a) {
      return gains[static_cast<std::size_t>(a)] / std::max(1.0, counts[static_cast<std::size_t>(a)]);
    };
    if (mean(action) > mean(fixed)) fixed = action;
  }

  const auto sensed = [](const Bump& bump) { return bump.sensed; };
  const SituationMemory by_likeness = remembering(bumps, sensed, 40, 0.05);
  const SituationMemory by_one = remembering(bumps, sensed, 1, 0.05);
  // In the home it is in, a robot remembers the places of that home; in a new one those of all homes are all it has.
  const auto place = [](const Bump& bump) { return place_of(bump.where); };
  const SituationMemory all_places = remembering(bumps, place, 5, 1e-6);
  std::vector<SituationMemory> places;
  for (const std::vector<Bump>& of_home : of_homes) places.push_back(remembering(of_home, place, 5, 1e-6));
  const auto by_place = [&](std::uint64_t seed) -> ChooseEscape {
    const std::uint64_t home = seed / 1'000 - first;
    const SituationMemory* memory = home < places.size() ? &places[home] : &all_places;
    return [memory](const VectorD&, const Pose& where) { return best_of(*memory, place_of(where)); };
  };

  const std::vector<std::pair<std::string, MakeMethod>> methods = {
      {"random", at_random},
      {"fixed", [&](std::uint64_t) -> ChooseEscape { return [fixed](const VectorD&, const Pose&) { return fixed; }; }},
      {"recall",
       [&](std::uint64_t) -> ChooseEscape {
         return [&](const VectorD& s, const Pose&) { return best_of(by_likeness, s); };
       }},
      {"nearest",
       [&](std::uint64_t) -> ChooseEscape {
         return [&](const VectorD& s, const Pose&) { return best_of(by_one, s); };
       }},
      {"place", by_place},
  };
  RecallResult result{static_cast<int>(bumps.size()), {}};
  std::vector<std::vector<double>> in_public, in_held_out;
  for (const auto& [name, make] : methods) {
    in_public.push_back(mean_gains(public_homes, 7, experiment.test_seconds, make, experiment.threads));
    in_held_out.push_back(mean_gains(held_out, 7, experiment.test_seconds, make, experiment.threads));
    MethodResult& method = result.methods.emplace_back();
    method.name = name;
  }
  for (std::size_t i = 0; i < methods.size(); ++i) {
    MethodResult& method = result.methods[i];
    method.in_public = mean_interval(in_public[i]);
    method.in_held_out = mean_interval(in_held_out[i]);
    method.public_over_random = mean_difference(in_public[i], in_public[0]);
    method.held_out_over_random = mean_difference(in_held_out[i], in_held_out[0]);
    method.public_over_fixed = mean_difference(in_public[i], in_public[1]);
    method.held_out_over_fixed = mean_difference(in_held_out[i], in_held_out[1]);
  }
  rank(result.methods, &MethodResult::in_public, &MethodResult::public_rank);
  rank(result.methods, &MethodResult::in_held_out, &MethodResult::held_out_rank);
  return result;
}

}  // namespace handbuilt::robot_sim
