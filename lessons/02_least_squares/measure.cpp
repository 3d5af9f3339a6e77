// Measures what the text quotes: cars it has not seen over 200 dealings, and 50 problems at each condition number:
//   build/default/bin/lesson_02_measure lessons/02_least_squares/results.json

#include <cmath>

#include "lessons/02_least_squares/cars_experiment.hpp"
#include "lessons/02_least_squares/conditioning.hpp"
#include "lessons/02_least_squares/line.hpp"
#include "lessons/measuring.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;
using namespace handbuilt::lessons::least_squares;

constexpr int kDealings = 200, kProblems = 50;

Measurement measure() {
  std::map<std::string, Number> numbers;
  for (const Points& set : load_anscombe(datasets_folder() / "anscombe/anscombe.csv")) {
    const LineFit fit = fit_line(set);
    const int count = static_cast<int>(set.x.size());
    numbers["anscombe_" + set.name + "_slope"] = {.value = fit.slope, .n = count};
    numbers["anscombe_" + set.name + "_intercept"] = {.value = fit.intercept, .n = count};
    numbers["anscombe_" + set.name + "_r_squared"] = {.value = fit.r_squared, .n = count};
  }

  const Cars cars = load_cars(datasets_folder() / "cars/cars.csv");
  const std::vector<Found> dealings = run_seeds(kDealings, [&](std::uint64_t seed) { return run_cars(cars, seed); });
  for (auto& [name, number] :
       mean_numbers(dealings, {{"rmse", "miles per gallon"}, {"ratio", "times the flat rate's"}}))
    numbers[name] = number;
  for (auto& [name, number] : whole_table_numbers(cars)) numbers[name] = number;

  const std::vector<Found> problems = run_seeds(kProblems, [](std::uint64_t seed) {
    const DigitsLost lost = run_conditioning(seed);
    const Steps descent = run_descent(seed);
    Found run{{"decade_qr", digits_a_decade(lost.conditions, lost.qr, 1, 1e12)},
              {"decade_normal_equations", digits_a_decade(lost.conditions, lost.normal_equations, 1, 1e7)},
              {"decade_badly_scaled", digits_a_decade(lost.conditions, lost.normal_equations_badly_scaled, 1, 1e12)},
              {"decade_qr_with_scatter", digits_a_decade(lost.conditions, lost.qr_with_scatter, 1e2, 1e7)}};
    for (const int power : {0, 2, 4, 6, 7}) {
      const auto at = static_cast<std::size_t>(2 * power);
      run["lost_qr_1e" + std::to_string(power)] = lost.qr[at];
      run["lost_normal_equations_1e" + std::to_string(power)] = lost.normal_equations[at];
      run["lost_badly_scaled_1e" + std::to_string(power)] = lost.normal_equations_badly_scaled[at];
    }
    for (std::size_t k = 0; k < descent.conditions.size(); ++k)
      run["steps_at_" + std::to_string(static_cast<int>(descent.conditions[k]))] = descent.steps[k];
    return run;
  });
  for (auto& [name, number] : mean_numbers(problems, {{"decade", "digits"}, {"lost", "digits"}, {"steps", "steps"}}))
    numbers[name] = number;

  return {.lesson = "02_least_squares",
          .seeds = "1 to 200 for the cars, 1 to 50 for the condition numbers",
          .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, measure); }
