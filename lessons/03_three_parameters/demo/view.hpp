#pragma once

#include "lessons/03_three_parameters/demo/scene.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::three_parameters {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

/// The two curves that part, and what was predicted of the new fields against what came.
plot::Figure parting_figure(const DemoModel& model);
plot::Figure scatter_figure(const DemoModel& model);

}  // namespace handbuilt::lessons::three_parameters
