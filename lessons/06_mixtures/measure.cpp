// Measures what the text says of mixtures, of their number and of groups of other shapes:
//   build/default/bin/lesson_06_measure lessons/06_mixtures/results.json

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/interval.hpp"
#include "core/parallel.hpp"
#include "lessons/06_mixtures/experiment.hpp"
#include "lessons/results_file.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::mixtures;

using Runs = std::vector<Found>;
using Numbers = std::map<std::string, Number>;

Runs run(int seeds, const std::function<Found(std::uint64_t)>& once) {
  Runs runs(static_cast<std::size_t>(seeds));
  Workers workers;
  workers.parallel_for(seeds, [&](int begin, int end, int) {
    for (int k = begin; k < end; ++k) runs[static_cast<std::size_t>(k)] = once(static_cast<std::uint64_t>(k) + 1);
  });
  return runs;
}

/// Means over the seeds, and what seed 1 found.
void put_means(const Runs& runs, Numbers& numbers) {
  for (const auto& [name, number] : mean_numbers(runs, {})) numbers[name] = number;
  for (const auto& [name, value] : runs.front()) numbers["seed_1_" + name] = {.value = value, .n = 1};
}

/// The share of seeds whose `name` is 1, with Wilson's interval.
void put_share(const Runs& runs, const std::string& name, const std::string& as, Numbers& numbers) {
  double hits = 0;
  for (const Found& found : runs) hits += found.at(name);
  const int count = static_cast<int>(runs.size());
  const Interval interval = wilson_interval(hits, count);
  numbers[as] = {.value = hits / count, .low = interval.low, .high = interval.high, .n = count};
  numbers["seed_1_" + as] = {.value = runs.front().at(name), .n = 1};
}

void measure(const char* path, int seeds) {
  const Stopwatch watch;
  Numbers numbers;
  put_means(run(seeds, compare_methods), numbers);
  put_means(run(seeds, tell_floors), numbers);

  const Runs em = run(seeds, watch_em);
  double steps = 0, falls = 0, largest = 0;
  for (const Found& found : em) {
    steps += found.at("em_steps");
    falls += found.at("em_falls");
    largest = std::max(largest, found.at("em_largest_loss"));
  }
  numbers["em_steps"] = {.value = steps, .n = seeds};
  numbers["em_falls"] = {.value = falls, .n = static_cast<int>(steps)};
  numbers["em_largest_loss"] = {.value = largest, .n = static_cast<int>(steps), .unit = "nats a row"};
  for (const auto& [name, value] : em.front()) numbers["seed_1_" + name] = {.value = value, .n = 1};

  for (const double apart : kApart) {
    const Runs chosen = run(seeds, [&](std::uint64_t seed) { return choose_number(seed, apart); });
    put_share(chosen, "bic", "bic_found_" + key_of_apart(apart), numbers);
    put_share(chosen, "aic", "aic_found_" + key_of_apart(apart), numbers);
  }
  const Runs collapsed = run(seeds, collapse);
  for (const auto& entry : collapsed.front()) put_share(collapsed, entry.first, entry.first, numbers);
  for (const auto& [name, value] : group_penguins(datasets_folder() / "penguins", 1)) numbers[name] = {.value = value};

  for (const auto& [name, number] : numbers)
    if (name.rfind("seed_1_", 0) != 0)
      std::printf("%-36s %10.4f  %10.4f %10.4f\n", name.c_str(), number.value, number.low.value_or(0),
                  number.high.value_or(0));
  save_measurement(path, {.lesson = "06_mixtures",
                          .command = "build/default/bin/lesson_06_measure lessons/06_mixtures/results.json",
                          .seeds = "1 to " + std::to_string(seeds) + "; penguins: starts from seed 1",
                          .seconds = watch.seconds(),
                          .numbers = numbers});
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kSeeds = 100;
  if (argc != 2 && argc != 3) {
    std::fprintf(stderr, "usage: %s RESULTS_JSON [SEEDS]\n", argv[0]);
    return 2;
  }
  try {
    measure(argv[1], argc == 3 ? std::max(2, std::atoi(argv[2])) : kSeeds);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
