#include "cloud_picture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plot/palette.hpp"

namespace handbuilt::lessons::mixtures {

using plot::Colour;
using plot::Point;

namespace {

Area square_in(const Area& area) {
  const double side = std::min(area.width, area.height);
  return {area.x + (area.width - side) / 2, area.y + (area.height - side) / 2, side, side};
}

}  // namespace

Plane::Plane(const Area& within) : area(square_in(within)) {}

Point Plane::place_of(double x, double y) const {
  return {area.x + (x / kReach + 1) / 2 * area.width, area.y + (1 - y / kReach) / 2 * area.height};
}

Point Plane::point_at(double place_x, double place_y) const {
  return {kReach * (2 * (place_x - area.x) / area.width - 1), kReach * (1 - 2 * (place_y - area.y) / area.height)};
}

std::vector<Point> outline(const Plane& plane, const VectorD& mean, const MatrixD& covariance, double deviations) {
  // A circle of that radius, pushed through the lower triangle whose square the covariance is.
  constexpr int kCorners = 60;
  const double first = std::sqrt(covariance(0, 0)), shear = covariance(1, 0) / first,
               second = std::sqrt(std::max(0.0, covariance(1, 1) - shear * shear));
  std::vector<Point> points;
  for (int corner = 0; corner <= kCorners; ++corner) {
    const double angle = 2 * std::numbers::pi * corner / kCorners;
    const double u = deviations * std::cos(angle), v = deviations * std::sin(angle);
    points.push_back(plane.place_of(mean[0] + first * u, mean[1] + shear * u + second * v));
  }
  return points;
}

void draw_rows(Page& page, const Plane& plane, const MatrixD& x, const std::vector<int>& labels, double radius) {
  for (Eigen::Index n = 0; n < x.rows(); ++n) {
    const int label = labels.empty() ? -1 : labels[static_cast<std::size_t>(n)];
    page.dot(plane.place_of(x(n, 0), x(n, 1)), radius, label < 0 ? kFaint : Colour::of_series(label),
             label < 0 && !labels.empty() ? plot::Marker::Kind::cross : plot::Marker::Kind::circle);
  }
}

void draw_shares(Page& page, const Plane& plane, const MatrixD& x, const MatrixD& shares, double radius) {
  for (Eigen::Index n = 0; n < x.rows(); ++n) {
    double red = 0, green = 0, blue = 0;
    for (Eigen::Index c = 0; c < shares.cols(); ++c) {
      const plot::Rgb rgb = plot::rgb_of(Colour::of_series(static_cast<int>(c)), plot::Theme::light);
      red += shares(n, c) * rgb.red;
      green += shares(n, c) * rgb.green;
      blue += shares(n, c) * rgb.blue;
    }
    const auto byte = [](double value) { return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L)); };
    page.dot(plane.place_of(x(n, 0), x(n, 1)), radius, Colour::rgb(byte(red), byte(green), byte(blue)));
  }
}

void draw_components(Page& page, const Plane& plane, const clustering::GaussianMixture& mixture) {
  for (int c = 0; c < mixture.components(); ++c) {
    const Colour colour = Colour::of_series(c);
    const VectorD mean = mixture.means.row(c);
    const MatrixD& covariance = mixture.covariances[static_cast<std::size_t>(c)];
    page.polygon(outline(plane, mean, covariance, 1), colour.faded(0.06 + 0.3 * mixture.weights[c]));
    page.line(outline(plane, mean, covariance, 1), colour, 2);
    page.line(outline(plane, mean, covariance, 2), colour, 1);
    page.dot(plane.place_of(mean[0], mean[1]), 4, kText, plot::Marker::Kind::diamond);
  }
}

}  // namespace handbuilt::lessons::mixtures
