#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::flat_rate {

/// Where everything stands on the window's page.
struct Layout {
  Area header, controls;    // along the top
  Area field, error_curve;  // left: every plot with the rate that can be dragged, and how far off each rate is
  Area models, residuals;   // right: the estimates, and what the chosen one leaves over
  Area help;                // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

/// Where a yield stands in the field, and the yield at a height of the page.
double y_of_yield(const Layout& layout, double yield);
double yield_at(const Layout& layout, double y);

/// The line of the list that belongs to estimate `index`.
Area model_line(const Layout& layout, int index);

}  // namespace handbuilt::lessons::flat_rate
