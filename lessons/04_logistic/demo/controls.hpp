#pragma once

#include "lessons/04_logistic/demo/scene.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::logistic {

/// The buttons and sliders of the window's frame, and what they do to the scene.
void draw_controls(window::Window& window, Scene& scene);

}  // namespace handbuilt::lessons::logistic
