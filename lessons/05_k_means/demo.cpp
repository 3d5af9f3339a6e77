// The demo of lesson 05: points to drop, centroids to drag, and photographs in few colours. Everything worth reading is
// in demo/.

#include "lessons/demo.hpp"

#include "lessons/05_k_means/demo/controls.hpp"
#include "lessons/05_k_means/demo/headless.hpp"
#include "lessons/05_k_means/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::k_means;

void run_window(std::uint64_t seed) {
  window::Window window({.title = "Handbuilt 05: groups without names"});
  Scene scene(seed);
  double before = 0;
  const lessons::Stopwatch watch;
  while (window.next_frame()) {
    const Layout layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!scene.handle(event, layout)) window.close();
    const double now = watch.seconds();
    scene.pass(now - before);
    before = now;
    draw_controls(window, scene);
    if (scene.take_change() || window.needs_painting()) window.paint(draw(scene, window.width(), window.height()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "05_k_means", "Points and colours in groups that nobody named.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
