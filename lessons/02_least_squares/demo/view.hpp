#pragma once

#include "lessons/02_least_squares/demo/scene.hpp"

namespace handbuilt::lessons::least_squares {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

}  // namespace handbuilt::lessons::least_squares
