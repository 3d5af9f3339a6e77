#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace handbuilt::plot {

/// A colour by its part in the picture, so that one list reads well on light and dark pages, or a fixed one where the
/// colour is the data (a heat map, a photograph).
struct Colour {
  enum class Role : std::uint8_t { background, text, faint, grid, series, fixed };
  Role role = Role::text;
  int series = 0;                             ///< which of the palette's colours, when `role` is series
  std::uint8_t red = 0, green = 0, blue = 0;  ///< when `role` is fixed
  double opacity = 1;                         ///< 0 unseen ... 1 solid

  static Colour of_series(int index) { return {Role::series, index}; }
  /// The same colour, fainter.
  [[nodiscard]] Colour faded(double to_opacity) const {
    Colour colour = *this;
    colour.opacity = to_opacity;
    return colour;
  }
  static Colour rgb(std::uint8_t r, std::uint8_t g, std::uint8_t b) { return {Role::fixed, 0, r, g, b}; }
};

/// Lengths and positions are in pixels of the page, x to the right and y down.
struct Point {
  double x = 0, y = 0;
};

struct Polyline {
  std::vector<Point> points;
  Colour colour;
  double width = 1;
  bool dashed = false;
};

/// Filled, and closed from the last point to the first. Convex or not, without self-crossings.
struct Polygon {
  std::vector<Point> points;
  Colour colour;
};

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
  Colour colour;
};

/// A dot whose shape tells series apart where colours cannot.
struct Marker {
  enum class Kind : std::uint8_t { circle, square, triangle, diamond, cross };
  Point centre;
  double radius = 3;
  Colour colour;
  Kind kind = Kind::circle;
};
/// The corners of a square, triangle or diamond of that size; none for a circle and a cross.
std::vector<Point> marker_corners(const Marker& marker);

struct Text {
  enum class Anchor : std::uint8_t { start, middle, end };
  Point baseline;
  std::string text;
  double size = 13;
  Anchor anchor = Anchor::start;
  bool bold = false;
  bool upwards = false;  ///< turned a quarter turn anticlockwise, for the label of a vertical axis
  Colour colour;
};

/// Pixels drawn without smoothing into a rectangle of the page. `rgb` holds 3 * columns * rows bytes, row by row.
struct Image {
  double x = 0, y = 0, width = 0, height = 0;
  int columns = 0, rows = 0;
  std::vector<std::uint8_t> rgb;
};

/// What follows is drawn only inside the rectangle, until the next Clip; a Clip of no width ends clipping.
struct Clip {
  double x = 0, y = 0, width = 0, height = 0;
};

/// What a picture consists of, back to front. A Figure makes one; `to_svg` and the window draw it.
struct DisplayList {
  using Item = std::variant<Polyline, Polygon, Rectangle, Marker, Text, Image, Clip>;
  double width = 0, height = 0;
  std::string title;        ///< short, for a screen reader and the browser's tab
  std::string description;  ///< alternative text: what the picture shows, in a sentence or two
  std::vector<Item> items;
};

/// Puts the items of `part` onto `page`, the corner of its page at `corner`.
void append(DisplayList& page, const DisplayList& part, Point corner);

}  // namespace handbuilt::plot
