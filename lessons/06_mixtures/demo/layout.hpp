#pragma once

#include <array>

#include "lessons/page.hpp"

namespace handbuilt::lessons::mixtures {

/// Where everything stands on the window's page.
struct Layout {
  Area header;                // along the top
  Area steps, clouds;         // the controls below it: beside each other, or one above the other on a narrow page
  Area board;                 // left: the rows and the ellipses
  Area curve;                 // right, above
  std::array<Area, 6> found;  // right, below: what each method finds
  Area help;                  // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

}  // namespace handbuilt::lessons::mixtures
