#include "lessons/05_k_means/demo/controls.hpp"

#include <cmath>

namespace handbuilt::lessons::k_means {

void draw_controls(window::Window& window, Scene& scene) {
  using Subject = Scene::Subject;
  window::Panel panel(window, "k-means", layout_for(window.width(), window.height()).controls);
  if (panel.button("Points", scene.subject() == Subject::kPoints)) scene.show(Subject::kPoints);
  if (panel.button("Pavilion", scene.subject() == Subject::kChina)) scene.show(Subject::kChina);
  if (panel.button("Flower", scene.subject() == Subject::kFlower)) scene.show(Subject::kFlower);
  double clusters = scene.play().wanted();
  if (panel.slider("k", clusters, 1, kMostClusters)) scene.set_clusters(static_cast<int>(std::lround(clusters)));
  if (panel.button("Any rows")) scene.start(StartKind::kAnyRows);
  if (panel.button("k-means++")) scene.start(StartKind::kPlusPlus);
  if (panel.button("Half a step")) scene.half_step();
  bool running = scene.is_running();
  if (panel.toggle("run", running)) scene.run(running);
  if (scene.subject() == Subject::kPoints) {
    if (panel.button("How many?")) scene.ask_how_many();
    if (panel.button("New piles")) scene.new_piles();
    if (panel.button("Clear")) scene.clear();
  } else {
    bool original = scene.is_original();
    if (panel.toggle("the original", original)) scene.show_original(original);
  }
}

}  // namespace handbuilt::lessons::k_means
