#include "plot/free_space.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

bool overlap(const Rectangle& a, const Rectangle& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Whether the segment from `a` to `b` passes through the box: the part of it within all four sides is not empty
/// (Liang & Barsky, 1984).
bool passes(Point a, Point b, const Rectangle& box) {
  double enter = 0, leave = 1;
  const auto cut = [&](double start, double step, double low, double high) {
    if (step == 0) return start >= low && start <= high;
    const double first = (low - start) / step, second = (high - start) / step;
    enter = std::max(enter, std::min(first, second));
    leave = std::min(leave, std::max(first, second));
    return enter <= leave;
  };
  return cut(a.x, b.x - a.x, box.x, box.x + box.width) && cut(a.y, b.y - a.y, box.y, box.y + box.height);
}

/// Whether a point lies within a polygon: a ray from it crosses the outline an odd number of times.
bool contains(const std::vector<Point>& polygon, Point point) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Point a = polygon[i], b = polygon[j];
    if ((a.y > point.y) != (b.y > point.y) && point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y))
      inside = !inside;
  }
  return inside;
}

struct Touches {
  Rectangle box;

  bool operator()(const Polyline& line) const { return any_segment(line.points); }
  bool operator()(const Polygon& polygon) const {
    if (polygon.points.empty()) return false;
    return any_segment(polygon.points) || contains(polygon.points, {box.x, box.y});
  }
  bool operator()(const Rectangle& other) const { return overlap(box, other); }
  bool operator()(const Image& image) const { return overlap(box, {image.x, image.y, image.width, image.height, {}}); }
  bool operator()(const Marker& marker) const {
    const double radius = marker.radius;
    return overlap(box, {marker.centre.x - radius, marker.centre.y - radius, 2 * radius, 2 * radius, {}});
  }
  bool operator()(const Text& text) const {
    const double width = text_width(text.text, text.size, text.bold);
    const double shift = text.anchor == Text::Anchor::start ? 0 : text.anchor == Text::Anchor::middle ? 0.5 : 1;
    const auto [x, y] = text.baseline;
    if (text.upwards) return overlap(box, {x - text.size, y - (1 - shift) * width, text.size, width, {}});
    return overlap(box, {x - shift * width, y - text.size, width, 1.25 * text.size, {}});
  }
  bool operator()(const Clip&) const { return false; }

 private:
  [[nodiscard]] bool any_segment(const std::vector<Point>& points) const {
    for (std::size_t i = 1; i < points.size(); ++i)
      if (passes(points[i - 1], points[i], box)) return true;
    return false;
  }
};

}  // namespace

bool touches(const DisplayList::Item& item, const Rectangle& box) { return std::visit(Touches{box}, item); }

std::optional<Rectangle> first_free(const std::vector<Rectangle>& candidates,
                                    const std::vector<DisplayList::Item>& items) {
  for (const Rectangle& candidate : candidates)
    if (std::none_of(items.begin(), items.end(), [&](const auto& item) { return touches(item, candidate); }))
      return candidate;
  return std::nullopt;
}

}  // namespace handbuilt::plot
