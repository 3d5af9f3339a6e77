// The demo of lesson 02: drag Anscombe's points and watch the line follow. Everything worth reading is in demo/.

#include "lessons/demo_window.hpp"

#include "lessons/02_least_squares/demo/controls.hpp"
#include "lessons/02_least_squares/demo/headless.hpp"
#include "lessons/02_least_squares/demo/view.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons::least_squares;

void run_window(const std::vector<Points>& sets) {
  DemoModel model(sets);
  Scene scene(model);
  lessons::play("Handbuilt 02: one line, four stories", scene, layout_for);
}

}  // namespace

int main(int argc, char** argv) {
  return lessons::run_demo(argc, argv, "02_least_squares", "Drag points and watch the line of least squares follow.",
                           [](const lessons::DemoOptions& options) {
                             const std::vector<Points> sets =
                                 load_anscombe(lessons::datasets_folder() / "anscombe/anscombe.csv");
                             if (!options.headless) return run_window(sets);
                             run_headless(options, sets, load_cars(lessons::datasets_folder() / "cars/cars.csv"));
                           });
}
