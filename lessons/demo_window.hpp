#pragma once

#include <functional>
#include <string>

#include "lessons/demo.hpp"

/// A demo's scene on the screen and in a picture. A lesson's `Scene` has `handle(event, layout)`, false to close, and
/// `take_change()`; beside it, in its namespace, stand `draw_controls(window, scene)` and `draw(scene, width, height)`.
namespace handbuilt::lessons {

/// Shows the scene until its window is closed. `each_frame` is called once a frame, after the controls; `layout_for` is
/// the lesson's.
template <class Scene, class LayoutFor>
void play(const std::string& title, Scene& scene, LayoutFor&& layout_for,
          const std::function<void()>& each_frame = {}) {
  window::Window window({.title = title});
  while (window.next_frame()) {
    const auto layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!scene.handle(event, layout)) window.close();
    draw_controls(window, scene);
    if (each_frame) each_frame();
    if (scene.take_change() || window.needs_painting()) window.paint(draw(scene, window.width(), window.height()));
  }
}

/// Writes the scene's window as it looks now, controls included, as a PNG file; nobody sees it open.
template <class Scene>
void save_scene(const std::filesystem::path& file, Scene& scene) {
  save_window(
      file, [&](double width, double height) { return draw(scene, width, height); },
      [&](window::Window& window) { draw_controls(window, scene); });
}

}  // namespace handbuilt::lessons
