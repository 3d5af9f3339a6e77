// Measures what starts are worth, who finds the number of groups, and how well groups without names fit the names:
//   build/default/bin/lesson_05_measure lessons/05_k_means/results.json

#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/interval.hpp"
#include "core/parallel.hpp"
#include "lessons/05_k_means/experiment.hpp"
#include "lessons/results_file.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::k_means;

std::vector<Numbers> repeated(int seeds, const std::function<Numbers(std::uint64_t)>& experiment) {
  std::vector<Numbers> runs(static_cast<std::size_t>(seeds));
  Workers workers;
  workers.parallel_for(seeds, [&](int begin, int end, int) {
    for (int k = begin; k < end; ++k) runs[static_cast<std::size_t>(k)] = experiment(static_cast<std::uint64_t>(k) + 1);
  });
  return runs;
}

/// Means, and for what was either found or not (1 or 0) a share with Wilson's interval.
void put(std::map<std::string, Number>& numbers, const std::vector<Numbers>& runs, bool are_hits = false) {
  for (const auto& [name, number] : mean_numbers(runs, {})) {
    numbers[name] = number;
    if (are_hits && name != "nothing_agreement") {
      const auto count = static_cast<int>(runs.size());
      const Interval interval = wilson_interval(number.value * count, count);
      numbers[name].low = interval.low;
      numbers[name].high = interval.high;
    }
  }
  for (const auto& [name, value] : runs.front()) numbers["seed_1_" + name] = {.value = value, .n = 1};
}

void measure(const char* path, int seeds) {
  const Stopwatch watch;
  std::map<std::string, Number> numbers;
  put(numbers, repeated(seeds, start_experiment));
  numbers["runs"] = {.value = 1.0 * seeds * kRunsPerStart, .n = seeds};
  put(numbers, repeated(seeds, choice_experiment), true);
  put(numbers, repeated(seeds, penguin_experiment));
  for (const auto& experiment : {palette_experiment, penguin_choice})
    for (const auto& [name, value] : experiment(1)) numbers[name] = {.value = value, .n = 1};
  for (const auto& [name, number] : numbers)
    if (name.rfind("seed_1_", 0) != 0)
      std::printf("%-28s %10.4f  %10.4f %10.4f\n", name.c_str(), number.value, number.low.value_or(0),
                  number.high.value_or(0));
  save_measurement(path, {.lesson = "05_k_means",
                          .command = "build/default/bin/lesson_05_measure lessons/05_k_means/results.json",
                          .seeds = "1 to " + std::to_string(seeds),
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
