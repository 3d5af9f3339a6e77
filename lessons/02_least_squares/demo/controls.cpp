#include "lessons/02_least_squares/demo/controls.hpp"

namespace handbuilt::lessons::least_squares {

void draw_controls(window::Window& window, Scene& scene) {
  window::Panel panel(window, "sets", layout_for(window.width(), window.height()).controls);
  constexpr const char* kNames[] = {"I", "II", "III", "IV"};
  for (int set = 0; set < scene.model().sets() && set < 4; ++set)
    if (panel.button(kNames[set], set == scene.model().chosen())) scene.choose(set);
  if (panel.button("As published")) scene.reset();
  bool squares = scene.shows_squares();
  if (panel.toggle("squares", squares)) scene.toggle_squares();
}

}  // namespace handbuilt::lessons::least_squares
