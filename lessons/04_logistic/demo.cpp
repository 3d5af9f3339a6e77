// The demo of lesson 04: rain tomorrow, and a threshold to move. Everything worth reading is in demo/.

#include "lessons/demo.hpp"
#include "lessons/04_logistic/demo/controls.hpp"
#include "lessons/04_logistic/demo/headless.hpp"
#include "lessons/04_logistic/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::logistic;

void run_window(const Days& days) {
  window::Window window({.title = "Handbuilt 04: rain tomorrow, and what mistakes cost"});
  Scene scene(days);
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
  return lessons::run_demo(argc, argv, "04_logistic",
                           "Rain tomorrow: probabilities, a threshold, and what mistakes cost.",
                           [](const lessons::DemoOptions& options) {
                             const Days days = load_days(lessons::datasets_folder() / "seattle-weather");
                             options.headless ? run_headless(options, days) : run_window(days);
                           });
}
