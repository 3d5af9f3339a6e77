#pragma once

#include "lessons/10_convnet/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::convnet {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::convnet
