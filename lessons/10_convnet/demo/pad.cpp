#include "lessons/10_convnet/demo/pad.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace handbuilt::lessons::convnet {
namespace {

using plot::Point;

constexpr int kSide = 28;           // pixels of a picture
constexpr double kBox = 20;         // pixels that a digit of MNIST fills
constexpr double kPenRadius = 1.3;  // pixels; MNIST's strokes are two to three wide
constexpr double kSoftEdge = 1;     // pixels from full ink to none
/// A drawing smaller than this share of the sheet is not enlarged to fill the box: a dot stays a dot.
constexpr double kSmallestExtent = 0.1;

double distance_to_segment(Point p, Point a, Point b) {
  const double along_x = b.x - a.x, along_y = b.y - a.y;
  const double length_squared = along_x * along_x + along_y * along_y;
  const double share =
      length_squared > 0 ? std::clamp(((p.x - a.x) * along_x + (p.y - a.y) * along_y) / length_squared, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - share * along_x, p.y - a.y - share * along_y);
}

double distance_to_stroke(Point p, const Stroke& stroke) {
  double distance = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < stroke.size(); ++i)
    distance = std::min(distance, distance_to_segment(p, stroke[i == 0 ? 0 : i - 1], stroke[i]));
  return distance;
}

/// Inks a picture with strokes whose positions are in its pixels.
Tensor inked(const std::vector<Stroke>& strokes) {
  Tensor picture({1, 1, kSide, kSide});
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      double distance = std::numeric_limits<double>::infinity();
      for (const Stroke& stroke : strokes)
        distance = std::min(distance, distance_to_stroke({x + 0.5, y + 0.5}, stroke));
      const double ink = (kPenRadius + kSoftEdge / 2 - distance) / kSoftEdge;
      picture(0, 0, y, x) = static_cast<float>(std::clamp(ink, 0.0, 1.0));
    }
  return picture;
}

/// Every point p moved to scale * (p - from) + to.
std::vector<Stroke> moved(std::vector<Stroke> strokes, double scale, Point from, Point to) {
  for (Stroke& stroke : strokes)
    for (Point& point : stroke) point = {scale * (point.x - from.x) + to.x, scale * (point.y - from.y) + to.y};
  return strokes;
}

Point centre_of_mass(const Tensor& picture) {
  double mass = 0, x_moment = 0, y_moment = 0;
  for (const auto [n, c, y, x] : picture.indices()) {
    const double ink = picture(n, c, y, x);
    mass += ink;
    x_moment += ink * (x + 0.5);
    y_moment += ink * (y + 0.5);
  }
  return mass > 0 ? Point{x_moment / mass, y_moment / mass} : Point{kSide / 2.0, kSide / 2.0};
}

}  // namespace

void Pad::put_pen_down(Point at) {
  strokes_.emplace_back();
  pen_is_down_ = true;
  move_pen(at);
}

void Pad::move_pen(Point to) {
  if (!pen_is_down_) return;
  strokes_.back().push_back({std::clamp(to.x, 0.0, 1.0), std::clamp(to.y, 0.0, 1.0)});
}

void Pad::clear() {
  strokes_.clear();
  pen_is_down_ = false;
}

Tensor rasterised(const std::vector<Stroke>& strokes, Framing framing) {
  if (framing == Framing::as_drawn) return inked(moved(strokes, kSide, {0, 0}, {0, 0}));

  // The smallest upright box around the drawing.
  Point low{1, 1}, high{0, 0};
  for (const Stroke& stroke : strokes)
    for (const Point& point : stroke) {
      low = {std::min(low.x, point.x), std::min(low.y, point.y)};
      high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
  const double extent = std::max({high.x - low.x, high.y - low.y, kSmallestExtent});

  // Fit it into MNIST's box, then move its centre of mass into the middle.
  const Point middle{kSide / 2.0, kSide / 2.0};
  const std::vector<Stroke> boxed =
      moved(strokes, (kBox - 2 * kPenRadius) / extent, {(low.x + high.x) / 2, (low.y + high.y) / 2}, middle);
  return inked(moved(boxed, 1, centre_of_mass(inked(boxed)), middle));
}

std::vector<Stroke> scripted_three() {
  Stroke three;
  const auto arc = [&](Point centre, double radius, double from, double to) {
    constexpr int kPoints = 24;
    for (int i = 0; i <= kPoints; ++i) {
      const double angle = from + (to - from) * i / kPoints;
      three.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
  };
  arc({0.47, 0.32}, 0.16, -2.6, 1.4);
  arc({0.47, 0.66}, 0.19, -1.4, 2.5);
  return {three};
}

}  // namespace handbuilt::lessons::convnet
