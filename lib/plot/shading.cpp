#include "plot/shading.hpp"

#include <algorithm>
#include <cmath>

namespace handbuilt::plot {

Range shading_range(const Grid& grid, ColourMap map, const std::optional<Range>& fixed) {
  if (fixed) return *fixed;
  Range range{INFINITY, -INFINITY};
  for (const double value : grid.values)
    if (!std::isnan(value)) range = {std::min(range.low, value), std::max(range.high, value)};
  if (range.low > range.high) return {0, 0};
  if (map != ColourMap::diverging) return range;
  const double reach = std::max(std::abs(range.low), std::abs(range.high));
  return {-reach, reach};
}

double shading_position(double value, Range range, ColourMap map) {
  if (std::isnan(value)) return value;
  if (!(range.high > range.low)) return map == ColourMap::diverging ? 0.5 : 0;
  // Halves keep the difference of two huge ends finite.
  return (value / 2 - range.low / 2) / (range.high / 2 - range.low / 2);
}

Image shaded(const Grid& grid, ColourMap map, Range range) {
  Image image;
  image.columns = grid.columns;
  image.rows = grid.rows;
  image.rgb.reserve(3 * grid.values.size());
  for (const double value : grid.values) {
    const Rgb colour = colour_at(map, shading_position(value, range, map));
    image.rgb.insert(image.rgb.end(), {colour.red, colour.green, colour.blue});
  }
  return image;
}

}  // namespace handbuilt::plot
