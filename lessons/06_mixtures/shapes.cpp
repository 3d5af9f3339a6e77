#include "shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "clustering/agglomerative.hpp"
#include "clustering/dbscan.hpp"
#include "clustering/k_means.hpp"
#include "clustering/mixture_fit.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

constexpr int kNeighbours = 5;

Eigen::RowVector2d around(double x, double y, double spread, Random& random) {
  const double first = random.normal(x, spread);
  return {first, random.normal(y, spread)};
}

// #region floors
/// Brush current and shaking of the robot, in units of their own: smooth tiles are all alike, carpets are not.
Eigen::RowVector2d on_a_floor(int group, Random& random) {
  return group == 0 ? around(-1.2, -0.8, 0.25, random) : around(0.6, 0.4, 1.3, random);
}
// #endregion floors

Eigen::RowVector2d drawn(Cloud cloud, int group, Random& random) {
  const double turn = random.uniform(0, std::numbers::pi);
  switch (cloud) {
    case Cloud::kFloors:
      return on_a_floor(group, random);
    case Cloud::kBlobs:
      return around(group == 0 ? 0 : group == 1 ? -1.7 : 1.7, group == 0 ? 1.8 : -1.1, 0.6, random);
    case Cloud::kStretched: {
      const double along = random.normal(0, 1.4), across = random.normal(1.1 * (group - 1), 0.18);
      return {0.8 * along - 0.6 * across, 0.6 * along + 0.8 * across};
    }
    case Cloud::kMoons:
      return group == 0 ? around(-0.9 + 1.8 * std::cos(turn), -0.4 + 1.8 * std::sin(turn), 0.16, random)
                        : around(0.9 + 1.8 * std::cos(turn), 0.4 - 1.8 * std::sin(turn), 0.16, random);
    case Cloud::kRing:
      return group == 0 ? around(0, 0, 0.5, random)
                        : around(2.5 * std::cos(2 * turn), 2.5 * std::sin(2 * turn), 0.2, random);
    case Cloud::kBridge: {
      // One row in twelve lies on the bridge.
      const double side = group == 0 ? -1 : 1;
      return random.chance(1.0 / 12) ? around(side * random.uniform(0, 1.2), 0, 0.05, random)
                                     : around(side * 1.9, 0, 0.45, random);
    }
  }
  return {};
}

}  // namespace

std::string name_of(Cloud cloud) {
  constexpr std::array kNames{"floors", "blobs", "stretched", "moons", "ring", "bridge"};
  return kNames.at(static_cast<std::size_t>(cloud));
}

int groups_of(Cloud cloud) { return cloud == Cloud::kBlobs || cloud == Cloud::kStretched ? 3 : 2; }

Rows draw_rows(Cloud cloud, int rows, Random& random) {
  Rows result{MatrixD(rows, 2), {}};
  for (int n = 0; n < rows; ++n) {
    result.groups.push_back(n % groups_of(cloud));
    result.x.row(n) = drawn(cloud, result.groups.back(), random);
  }
  return result;
}

std::string name_of(Method method) {
  constexpr std::array kNames{"k-means", "mixture", "ward", "average", "single", "DBSCAN"};
  return kNames.at(static_cast<std::size_t>(method));
}
std::string key_of(Method method) {
  constexpr std::array kKeys{"k_means", "mixture", "ward", "average", "single", "dbscan"};
  return kKeys.at(static_cast<std::size_t>(method));
}

double usual_distance(const MatrixD& x) {
  const Eigen::Index reach = std::min<Eigen::Index>(kNeighbours, x.rows()) - 1;
  std::vector<double> distances;
  for (Eigen::Index n = 0; n < x.rows(); ++n) {
    VectorD from_here = (x.rowwise() - x.row(n)).rowwise().norm();
    std::nth_element(from_here.begin(), from_here.begin() + reach, from_here.end());
    distances.push_back(from_here[reach]);
  }
  const auto almost_all = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() * 19 + 19) / 20 - 1);
  std::nth_element(distances.begin(), almost_all, distances.end());
  return std::max(*almost_all, 1e-9);
}

// #region found_groups
std::vector<int> found_groups(Method method, const MatrixD& x, int groups, Random& random) {
  using clustering::Linkage;
  switch (method) {
    case Method::kKMeans:
      return clustering::fit_k_means(x, {.clusters = groups, .starts = 10}, random).labels;
    case Method::kMixture:
      return clustering::assign(clustering::fit_mixture(x, {.components = groups, .starts = 10}, random).mixture, x);
    case Method::kWard:
      return clustering::agglomerate(x, Linkage::kWard).cut(groups);
    case Method::kAverage:
      return clustering::agglomerate(x, Linkage::kAverage).cut(groups);
    case Method::kSingle:
      return clustering::agglomerate(x, Linkage::kSingle).cut(groups);
    case Method::kDbscan:
      return clustering::dbscan(x, {.radius = usual_distance(x), .min_rows = kNeighbours}).labels;
  }
  return {};
}
// #endregion found_groups

}  // namespace handbuilt::lessons::mixtures
