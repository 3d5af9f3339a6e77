// Measures every estimate of this lesson on plots it has not seen, over 200 dealings of the folds:
//   build/default/bin/lesson_01_measure lessons/01_flat_rate/results.json

#include <cmath>
#include <numeric>
#include <utility>

#include "core/interval.hpp"
#include "data/design.hpp"
#include "lessons/01_flat_rate/experiment.hpp"
#include "lessons/measuring.hpp"
#include "regression/bootstrap.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::flat_rate;

/// The full model's RMSE over the flat rate's, with the interval that other plots could have shown: the plots are drawn
/// again, each with its squared errors averaged over the dealings.
Number ratio_over_plots(const Barley& barley, int seeds) {
  VectorD flat = VectorD::Zero(barley.rows()), full = flat;
  for (int seed = 1; seed <= seeds; ++seed)
    for (auto [model, squares] : {std::pair{Model::kFlat, &flat}, std::pair{Model::kFull, &full}}) {
      Random random(static_cast<std::uint64_t>(seed), "folds");
      *squares += (predict_held_out(model, barley, random) - barley.yields).cwiseAbs2();
    }
  const auto ratio = [&](const std::vector<int>& rows) {
    return std::sqrt(data::take(full, rows).sum() / data::take(flat, rows).sum());
  };
  Random random(1, "bootstrap");
  const Interval interval = regression::bootstrap_interval(barley.rows(), ratio, random, 5000);
  std::vector<int> all(static_cast<std::size_t>(barley.rows()));
  std::iota(all.begin(), all.end(), 0);
  return {ratio(all), interval.low, interval.high, barley.rows(), "times the flat rate's"};
}

Measurement measure() {
  constexpr int kSeeds = 200;
  const Barley barley = load_barley(datasets_folder() / "barley/barley.csv");
  const std::vector<Found> runs = run_seeds(kSeeds, [&](std::uint64_t seed) { return run_experiment(barley, seed); });
  const std::string yield_unit = "bushels per acre";
  std::map<std::string, Number> numbers;
  put_means(runs,
            {{"rmse", yield_unit}, {"mae", yield_unit}, {"leaking", yield_unit}, {"ratio", "times the flat rate's"}},
            numbers);
  for (const auto& [name, number] : whole_table_numbers(barley)) numbers[name] = number;
  numbers["ratio_full_over_plots"] = ratio_over_plots(barley, kSeeds);
  int worse = 0;
  for (const auto& run : runs) worse += run.at("ratio_full") > 1;
  const Interval share = wilson_interval(worse, kSeeds);
  numbers["full_is_worse"] = {static_cast<double>(worse) / kSeeds, share.low, share.high, kSeeds, "share"};
  return {.lesson = "01_flat_rate", .seeds = "1 to " + std::to_string(kSeeds), .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, measure); }
