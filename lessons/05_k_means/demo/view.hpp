#pragma once

#include "lessons/05_k_means/demo/scene.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::k_means {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

/// The inertia at each assignment.
plot::Figure inertia_figure(const Play& play);
/// Stability and silhouette over the number of groups.
plot::Figure how_many_figure(const HowMany& how_many);

}  // namespace handbuilt::lessons::k_means
