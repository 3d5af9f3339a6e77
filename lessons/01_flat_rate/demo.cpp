// The demo of lesson 01: one rate for 120 plots of barley, and what more parameters are worth. Everything worth reading
// is in demo/.

#include "lessons/demo.hpp"

#include "lessons/01_flat_rate/demo/controls.hpp"
#include "lessons/01_flat_rate/demo/headless.hpp"
#include "lessons/01_flat_rate/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::flat_rate;

void run_window(std::uint64_t seed, const Barley& barley) {
  window::Window window({.title = "Handbuilt 01: one number for everything"});
  DemoModel model(barley, seed);
  Scene scene(model);
  while (window.next_frame()) {
    const Layout layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!scene.handle(event, layout)) window.close();
    draw_controls(window, scene);
    if (scene.take_change() || window.needs_painting()) window.paint(draw(scene, window.width(), window.height()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(argc, argv, "01_flat_rate", "One rate for every plot of barley, and what beats it.",
                           [](const lessons::DemoOptions& options) {
                             const Barley barley = load_barley(lessons::datasets_folder() / "barley/barley.csv");
                             options.headless ? run_headless(options, barley) : run_window(options.seed, barley);
                           });
}
