#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::likeness {

/// Where everything stands on the window's page.
struct Layout {
  Area header, controls;  // along the top
  Area map;               // left
  Area scores, details;   // right: how new each window is, and what the chosen one is like
  Area help;              // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

/// Which part of the map's plane is shown, and how it stands in its area.
struct MapFrame {
  Area area;
  double left = 0, right = 1, bottom = 0, top = 1;

  [[nodiscard]] plot::Point at(double first, double second) const {
    return {area.x + (first - left) / (right - left) * area.width,
            area.y + (top - second) / (top - bottom) * area.height};
  }
};

}  // namespace handbuilt::lessons::likeness
