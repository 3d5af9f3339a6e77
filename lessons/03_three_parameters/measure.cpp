// Measures every estimate of this lesson on fields that it has not seen, in countries of four kinds, and what guards
// are worth:
//   build/default/bin/lesson_03_measure lessons/03_three_parameters/results.json

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/parallel.hpp"
#include "core/random.hpp"
#include "lessons/03_three_parameters/experiment.hpp"
#include "lessons/results_file.hpp"
#include "regression/bootstrap.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::three_parameters;

using Runs = std::vector<std::map<std::string, double>>;

/// Medians, with where the median of as many other countries could lie: a mean would be made by the wildest of them.
void put_medians(const Runs& runs, std::map<std::string, Number>& numbers) {
  const auto median_of = [](std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
  };
  for (const auto& entry : runs.front()) {
    std::vector<double> values;
    for (const auto& run : runs) values.push_back(run.at(entry.first));
    Random random(1, entry.first);
    const Interval interval = regression::bootstrap_interval(
        static_cast<int>(values.size()),
        [&](const std::vector<int>& rows) { return median_of(data::take(values, rows)); }, random, 2000);
    numbers["median_" + entry.first] = {median_of(values), interval.low, interval.high, static_cast<int>(values.size()),
                                        "bushels per acre"};
  }
}

void measure(const char* path, int seeds) {
  const Stopwatch watch;
  Runs runs(static_cast<std::size_t>(seeds)), guards(runs.size());
  Workers workers;
  workers.parallel_for(seeds, [&](int begin, int end, int) {
    for (int k = begin; k < end; ++k) {
      runs[static_cast<std::size_t>(k)] = run_experiment(static_cast<std::uint64_t>(k) + 1);
      guards[static_cast<std::size_t>(k)] = run_guard_experiment(static_cast<std::uint64_t>(k) + 1);
    }
  });
  std::map<std::string, Number> numbers = mean_numbers(runs, {});
  for (const auto& [name, number] : mean_numbers(guards, {})) numbers[name] = number;
  put_medians(runs, numbers);
  for (const Runs* all : {&runs, &guards})
    for (const auto& [name, value] : all->front()) numbers["seed_1_" + name] = {.value = value, .n = 1};
  for (const auto& [name, number] : numbers)
    if (name.rfind("seed_1_", 0) != 0)
      std::printf("%-44s %10.3f  %10.3f %10.3f\n", name.c_str(), number.value, number.low.value_or(0),
                  number.high.value_or(0));
  save_measurement(path, {.lesson = "03_three_parameters",
                          .command = "build/default/bin/lesson_03_measure lessons/03_three_parameters/results.json",
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
