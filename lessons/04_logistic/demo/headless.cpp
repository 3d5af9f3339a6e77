#include "lessons/04_logistic/demo/headless.hpp"

#include <fmt/format.h>

#include "lessons/04_logistic/demo/controls.hpp"
#include "lessons/04_logistic/demo/figures.hpp"
#include "lessons/04_logistic/demo/view.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::logistic {

void run_headless(const DemoOptions& options, const Days& days) {
  const Stopwatch watch;
  const Penguins penguins = load_penguins(datasets_folder() / "penguins");

  save_figure(options.out, "calibration", calibration_figure(days));
  save_figure(options.out, "balanced", balanced_figure(days));
  save_figure(options.out, "costs", cost_figure(days));
  save_figure(options.out, "days", days_figure(days));
  save_figure(options.out, "penguins", penguin_figure(penguins, options.seed));
  Scene scene(days);
  scene.use_theory();
  save_scene(options.out / "window.png", scene);

  const std::map<std::string, Number> numbers = measure(days, penguins, options.seed);
  save_results(options.out,
               {.lesson = "04_logistic", .seed = options.seed, .seconds = watch.seconds(), .numbers = numbers});

  const Number &gain = numbers.at("gain_logistic"), &error = numbers.at("calibration_error_logistic");
  fmt::print("penguins: {:.1f} % right on birds it had not seen, mean of {} splits\n",
             100 * numbers.at("penguins_right").value, *numbers.at("penguins_right").n);
  fmt::print("calibration error {:.1f} points (95 % interval {:.1f} to {:.1f})\n", 100 * error.value, 100 * *error.low,
             100 * *error.high);
  fmt::print("figures and results.json: {}\n", options.out.string());
  fmt::print(
      "rain tomorrow, 2015: log loss {:.3f}, the base rate's {:.3f}; better by {:.3f} (95 % interval {:.3f} to "
      "{:.3f})\n",
      numbers.at("loss_logistic").value, numbers.at("loss_base").value, gain.value, *gain.low, *gain.high);
}

}  // namespace handbuilt::lessons::logistic
