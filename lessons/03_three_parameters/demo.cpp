// The demo of lesson 03: 300 drivers, 80 fields, and a fit to add them to and take them out of. Everything worth
// reading is in demo/.

#include "lessons/demo_window.hpp"

#include "lessons/03_three_parameters/demo/controls.hpp"
#include "lessons/03_three_parameters/demo/headless.hpp"
#include "lessons/03_three_parameters/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::three_parameters;

void run_window(std::uint64_t seed) {
  DemoModel model(seed);
  Scene scene(model);
  lessons::play("Handbuilt 03: three parameters of three hundred", scene, layout_for);
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(
      argc, argv, "03_three_parameters", "300 drivers, 80 fields, and three that matter.",
      [](const lessons::DemoOptions& options) { options.headless ? run_headless(options) : run_window(options.seed); });
}
