#pragma once

#include <optional>

#include "plot/colour_map.hpp"
#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// The values at the two ends of a colour map: `fixed` when given, else the grid's own, for `diverging` the same
/// distance below and above zero.
Range shading_range(const Grid& grid, ColourMap map, const std::optional<Range>& fixed);

/// Where a value stands between the ends, 0 ... 1 within. Ends that are equal put all values at the map's start, or at
/// the middle of `diverging`.
double shading_position(double value, Range range, ColourMap map);

/// The grid as an image, a pixel an entry, row 0 on top, to be placed on the page.
Image shaded(const Grid& grid, ColourMap map, Range range);

}  // namespace handbuilt::plot
