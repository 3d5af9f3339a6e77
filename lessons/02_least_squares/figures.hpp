#pragma once

#include <vector>

#include "lessons/02_least_squares/cars_experiment.hpp"
#include "lessons/02_least_squares/conditioning.hpp"
#include "lessons/text_figure.hpp"

namespace handbuilt::lessons::least_squares {

/// Four panels: each set with its line.
plot::DisplayList anscombe_figure(const std::vector<Points>& sets);

/// Mileage predicted and measured, for cars that the fits have not seen.
plot::DisplayList cars_figure(const HeldOut& held_out);

/// Digits lost against the condition number: medians over the seeds, and where the middle 80 % lie.
plot::DisplayList digits_figure(const std::vector<DigitsLost>& seeds);

/// Two valleys, long and round, with the path of gradient descent in each: the line through some points in x, and in x
/// measured from its mean in standard deviations.
plot::DisplayList valley_figure(const Points& points);

/// The pictures that the text explains its ideas with. The numbers in them are computed, not typed in.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::least_squares
