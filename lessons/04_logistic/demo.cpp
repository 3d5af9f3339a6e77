// The demo of lesson 04: rain tomorrow, and a threshold to move. Everything worth reading is in demo/.

#include "lessons/04_logistic/demo/controls.hpp"
#include "lessons/04_logistic/demo/headless.hpp"
#include "lessons/04_logistic/demo/view.hpp"
#include "lessons/demo_window.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::logistic;

void run_window(const Days& days) {
  Scene scene(days);
  lessons::play("Handbuilt 04: rain tomorrow, and what mistakes cost", scene, layout_for);
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
