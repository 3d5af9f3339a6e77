#pragma once

#include <vector>

#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// A line that looks the same with fewer points: of each stretch within one column of pixels the first, the lowest, the
/// highest and the last point stay, in their order (M4 aggregation: Jugel, Jerzak, Hackenbroich & Markl, 2014).
std::vector<Point> decimated_line(const std::vector<Point>& points);

/// One point for each half pixel where there are any, the first that came.
std::vector<Point> decimated_points(const std::vector<Point>& points);

}  // namespace handbuilt::plot
