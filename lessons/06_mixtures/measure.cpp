// Measures what the text says of mixtures, of their number and of groups of other shapes:
//   build/default/bin/lesson_06_measure lessons/06_mixtures/results.json

#include <algorithm>

#include "core/interval.hpp"
#include "lessons/06_mixtures/experiment.hpp"
#include "lessons/measuring.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::mixtures;

using Numbers = std::map<std::string, Number>;

/// The share of seeds whose `name` is 1, with Wilson's interval.
void put_share(const std::vector<Found>& runs, const std::string& name, const std::string& as, Numbers& numbers) {
  double hits = 0;
  for (const Found& found : runs) hits += found.at(name);
  const int count = static_cast<int>(runs.size());
  const Interval interval = wilson_interval(hits, count);
  numbers[as] = {.value = hits / count, .low = interval.low, .high = interval.high, .n = count};
  numbers["seed_1_" + as] = {.value = runs.front().at(name), .n = 1};
}

Measurement measure(int seeds) {
  Numbers numbers;
  put_means(run_seeds(seeds, compare_methods), {}, numbers);
  put_means(run_seeds(seeds, tell_floors), {}, numbers);

  const std::vector<Found> em = run_seeds(seeds, watch_em);
  double steps = 0, falls = 0, largest = 0;
  for (const Found& found : em) {
    steps += found.at("em_steps");
    falls += found.at("em_falls");
    largest = std::max(largest, found.at("em_largest_loss"));
  }
  numbers["em_steps"] = {.value = steps, .n = seeds};
  numbers["em_falls"] = {.value = falls, .n = static_cast<int>(steps)};
  numbers["em_largest_loss"] = {.value = largest, .n = static_cast<int>(steps), .unit = "nats a row"};
  put_first_seed(em, numbers);

  for (const double apart : kApart) {
    const std::vector<Found> chosen = run_seeds(seeds, [&](std::uint64_t seed) { return choose_number(seed, apart); });
    put_share(chosen, "bic", "bic_found_" + key_of_apart(apart), numbers);
    put_share(chosen, "aic", "aic_found_" + key_of_apart(apart), numbers);
  }
  const std::vector<Found> collapsed = run_seeds(seeds, collapse);
  for (const auto& entry : collapsed.front()) put_share(collapsed, entry.first, entry.first, numbers);
  for (const auto& [name, value] : group_penguins(datasets_folder() / "penguins", 1)) numbers[name] = {.value = value};

  return {.lesson = "06_mixtures",
          .seeds = "1 to " + std::to_string(seeds) + "; penguins: starts from seed 1",
          .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, 100, measure); }
