#include "lessons/measuring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "core/parallel.hpp"

namespace handbuilt::lessons {
namespace {

const std::string kFirstSeed = "seed_1_";

void print(const std::map<std::string, Number>& numbers) {
  const auto column = [](std::optional<double> value) { return value ? fmt::format("{:12.5g}", *value) : ""; };
  for (const auto& [name, number] : numbers)
    if (!name.starts_with(kFirstSeed))
      fmt::print("{:<44} {:12.5g} {:>12} {:>12}\n", name, number.value, column(number.low), column(number.high));
}

/// `most` words may be given.
int run(int argc, char** argv, int most, const std::function<Measurement()>& measure) {
  if (argc < 2 || argc > 1 + most) {
    std::fprintf(stderr, "usage: %s RESULTS_JSON%s\n", argv[0], most == 2 ? " [SEEDS]" : "");
    return 2;
  }
  try {
    const Stopwatch watch;
    Measurement measurement = measure();
    measurement.seconds = watch.seconds();
    print(measurement.numbers);
    save_measurement(argv[1], measurement);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}

}  // namespace

std::vector<Found> run_seeds(int seeds, const std::function<Found(std::uint64_t)>& experiment) {
  std::vector<Found> runs(static_cast<std::size_t>(seeds));
  Workers workers;
  workers.parallel_for(seeds, [&](int begin, int end, int) {
    for (int k = begin; k < end; ++k) runs[static_cast<std::size_t>(k)] = experiment(static_cast<std::uint64_t>(k) + 1);
  });
  return runs;
}

void put_first_seed(const std::vector<Found>& runs, std::map<std::string, Number>& numbers) {
  for (const auto& [name, value] : runs.front()) numbers[kFirstSeed + name] = {.value = value, .n = 1};
}

void put_means(const std::vector<Found>& runs, const std::map<std::string, std::string>& units,
               std::map<std::string, Number>& numbers) {
  for (const auto& [name, number] : mean_numbers(runs, units)) numbers[name] = number;
  put_first_seed(runs, numbers);
}

int measuring_program(int argc, char** argv, const std::function<Measurement()>& measure) {
  return run(argc, argv, 1, measure);
}

int measuring_program(int argc, char** argv, int seeds, const std::function<Measurement(int)>& measure) {
  if (argc == 3) seeds = std::max(2, std::atoi(argv[2]));
  return run(argc, argv, 2, [&] { return measure(seeds); });
}

}  // namespace handbuilt::lessons
