// The demo of lesson 05: points to drop, centroids to drag, and photographs in few colours. Everything worth reading is
// in demo/.

#include "lessons/demo_window.hpp"

#include "lessons/05_k_means/demo/controls.hpp"
#include "lessons/05_k_means/demo/headless.hpp"
#include "lessons/05_k_means/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::k_means;

void run_window(std::uint64_t seed) {
  Scene scene(seed);
  double before = 0;
  const lessons::Stopwatch watch;
  lessons::play("Handbuilt 05: groups without names", scene, layout_for, [&] {
    const double now = watch.seconds();
    scene.pass(now - before);
    before = now;
  });
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "05_k_means", "Points and colours in groups that nobody named.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
