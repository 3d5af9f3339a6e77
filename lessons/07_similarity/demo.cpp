// The demo of lesson 07: what a robot remembers as a map, and how new a home is to it. Everything worth reading is in
// demo/.

#include "lessons/demo.hpp"

#include "lessons/07_similarity/demo/controls.hpp"
#include "lessons/07_similarity/demo/headless.hpp"
#include "lessons/07_similarity/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::likeness;

void run_window(std::uint64_t seed) {
  DemoModel model(seed);
  Scene scene(model);
  window::Window window({.title = "Handbuilt 07: what is this like?"});
  while (window.next_frame()) {
    const Layout layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!scene.handle(event, layout)) window.close();
    scene.tick();
    draw_controls(window, scene);
    if (scene.take_change() || window.needs_painting()) window.paint(draw(scene, window.width(), window.height()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "07_similarity", "What a robot remembers, as a map, and how new a home is to it.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
