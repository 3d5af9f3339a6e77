#pragma once

#include "lessons/02_least_squares/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::least_squares {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::least_squares
