#pragma once

#include "lessons/01_flat_rate/demo/scene.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::lessons::flat_rate {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

}  // namespace handbuilt::lessons::flat_rate
