// The demo of lesson 07: what a robot remembers as a map, and how new a home is to it. Everything worth reading is in
// demo/.

#include "lessons/demo_window.hpp"

#include "lessons/07_similarity/demo/controls.hpp"
#include "lessons/07_similarity/demo/headless.hpp"
#include "lessons/07_similarity/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::likeness;

void run_window(std::uint64_t seed) {
  DemoModel model(seed);
  Scene scene(model);
  lessons::play("Handbuilt 07: what is this like?", scene, layout_for, [&] { scene.tick(); });
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "07_similarity", "What a robot remembers, as a map, and how new a home is to it.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
