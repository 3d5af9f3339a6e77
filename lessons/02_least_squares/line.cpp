#include "lessons/02_least_squares/line.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "regression/least_squares.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

double spread(const std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return *high - *low;
}

}  // namespace

LineFit fit_line(const Points& points) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(), kTiny = 1e-6;
  const auto count = static_cast<Eigen::Index>(points.x.size());
  const Eigen::Map<const MatrixD> x(points.x.data(), count, 1);
  const Eigen::Map<const VectorD> y(points.y.data(), count);
  LineFit line{
      .slope = kNaN, .intercept = kNaN, .r_squared = kNaN, .rmse = kNaN, .mean_x = x.mean(), .mean_y = y.mean()};
  if (spread(points.x) < kTiny) return line;
  const regression::LinearFit fit = regression::fit_least_squares(x, y);
  line.slope = fit.coefficients(0);
  line.intercept = fit.intercept;
  line.rmse = std::sqrt(fit.residual_squares / static_cast<double>(count));
  if (spread(points.y) > kTiny) line.r_squared = fit.r_squared();
  return line;
}

}  // namespace handbuilt::lessons::least_squares
