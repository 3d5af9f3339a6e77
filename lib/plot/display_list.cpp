#include "plot/display_list.hpp"

#include <cmath>
#include <numbers>

namespace handbuilt::plot {

std::vector<Point> marker_corners(const Marker& marker) {
  // Sizes that make all shapes cover about the area of the circle.
  const double pi = std::numbers::pi;
  struct Regular {
    int corners;
    double first_angle, circumradius;
  };
  const auto shape = [&]() -> Regular {
    switch (marker.kind) {
      case Marker::Kind::square:
        return {4, pi / 4, 1.25};
      case Marker::Kind::triangle:
        return {3, -pi / 2, 1.5};
      case Marker::Kind::diamond:
        return {4, 0, 1.35};
      case Marker::Kind::circle:
      case Marker::Kind::cross:
        break;
    }
    return {0, 0, 0};
  }();
  std::vector<Point> corners;
  for (int i = 0; i < shape.corners; ++i) {
    const double angle = shape.first_angle + 2 * pi * i / shape.corners;
    const double reach = marker.radius * shape.circumradius;
    corners.push_back({marker.centre.x + reach * std::cos(angle), marker.centre.y + reach * std::sin(angle)});
  }
  return corners;
}

}  // namespace handbuilt::plot
