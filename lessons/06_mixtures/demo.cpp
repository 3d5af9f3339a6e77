// The demo of lesson 06: rows in a plane, and a mixture that EM fits to them while you watch. Everything worth reading
// is in demo/.

#include "lessons/demo_window.hpp"

#include "lessons/06_mixtures/demo/controls.hpp"
#include "lessons/06_mixtures/demo/headless.hpp"
#include "lessons/06_mixtures/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::mixtures;

void run_window(std::uint64_t seed) {
  DemoModel model(seed);
  Scene scene(model);
  lessons::play("Handbuilt 06: groups that overlap", scene, layout_for, [&] { scene.pass_frame(); });
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "06_mixtures", "Rows in a plane, and a mixture that EM fits to them while you watch.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
