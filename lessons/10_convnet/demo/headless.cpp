#include "lessons/10_convnet/demo/headless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "core/interval.hpp"
#include "core/random.hpp"
#include "lessons/10_convnet/demo/controls.hpp"
#include "lessons/10_convnet/demo/figures.hpp"
#include "lessons/10_convnet/demo/view.hpp"
#include "lessons/demo_window.hpp"
#include "nn/lenet.hpp"
#include "nn/progress_line.hpp"

namespace handbuilt::lessons::convnet {
namespace {

/// A fixed number, not the machine's: the weights depend on it in their last bits, and results should repeat.
constexpr int kThreads = 2;
constexpr double kSecondsBesidesTraining = 3;  // loading, figures, the window's picture

nn::Recipe chosen_recipe(const DemoOptions& options, const data::Digits& digits) {
  nn::Recipe recipe = nn::best_lenet_recipe();
  recipe.options.threads = kThreads;
  if (!options.seconds) return recipe;
  return shortened(std::move(recipe), digits, std::max(0.0, *options.seconds - kSecondsBesidesTraining));
}

}  // namespace

nn::Recipe shortened(nn::Recipe recipe, const data::Digits& digits, double seconds) {
  // Measure a few steps of a network that nobody will use.
  constexpr double kMeasuredSeconds = 0.5;
  Random random(0, "speed");
  nn::Sequential<float> network = nn::lenet<float>(random, recipe.initialisation);
  nn::Trainer trainer(network, digits.train, {}, recipe.options);
  const Stopwatch watch;
  int steps = 0;
  while (steps < 3 || (watch.seconds() < std::min(kMeasuredSeconds, seconds / 10) && !trainer.done())) {
    trainer.step();
    ++steps;
  }
  const double steps_an_epoch = std::ceil(static_cast<double>(digits.train.count()) / recipe.options.batch_size);
  const double epochs = seconds * steps / watch.seconds() / steps_an_epoch;

  recipe.options.epochs = static_cast<int>(std::clamp(epochs, 1.0, static_cast<double>(recipe.options.epochs)));
  if (auto* cosine = std::get_if<nn::CosineSchedule>(&recipe.options.schedule))
    cosine->warm_up_epochs = std::min(cosine->warm_up_epochs, 0.2 * recipe.options.epochs);
  return recipe;
}

void run_headless(const DemoOptions& options, const data::Digits& digits) {
  const Stopwatch watch;
  nn::ProgressLine progress_line = options.plain ? nn::ProgressLine(std::cout, nn::ProgressLine::Style::plain)
                                                 : nn::ProgressLine::on_standard_output();

  // Train.
  const nn::Recipe recipe = chosen_recipe(options, digits);
  fmt::print("training on {} digits for {} epochs\n", digits.train.count(), recipe.options.epochs);
  std::fflush(stdout);
  DemoModel model(digits, recipe, options.seed);
  const nn::Sequential<float> untrained = model.snapshot().network;
  while (!model.done() && !(options.seconds && watch.seconds() > *options.seconds)) progress_line(model.step());
  model.finish();
  const auto snapshot = std::make_shared<const Snapshot>(model.snapshot());
  std::cout.flush();

  // Judge, once.
  const nn::Evaluation test = nn::evaluate(snapshot->network, digits.test);
  const int count = digits.test.count(), right = static_cast<int>(std::lround(test.accuracy * count));
  const Interval interval = wilson_interval(right, count);

  // Write it all down.
  Scene scene(digits.validation, snapshot);
  save_figures(options.out, scene, untrained, test);
  scene.draw(scripted_three());
  save_scene(options.out / "window.png", scene);
  const double drawn_three = scene.answer().probabilities[3];
  const auto mistakes = static_cast<double>(snapshot->insight->mistakes.size());
  save_results(
      options.out,
      {.lesson = "10_convnet",
       .seed = options.seed,
       .seconds = watch.seconds(),
       .numbers = {{"test_accuracy", {test.accuracy, interval.low, interval.high, count, "share"}},
                   {"test_loss", {.value = test.loss, .n = count, .unit = "nats"}},
                   {"validation_mistakes", {.value = mistakes, .n = digits.validation.count(), .unit = "digits"}},
                   {"epochs", {.value = static_cast<double>(snapshot->epochs.size())}},
                   {"training_seconds", {.value = snapshot->progress.seconds, .unit = "s"}},
                   {"training_speed", {.value = snapshot->progress.images_per_second, .unit = "images/s"}},
                   {"drawn_three", {.value = drawn_three, .n = 1, .unit = "probability"}}}});

  fmt::print("a three drawn on the pad: \"{}\", {:.1f} % sure\n", scene.answer().best,
             100 * scene.answer().probabilities[static_cast<std::size_t>(scene.answer().best)]);
  fmt::print("figures and results.json: {}\n", options.out.string());
  fmt::print("test accuracy {:.1f} % (95 % interval {:.1f} to {:.1f} % of {} digits it had never seen)\n",
             100 * test.accuracy, 100 * interval.low, 100 * interval.high, count);
}

}  // namespace handbuilt::lessons::convnet
