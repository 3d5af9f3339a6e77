// The demo of lesson 01: one rate for 120 plots of barley, and what more parameters are worth. Everything worth reading
// is in demo/.

#include "lessons/demo_window.hpp"

#include "lessons/01_flat_rate/demo/controls.hpp"
#include "lessons/01_flat_rate/demo/headless.hpp"
#include "lessons/01_flat_rate/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::flat_rate;

void run_window(std::uint64_t seed, const Barley& barley) {
  DemoModel model(barley, seed);
  Scene scene(model);
  lessons::play("Handbuilt 01: one number for everything", scene, layout_for);
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(argc, argv, "01_flat_rate", "One rate for every plot of barley, and what beats it.",
                           [](const lessons::DemoOptions& options) {
                             const Barley barley = load_barley(lessons::datasets_folder() / "barley/barley.csv");
                             options.headless ? run_headless(options, barley) : run_window(options.seed, barley);
                           });
}
