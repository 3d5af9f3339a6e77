#include "lessons/03_three_parameters/demo/controls.hpp"

namespace handbuilt::lessons::three_parameters {

void draw_controls(window::Window& window, Scene& scene) {
  window::Panel panel(window, "parameters", layout_for(window.width(), window.height()).controls);
  if (panel.button("Add the best")) scene.add_best();
  if (panel.button("Add 10")) scene.add_best(10);
  if (panel.button("Add any")) scene.add_random();
  if (panel.button("Take out")) scene.take_out_last();
  if (panel.button("Clear")) scene.clear();
  if (panel.button("The three")) scene.take_the_three();
  bool revealed = scene.is_revealed();
  if (panel.toggle("show which matter", revealed)) scene.reveal(revealed);
  if (panel.button("New fields")) scene.draw_new(scene.model().world());
}

}  // namespace handbuilt::lessons::three_parameters
