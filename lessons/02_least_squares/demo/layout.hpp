#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::least_squares {

/// Where everything stands on the window's page. Each area includes its own heading.
struct Layout {
  Area header, controls;           // along the top
  Area board;                      // left: the points
  Area numbers, residuals, ghost;  // right: what one would print, what is left over, and a word on the dashed line
  Area help;                       // along the bottom
  Area field;                      // the part of the board where points can be
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

inline constexpr plot::Range kXRange{2, 20}, kYRange{1, 15};  ///< of the field

/// From a point of the data to the page, and back into the field's ranges.
plot::Point place_of(const Layout& layout, double x, double y);
plot::Point value_at(const Layout& layout, double page_x, double page_y);

}  // namespace handbuilt::lessons::least_squares
