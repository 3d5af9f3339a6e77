#pragma once

#include "lessons/05_k_means/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::k_means {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::k_means
