#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::three_parameters {

/// Where everything stands on the window's page.
struct Layout {
  Area header, controls;  // along the top
  Area drivers;           // left: 300 tiles, 20 a row
  Area curve, scatter;    // right
  Area help;              // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

/// The tile of a driver, and the driver at a place or -1.
Area tile(const Layout& layout, int driver);
int driver_at(const Layout& layout, double x, double y);

}  // namespace handbuilt::lessons::three_parameters
