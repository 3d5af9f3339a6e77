#pragma once

#include "lessons/06_mixtures/cloud_picture.hpp"
#include "lessons/06_mixtures/demo/scene.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::mixtures {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

/// Where the board shows the rows: what the mouse points at.
Plane board_plane(const Layout& layout);

/// The log likelihood after each step.
plot::Figure likelihood_figure(const DemoModel& model);

/// The rows in the mix of their components' colours, with the ellipses, on a page of its own.
plot::DisplayList board_figure(const DemoModel& model);

}  // namespace handbuilt::lessons::mixtures
