#pragma once

#include "lessons/04_logistic/demo/scene.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::logistic {

/// The page of the window, `width` x `height` units.
plot::DisplayList draw(const Scene& scene, double width, double height);

/// The axis of probabilities in a picture: from `at_zero` to `at_one`, to the right or upwards.
struct ProbabilityAxis {
  double at_zero = 0, at_one = 1;
  [[nodiscard]] double place_of(double probability) const { return at_zero + probability * (at_one - at_zero); }
  [[nodiscard]] double probability_at(double place) const { return (place - at_zero) / (at_one - at_zero); }
};
ProbabilityAxis year_axis(const Layout& layout);    ///< upwards
ProbabilityAxis strips_axis(const Layout& layout);  ///< to the right
ProbabilityAxis cost_axis(const Layout& layout);    ///< to the right

}  // namespace handbuilt::lessons::logistic
