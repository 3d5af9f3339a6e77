// Measures what starts are worth, who finds the number of groups, and how well groups without names fit the names:
//   build/default/bin/lesson_05_measure lessons/05_k_means/results.json

#include "core/interval.hpp"
#include "lessons/05_k_means/experiment.hpp"
#include "lessons/measuring.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::k_means;

/// For what was either found or not (1 or 0), Wilson's interval in place of the mean's.
void put_shares(const std::vector<Found>& runs, std::map<std::string, Number>& numbers) {
  put_means(runs, {}, numbers);
  for (const auto& [name, value] : runs.front()) {
    if (name == "nothing_agreement") continue;
    Number& share = numbers[name];
    const Interval interval = wilson_interval(share.value * *share.n, *share.n);
    share.low = interval.low;
    share.high = interval.high;
  }
}

Measurement measure(int seeds) {
  std::map<std::string, Number> numbers;
  put_means(run_seeds(seeds, start_experiment), {}, numbers);
  numbers["runs"] = {.value = 1.0 * seeds * kRunsPerStart, .n = seeds};
  put_shares(run_seeds(seeds, choice_experiment), numbers);
  put_means(run_seeds(seeds, penguin_experiment), {}, numbers);
  for (const auto& experiment : {palette_experiment, penguin_choice})
    for (const auto& [name, value] : experiment(1)) numbers[name] = {.value = value, .n = 1};
  return {.lesson = "05_k_means", .seeds = "1 to " + std::to_string(seeds), .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, 100, measure); }
