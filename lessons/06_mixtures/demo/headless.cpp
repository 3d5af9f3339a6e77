#include "lessons/06_mixtures/demo/headless.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lessons/06_mixtures/demo/controls.hpp"
#include "lessons/06_mixtures/demo/view.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

/// The largest loss of a step, in nats; below 0 when every step gained.
double largest_loss(const std::vector<double>& log_likelihoods) {
  double loss = -1e300;
  for (std::size_t step = 1; step < log_likelihoods.size(); ++step)
    loss = std::max(loss, log_likelihoods[step - 1] - log_likelihoods[step]);
  return loss;
}

}  // namespace

void run_headless(const DemoOptions& options) {
  const Stopwatch watch;
  Results results{.lesson = "06_mixtures", .seed = options.seed};
  fmt::print("adjusted Rand ");
  for (const Method method : kMethods) fmt::print("{:>9}", name_of(method));
  fmt::print("   EM in the window\n");
  for (const Cloud cloud : kClouds) {
    DemoModel model(options.seed, cloud);
    model.run();
    fmt::print("{:<14}", name_of(cloud));
    for (std::size_t k = 0; k < kMethods.size(); ++k) {
      const double agreement = model.agreement(model.by_method()[k]);
      fmt::print("{:9.2f}", agreement);
      results.numbers["rand_" + name_of(cloud) + "_" + key_of(kMethods.at(k))] = {
          .value = agreement, .n = static_cast<int>(model.x().rows())};
    }
    const double loss = largest_loss(model.log_likelihoods());
    fmt::print("   {} steps, {}\n", model.log_likelihoods().size() - 1,
               loss <= 1e-9 ? "none of them a loss" : fmt::format("one of them a loss of {:g}", loss));
    results.numbers["em_steps_" + name_of(cloud)] = {.value = static_cast<double>(model.log_likelihoods().size() - 1)};
    results.numbers["em_largest_loss_" + name_of(cloud)] = {.value = std::max(loss, 0.0), .unit = "nats"};
  }

  DemoModel model(options.seed);
  Scene scene(model);
  for (int step = 0; step < 8; ++step) scene.step();
  save_figure(options.out, "part_way", board_figure(model));
  scene.finish();
  save_figure(options.out, "at_rest", board_figure(model));
  save_figure(options.out, "likelihood", likelihood_figure(model).draw());
  save_scene(options.out / "window.png", scene);
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::mixtures
