// Measures every estimate of this lesson on fields that it has not seen, in countries of four kinds, and what guards
// are worth:
//   build/default/bin/lesson_03_measure lessons/03_three_parameters/results.json

#include <algorithm>

#include "core/random.hpp"
#include "lessons/03_three_parameters/experiment.hpp"
#include "lessons/measuring.hpp"
#include "regression/bootstrap.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::three_parameters;

/// Medians, with where the median of as many other countries could lie: a mean would be made by the wildest of them.
void put_medians(const std::vector<Found>& runs, std::map<std::string, Number>& numbers) {
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

Measurement measure(int seeds) {
  std::map<std::string, Number> numbers;
  const std::vector<Found> runs = run_seeds(seeds, run_experiment);
  put_means(runs, {}, numbers);
  put_medians(runs, numbers);
  put_means(run_seeds(seeds, run_guard_experiment), {}, numbers);
  return {.lesson = "03_three_parameters", .seeds = "1 to " + std::to_string(seeds), .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, 100, measure); }
