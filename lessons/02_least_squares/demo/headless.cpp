#include "lessons/02_least_squares/demo/headless.hpp"

#include <fmt/format.h>

#include "lessons/02_least_squares/demo/controls.hpp"
#include "lessons/02_least_squares/demo/view.hpp"
#include "lessons/02_least_squares/figures.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::least_squares {

void run_headless(const DemoOptions& options, const std::vector<Points>& sets, const Cars& cars) {
  const Stopwatch watch;
  Results results{.lesson = "02_least_squares", .seed = options.seed};
  for (const Points& set : sets) {
    const LineFit fit = fit_line(set);
    fmt::print("{:>3}: y = {:.3f} + {:.3f} x, R^2 {:.3f}\n", set.name, fit.intercept, fit.slope, fit.r_squared);
    results.numbers["anscombe_" + set.name + "_slope"] = {.value = fit.slope};
    results.numbers["anscombe_" + set.name + "_r_squared"] = {.value = fit.r_squared};
  }
  for (const auto& [name, value] : run_cars(cars, options.seed)) results.numbers[name] = {.value = value};
  for (const auto& [name, number] : whole_table_numbers(cars)) results.numbers[name] = number;
  fmt::print("cars: the three ways agree to {:.1f} digits; off by {:.2f} miles per gallon (RMSE) on cars not seen\n",
             results.numbers["agreement_digits"].value, results.numbers["rmse_three"].value);

  const DigitsLost lost = run_conditioning(options.seed);
  results.numbers["decade_qr"] = {.value = digits_a_decade(lost.conditions, lost.qr, 1, 1e12), .unit = "digits"};
  results.numbers["decade_normal_equations"] = {
      .value = digits_a_decade(lost.conditions, lost.normal_equations, 1, 1e7), .unit = "digits"};
  fmt::print("for each power of ten of the condition number the normal equations lose {:.2f} digits, QR {:.2f}\n",
             results.numbers["decade_normal_equations"].value, results.numbers["decade_qr"].value);

  save_figure(options.out, "anscombe", anscombe_figure(sets));
  save_figure(options.out, "cars", cars_figure(predict_held_out(cars, options.seed)));
  save_figure(options.out, "digits_lost", digits_figure({lost}));
  save_figure(options.out, "valley", valley_figure(sets.front()));
  DemoModel model(sets);
  Scene scene(model);
  scene.choose(2);
  scene.select_next(1);
  scene.select_next(1);
  scene.select_next(1);
  scene.move_selected(13, 4);  // the point far off, to the other side
  save_scene(options.out / "window.png", scene);
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::least_squares
