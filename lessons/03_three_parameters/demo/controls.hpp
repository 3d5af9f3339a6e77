#pragma once

#include "lessons/03_three_parameters/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::three_parameters {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::three_parameters
