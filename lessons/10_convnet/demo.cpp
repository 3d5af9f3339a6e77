// The demo of lesson 10: a network learns to read digits in front of you. Everything worth reading is in demo/.

#include "data/digits.hpp"
#include "lessons/10_convnet/demo/controls.hpp"
#include "lessons/10_convnet/demo/headless.hpp"
#include "lessons/10_convnet/demo/training_thread.hpp"
#include "lessons/10_convnet/demo/view.hpp"
#include "lessons/demo_window.hpp"

#include <algorithm>

#include "core/parallel.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::convnet;

void run_window(std::uint64_t seed, const data::Digits& digits) {
  nn::Recipe recipe = nn::best_lenet_recipe();
  recipe.options.threads = std::max(1, core_count() - 1);  // one core draws
  TrainingThread training(digits, recipe, seed);
  Scene scene(digits.validation, training.latest());
  lessons::play("Handbuilt 10: a network learns to read digits", scene, layout_for, [&] {
    training.pause(scene.paused);
    scene.show(training.latest());
  });
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(argc, argv, "10_convnet", "A convolutional network learns to read handwritten digits.",
                           [](const lessons::DemoOptions& options) {
                             const data::Digits digits = data::load_mnist(lessons::datasets_folder() / "mnist");
                             options.headless ? run_headless(options, digits) : run_window(options.seed, digits);
                           });
}
