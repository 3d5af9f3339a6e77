// The demo of lesson 06: rows in a plane, and a mixture that EM fits to them while you watch. Everything worth reading
// is in demo/.

#include "lessons/demo.hpp"

#include "lessons/06_mixtures/demo/controls.hpp"
#include "lessons/06_mixtures/demo/headless.hpp"
#include "lessons/06_mixtures/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::mixtures;

void run_window(std::uint64_t seed) {
  window::Window window({.title = "Handbuilt 06: groups that overlap"});
  DemoModel model(seed);
  Scene scene(model);
  while (window.next_frame()) {
    const Layout layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!scene.handle(event, layout)) window.close();
    draw_controls(window, scene);
    scene.pass_frame();
    if (scene.take_change() || window.needs_painting()) window.paint(draw(scene, window.width(), window.height()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "06_mixtures", "Rows in a plane, and a mixture that EM fits to them while you watch.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
