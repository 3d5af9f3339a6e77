#pragma once

#include "lessons/07_similarity/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::likeness {

/// The buttons of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::likeness
