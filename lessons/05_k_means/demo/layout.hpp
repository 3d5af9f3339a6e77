#pragma once

#include "lessons/page.hpp"

namespace handbuilt::lessons::k_means {

/// Where everything stands on the window's page.
struct Layout {
  Area header, controls;  // along the top
  Area space;             // left: the rows and the centroids
  Area upper, lower;      // right
  Area help;              // along the bottom
};

/// For pages of 480 x 360 and larger.
Layout layout_for(double width, double height);

}  // namespace handbuilt::lessons::k_means
