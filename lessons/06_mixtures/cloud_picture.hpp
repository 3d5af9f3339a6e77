#pragma once

#include <vector>

#include "clustering/mixture.hpp"
#include "lessons/page.hpp"

namespace handbuilt::lessons::mixtures {

/// The part of the plane that is shown, -4.5 ... 4.5 both ways, as the largest square in the middle of an area.
struct Plane {
  static constexpr double kReach = 4.5;
  Area area;

  explicit Plane(const Area& within);
  [[nodiscard]] plot::Point place_of(double x, double y) const;
  [[nodiscard]] plot::Point point_at(double place_x, double place_y) const;
};

/// The ellipse that lies so many standard deviations around a mean, closed.
std::vector<plot::Point> outline(const Plane& plane, const VectorD& mean, const MatrixD& covariance, double deviations);

/// Rows in the colours of their labels; what has none (-1, or no labels at all) is grey, and noise a cross.
void draw_rows(Page& page, const Plane& plane, const MatrixD& x, const std::vector<int>& labels, double radius);

/// Rows in a mix of the components' colours by their shares [rows, components].
void draw_shares(Page& page, const Plane& plane, const MatrixD& x, const MatrixD& shares, double radius);

/// Each component at one standard deviation, filled by its weight, and at two.
void draw_components(Page& page, const Plane& plane, const clustering::GaussianMixture& mixture);

}  // namespace handbuilt::lessons::mixtures
