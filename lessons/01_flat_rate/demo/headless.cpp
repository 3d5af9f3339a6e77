#include "lessons/01_flat_rate/demo/headless.hpp"

#include <fmt/format.h>

#include "lessons/01_flat_rate/demo/controls.hpp"
#include "lessons/01_flat_rate/demo/view.hpp"
#include "lessons/01_flat_rate/figures.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::flat_rate {

void run_headless(const DemoOptions& options, const Barley& barley) {
  constexpr int kDealings = 50;
  const Stopwatch watch;
  DemoModel model(barley, options.seed);
  while (model.dealings() < kDealings && !(options.seconds && watch.seconds() > *options.seconds)) model.deal();

  Scene scene(model);
  std::vector<double> seen, unseen;
  Results results{.lesson = "01_flat_rate", .seed = options.seed};
  for (const Model which : kModels) {
    const MeanInterval mean = model.mean_unseen(which);
    seen.push_back(model.seen(which));
    unseen.push_back(mean.mean);
    results.numbers["rmse_" + key_of(which)] = {mean.mean, mean.low, mean.high, model.dealings(), "bushels per acre"};
    fmt::print("{:30} {:4} parameters   RMSE {:6.2f} on plots held out, {:6.2f} on plots it was fitted on\n",
               name_of(which), parameters_of(which), mean.mean, model.seen(which));
  }
  save_figure(options.out, "yields", yields_figure(barley, scene.rate()).draw());
  save_figure(options.out, "flat_rate_errors", error_figure(barley, scene.rate()).draw());
  save_figure(options.out, "models", models_figure(seen, unseen).draw());
  save_figure(options.out, "residuals",
              residual_figure(barley, model.held_out(Model::kAdditive), "Left over by site + variety + year").draw());
  save_scene(options.out / "window.png", scene);
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::flat_rate
