#pragma once

#include "lessons/01_flat_rate/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::flat_rate {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::flat_rate
