#include "plot/decimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace handbuilt::plot {

std::vector<Point> decimated_line(const std::vector<Point>& points) {
  std::vector<Point> kept;
  for (std::size_t start = 0; start < points.size();) {
    const double column = std::floor(points[start].x);
    std::size_t end = start, lowest = start, highest = start;
    for (; end < points.size() && std::floor(points[end].x) == column; ++end) {
      if (points[end].y < points[lowest].y) lowest = end;
      if (points[end].y > points[highest].y) highest = end;
    }
    std::array<std::size_t, 4> corners{start, lowest, highest, end - 1};
    std::sort(corners.begin(), corners.end());
    const auto last = std::unique(corners.begin(), corners.end());
    for (auto corner = corners.begin(); corner != last; ++corner) kept.push_back(points[*corner]);
    start = end;
  }
  return kept;
}

std::vector<Point> decimated_points(const std::vector<Point>& points) {
  std::vector<Point> kept;
  std::set<std::pair<double, double>> taken;
  for (const Point& point : points)
    if (taken.insert({std::floor(2 * point.x), std::floor(2 * point.y)}).second) kept.push_back(point);
  return kept;
}

}  // namespace handbuilt::plot
