#pragma once

#include <string>
#include <vector>

#include "lessons/03_three_parameters/estimates.hpp"
#include "lessons/text_figure.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::three_parameters {

/// How far off the least-squares fit on some drivers is: RMSE on the fields it was fitted to and on new ones.
struct Errors {
  double seen = 0, unseen = 0;
};
Errors errors_of(const Fields& fields, const Fields& fresh, const std::vector<int>& drivers);

/// The same on the first 0, 1, 2, ... of these drivers.
struct Curve {
  std::vector<double> seen, unseen;  ///< [drivers + 1]
};
Curve curve_of(const Fields& fields, const Fields& fresh, const std::vector<int>& drivers);

/// The curve, with the flat rate's error on new fields as a level line. `most` cuts off what runs away.
plot::Figure curve_figure(const Curve& curve, const std::string& title, double most);

/// The pictures of the lesson's text, computed from seed 1.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::three_parameters
