#include "lessons/07_similarity/demo/headless.hpp"

#include <fmt/format.h>

#include "lessons/07_similarity/demo/controls.hpp"
#include "lessons/07_similarity/demo/view.hpp"
#include "lessons/07_similarity/figures.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::likeness {

void run_headless(const DemoOptions& options) {
  const Stopwatch watch;
  DemoModel model(options.seed);
  Scene scene(model);
  Results results{.lesson = "07_similarity", .seed = options.seed};
  fmt::print("{} stretches of five seconds remembered; new above {:.2f}\n", model.map().windows().rows(),
             model.map().threshold());
  results.numbers["threshold"] = {.value = model.map().threshold()};
  for (int kind = 0; kind < std::ssize(demo_kinds()); ++kind) {
    if (kind > 1 && options.seconds && watch.seconds() > *options.seconds) break;
    scene.enter(kind);
    while (model.drive()) {
    }
    const robot_sim::Kind which = demo_kinds()[static_cast<std::size_t>(kind)];
    fmt::print("{:12} {:5.1f} % of {} stretches are new\n", words_for(which), 100 * model.share_new(),
               model.scores().size());
    results.numbers["new_" + robot_sim::name_of(which)] = {
        .value = model.share_new(), .n = static_cast<int>(model.scores().size()), .unit = "share"};
    if (kind == 0 || which == robot_sim::Kind::kLegs)
      save_figure(options.out, "scores_" + robot_sim::name_of(which),
                  score_figure(model.scores(), model.map().threshold(), "How new each five seconds are").draw());
  }
  save_figure(options.out, "map", map_figure(model.map(), {robot_sim::Kind::kRug, robot_sim::Kind::kLegs}).draw());
  scene.enter(2);
  for (int i = 0; i < 25; ++i) scene.drive();
  save_scene(options.out / "window.png", scene);
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::likeness
