#include "lessons/03_three_parameters/demo/headless.hpp"

#include <fmt/format.h>

#include "lessons/03_three_parameters/demo/controls.hpp"
#include "lessons/03_three_parameters/demo/view.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::three_parameters {

void run_headless(const DemoOptions& options) {
  constexpr int kParameters = 40;
  const Stopwatch watch;
  DemoModel model(options.seed);
  Scene scene(model);
  scene.take_the_three();
  const double three = model.curve().unseen.back();
  scene.clear();
  while (static_cast<int>(model.chosen().size()) < kParameters &&
         !(options.seconds && watch.seconds() > *options.seconds))
    scene.add_best();
  scene.reveal(true);

  Results results{.lesson = "03_three_parameters", .seed = options.seed};
  for (const std::size_t size : {0u, 1u, 2u, 3u, 5u, 10u, 20u, 40u}) {
    if (size >= model.curve().unseen.size()) break;
    const double seen = model.curve().seen[size], unseen = model.curve().unseen[size];
    fmt::print("{:3} parameters   RMSE {:6.2f} on the 80 fields, {:6.2f} on 1,000 new ones\n", size, seen, unseen);
    results.numbers[fmt::format("seen_{}", size)] = {.value = seen, .n = kFields, .unit = "bushels per acre"};
    results.numbers[fmt::format("unseen_{}", size)] = {
        .value = unseen, .n = static_cast<int>(model.fresh().yields.size()), .unit = "bushels per acre"};
  }
  fmt::print("the three that matter: {:.2f}\n", three);
  results.numbers["unseen_the_three"] = {.value = three, .unit = "bushels per acre"};
  save_figure(options.out, "parting", parting_figure(model).draw());
  save_figure(options.out, "scatter", scatter_figure(model).draw());
  save_scene(options.out / "window.png", scene);
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::three_parameters
