#include "plot/decimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/random.hpp"

namespace {

using handbuilt::Random;
using handbuilt::plot::decimated_line;
using handbuilt::plot::decimated_points;
using handbuilt::plot::Point;

std::vector<Point> noisy_line(int count, double width, std::uint64_t seed) {
  Random random(seed);
  std::vector<Point> points;
  for (int i = 0; i < count; ++i) points.push_back({width * i / count, 100 * random.normal()});
  return points;
}

using Extremes = std::map<double, std::pair<double, double>>;

Extremes extremes_of_columns(const std::vector<Point>& points) {
  Extremes extremes;
  for (const Point& point : points) {
    const auto [entry, added] = extremes.try_emplace(std::floor(point.x), point.y, point.y);
    auto& [low, high] = entry->second;
    low = std::min(low, point.y);
    high = std::max(high, point.y);
  }
  return extremes;
}

TEST(DecimatedLine, KeepsTheExtremesOfEveryColumnOfPixels) {
  const std::vector<Point> points = noisy_line(100'000, 600, 1);
  EXPECT_EQ(extremes_of_columns(decimated_line(points)), extremes_of_columns(points));
}

TEST(DecimatedLine, KeepsAtMostFourPointsAColumn) {
  EXPECT_LE(decimated_line(noisy_line(100'000, 600, 2)).size(), 4u * 600u);
}

TEST(DecimatedLine, KeepsItsEndsAndTheOrderOfPoints) {
  const std::vector<Point> points = noisy_line(10'000, 100, 3), kept = decimated_line(points);
  EXPECT_EQ(kept.front().y, points.front().y);
  EXPECT_EQ(kept.back().y, points.back().y);
  EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end(), [](Point a, Point b) { return a.x < b.x; }));
}

TEST(DecimatedLine, LeavesASparseLineAlone) {
  EXPECT_EQ(decimated_line(noisy_line(50, 600, 4)).size(), 50u);
  EXPECT_TRUE(decimated_line({}).empty());
}

TEST(DecimatedPoints, CoverEveryHalfPixelThatHadOne) {
  Random random(5);
  std::vector<Point> points;
  for (int i = 0; i < 100'000; ++i) points.push_back({random.uniform(0, 40), random.uniform(0, 30)});
  const std::vector<Point> kept = decimated_points(points);
  EXPECT_LE(kept.size(), 4u * 40u * 30u);
  for (const Point& point : points)
    ASSERT_TRUE(std::any_of(kept.begin(), kept.end(), [&](const Point& other) {
      return std::abs(other.x - point.x) <= 0.5 && std::abs(other.y - point.y) <= 0.5;
    }));
}

}  // namespace
