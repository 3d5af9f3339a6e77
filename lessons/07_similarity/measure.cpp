// Measures how well new situations are told from known ones and what recall gains in homes that are new, each seed with
// homes of its own:
//   build/default/bin/lesson_07_measure lessons/07_similarity/results.json

#include <cstdio>
#include <cstdlib>

#include "core/parallel.hpp"
#include "lessons/07_similarity/experiment.hpp"
#include "lessons/results_file.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;

void measure(const char* path, int seeds) {
  const Stopwatch watch;
  std::vector<std::map<std::string, double>> runs(static_cast<std::size_t>(seeds));
  Workers workers;
  workers.parallel_for(seeds, [&](int begin, int end, int) {
    for (int k = begin; k < end; ++k)
      runs[static_cast<std::size_t>(k)] = likeness::run_experiment(static_cast<std::uint64_t>(k) + 1);
  });
  std::map<std::string, Number> numbers = mean_numbers(runs, {{"public", "m"},
                                                              {"new", "m"},
                                                              {"gain", "m"},
                                                              {"promised", "m"},
                                                              {"kept", "m"},
                                                              {"alarms", "share"},
                                                              {"at95", "share"},
                                                              {"detected", "share"},
                                                              {"remembered", "bumps"}});
  for (const auto& [name, value] : runs.front()) numbers["seed_1_" + name] = {.value = value, .n = 1};
  for (const auto& [name, number] : numbers)
    if (name.rfind("seed_1_", 0) != 0)
      std::printf("%-40s %10.3f  %10.3f %10.3f\n", name.c_str(), number.value, number.low.value_or(0),
                  number.high.value_or(0));
  save_measurement(path, {.lesson = "07_similarity",
                          .command = "build/default/bin/lesson_07_measure lessons/07_similarity/results.json",
                          .seeds = "1 to " + std::to_string(seeds),
                          .seconds = watch.seconds(),
                          .numbers = numbers});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: %s RESULTS_JSON [SEEDS]\n", argv[0]);
    return 2;
  }
  try {
    measure(argv[1], argc == 3 ? std::max(2, std::atoi(argv[2])) : 20);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
