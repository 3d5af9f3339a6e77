#pragma once

#include "lessons/02_least_squares/data.hpp"

namespace handbuilt::lessons::least_squares {

/// The best line through some points, and what one would print beside it.
struct LineFit {
  double slope = 0, intercept = 0;
  double r_squared = 0;
  double rmse = 0;
  double mean_x = 0;
  double mean_y = 0;

  [[nodiscard]] double at(double x) const { return intercept + slope * x; }
};

/// NaN for the slope and what follows from it when all x are equal; `r_squared` is NaN when all y are.
LineFit fit_line(const Points& points);

}  // namespace handbuilt::lessons::least_squares
