#include "lessons/07_similarity/demo/controls.hpp"

#include "lessons/07_similarity/figures.hpp"

namespace handbuilt::lessons::likeness {

void draw_controls(window::Window& window, Scene& scene) {
  window::Panel panel(window, "homes", layout_for(window.width(), window.height()).controls);
  std::vector<std::string> names;
  for (const robot_sim::Kind kind : demo_kinds()) names.push_back(words_for(kind));
  int kind = scene.model().kind();
  if (panel.choice("kind", names, kind, 130)) scene.enter(kind);
  if (panel.button("Another home")) scene.enter_next();
  bool driving = scene.is_driving();
  if (panel.toggle("drive", driving)) scene.set_driving(driving);
  if (panel.button("Five seconds")) scene.drive();
}

}  // namespace handbuilt::lessons::likeness
