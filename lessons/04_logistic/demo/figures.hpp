#pragma once

#include "lessons/04_logistic/penguins.hpp"
#include "lessons/04_logistic/weather.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::lessons::logistic {

// Pictures of what was measured: for the text, and for whoever runs the demo without a window.

/// What was promised against what came, for the forecasters of any rain.
plot::DisplayList calibration_figure(const Days& days);
/// The same for heavy rain, learned from the labels as they are and balanced.
plot::DisplayList balanced_figure(const Days& days);
/// What each threshold costs a day, for several costs of a miss.
plot::DisplayList cost_figure(const Days& days);
/// Fifty days: what was said, what came, and how surprised the forecaster was.
plot::DisplayList days_figure(const Days& days);
/// The species of birds that were named, of twenty splits together, by all four measurements and by two.
plot::DisplayList penguin_figure(const Penguins& penguins, std::uint64_t seed);

}  // namespace handbuilt::lessons::logistic
