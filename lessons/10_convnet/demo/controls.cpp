#include "lessons/10_convnet/demo/controls.hpp"

namespace handbuilt::lessons::convnet {

void draw_controls(window::Window& window, Scene& scene) {
  const Layout layout = layout_for(window.width(), window.height());
  {
    window::Panel panel(window, "training", layout.controls);
    if (panel.button(scene.paused ? "Go on" : "Pause", scene.paused)) scene.paused = !scene.paused;
    if (panel.button("Next digit")) scene.show_digit(scene.digit() + 1);
  }
  window::Panel panel(window, "pad", layout.pad_controls);
  if (panel.button("Clear")) scene.clear_pad();
  bool framed = scene.framing() == Framing::as_mnist;
  if (panel.toggle("centre and scale it", framed)) scene.set_framing(framed ? Framing::as_mnist : Framing::as_drawn);
}

}  // namespace handbuilt::lessons::convnet
