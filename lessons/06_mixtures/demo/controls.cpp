#include "lessons/06_mixtures/demo/controls.hpp"

namespace handbuilt::lessons::mixtures {

namespace {

void draw_steps(window::Window& window, const Area& area, Scene& scene) {
  using clustering::CovarianceForm;
  window::Panel panel(window, "steps", area);
  if (panel.button("Step")) scene.step();
  bool running = scene.is_running();
  if (panel.toggle("run", running)) scene.run(running);
  if (panel.button("New start")) scene.restart();
  if (panel.button("k - 1")) scene.add_components(-1);
  if (panel.button("k + 1")) scene.add_components(1);
  const auto form = [&](const char* label, CovarianceForm which) {
    if (panel.button(label, scene.model().form() == which)) scene.set_form(which);
  };
  form("full", CovarianceForm::kFull);
  form("diagonal", CovarianceForm::kDiagonal);
  form("spherical", CovarianceForm::kSpherical);
}

void draw_clouds(window::Window& window, const Area& area, Scene& scene) {
  window::Panel panel(window, "clouds", area);
  for (const Cloud cloud : kClouds)
    if (panel.button(name_of(cloud), scene.model().cloud() == cloud && scene.model().knows_groups()))
      scene.choose(cloud);
  if (panel.button("Clear")) scene.clear();
}

}  // namespace

void draw_controls(window::Window& window, Scene& scene) {
  const Layout layout = layout_for(window.width(), window.height());
  draw_steps(window, layout.steps, scene);
  draw_clouds(window, layout.clouds, scene);
}

}  // namespace handbuilt::lessons::mixtures
