#include "plot/display_list.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>
#include <utility>

namespace handbuilt::plot {
namespace {

void move_by(Point offset, DisplayList::Item& item) {
  const auto shift = [&](Point& point) {
    point.x += offset.x;
    point.y += offset.y;
  };
  std::visit(
      [&](auto& part) {
        using Part = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<Part, Polyline> || std::is_same_v<Part, Polygon>) {
          std::for_each(part.points.begin(), part.points.end(), shift);
        } else if constexpr (std::is_same_v<Part, Marker>) {
          shift(part.centre);
        } else if constexpr (std::is_same_v<Part, Text>) {
          shift(part.baseline);
        } else {
          part.x += offset.x;
          part.y += offset.y;
        }
      },
      item);
}

}  // namespace

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

void append(DisplayList& page, const DisplayList& part, Point corner) {
  for (DisplayList::Item item : part.items) {
    move_by(corner, item);
    page.items.push_back(std::move(item));
  }
}

}  // namespace handbuilt::plot
