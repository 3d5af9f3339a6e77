#include "lessons/04_logistic/demo/controls.hpp"

#include <array>

namespace handbuilt::lessons::logistic {

void draw_controls(window::Window& window, Scene& scene) {
  using Forecaster = Scene::Forecaster;
  const Layout layout = layout_for(window.width(), window.height());
  {
    window::Panel panel(window, "forecaster", layout.controls);
    constexpr std::array<std::pair<const char*, Forecaster>, 4> kChoices{{{"base rate", Forecaster::base_rate},
                                                                          {"like today", Forecaster::like_today},
                                                                          {"logistic", Forecaster::logistic},
                                                                          {"balanced", Forecaster::balanced}}};
    for (const auto& [label, forecaster] : kChoices)
      if (panel.button(label, scene.forecaster() == forecaster)) scene.set_forecaster(forecaster);
    bool heavy = scene.heavy();
    if (panel.toggle("heavy rain only", heavy)) scene.set_heavy(heavy);
  }
  window::Panel panel(window, "costs", layout.costs);
  double threshold = scene.threshold(), miss_cost = scene.miss_cost();
  if (panel.slider("threshold", threshold, 0, 1)) scene.set_threshold(threshold);
  if (panel.slider("a miss costs", miss_cost, 0.1, Scene::kLargestMissCost)) scene.set_miss_cost(miss_cost);
  if (panel.button("theory")) scene.use_theory();
  if (panel.button("cheapest")) scene.use_cheapest();
}

}  // namespace handbuilt::lessons::logistic
