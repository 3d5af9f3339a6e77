#pragma once

#include "lessons/07_similarity/demo/scene.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::lessons::likeness {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

}  // namespace handbuilt::lessons::likeness
