#include "lessons/01_flat_rate/demo/controls.hpp"

namespace handbuilt::lessons::flat_rate {

void draw_controls(window::Window& window, Scene& scene) {
  window::Panel panel(window, "estimates", layout_for(window.width(), window.height()).controls);
  if (panel.button("Deal again")) scene.deal();
  if (panel.button("Mean")) scene.set_rate_to_mean();
  if (panel.button("Median")) scene.set_rate_to_median();
  bool exchanged = scene.model().is_exchanged();
  if (panel.toggle("exchange Morris", exchanged)) scene.exchange_morris();
}

}  // namespace handbuilt::lessons::flat_rate
