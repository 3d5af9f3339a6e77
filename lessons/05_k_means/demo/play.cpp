#include "lessons/05_k_means/demo/play.hpp"

#include <algorithm>

#include "clustering/k_means_start.hpp"
#include "clustering/k_means_steps.hpp"

namespace handbuilt::lessons::k_means {

using clustering::KMeansRows;
using clustering::KMeansSteps;

void Play::set_rows(const MatrixD& rows) {
  rows_ = rows;
  start(kind_);
}

void Play::add_row(const VectorD& row) {
  const Eigen::Index count = rows_.rows();
  rows_.conservativeResize(count + 1, row.size());
  rows_.row(count) = row.transpose();
  is_settled_ = false;
  if (centroids_.rows() < std::min<Eigen::Index>(wanted_, count + 1))
    start(kind_);
  else if (!labels_.empty())
    assign();
}

void Play::take_last_row() {
  if (rows_.rows() == 0) return;
  rows_.conservativeResize(rows_.rows() - 1, rows_.cols());
  is_settled_ = false;
  if (centroids_.rows() > rows_.rows())
    start(kind_);
  else if (!labels_.empty())
    assign();
}

void Play::set_clusters(int clusters) {
  wanted_ = std::max(1, clusters);
  start(kind_);
}

void Play::start(StartKind kind) {
  kind_ = kind;
  labels_.clear();
  trace_.clear();
  way_.clear();
  repaired_ = 0;
  is_assign_next_ = true;
  is_settled_ = false;
  const int clusters = std::min(wanted_, static_cast<int>(rows_.rows()));
  if (clusters == 0) {
    centroids_.resize(0, 0);
    return;
  }
  const KMeansRows<double> rows(rows_);
  std::vector<int> chosen;
  if (kind == StartKind::kAnyRows) chosen = clustering::random_start(rows, clusters, random_);
  if (kind == StartKind::kPlusPlus) chosen = clustering::plus_plus_start(rows, clusters, random_, 1);
  if (kind == StartKind::kOneCorner) {
    // The rows nearest to the corner where all columns are smallest.
    const VectorD away = (rows_.rowwise() - rows_.colwise().minCoeff()).rowwise().squaredNorm();
    for (int n = 0; n < rows_.rows(); ++n) chosen.push_back(n);
    std::stable_sort(chosen.begin(), chosen.end(), [&](int a, int b) { return away[a] < away[b]; });
    chosen.resize(static_cast<std::size_t>(clusters));
  }
  centroids_ = rows_(chosen, Eigen::all);
  way_.push_back(centroids_);
}

void Play::half_step() {
  if (centroids_.rows() == 0) return;
  if (!is_assign_next()) return update();
  const std::vector<int> before = labels_;
  assign();
  is_settled_ = labels_ == before;  // the centroids are the means of these rows already
}

int Play::run_to_the_end(int most) {
  int steps = 0;
  for (; steps < most && !is_settled_ && centroids_.rows() > 0; ++steps) half_step();
  return steps;
}

// #region half_steps
void Play::assign() {
  const KMeansRows<double> rows(rows_);
  KMeansSteps<double> steps(rows, centroids_);
  steps.assign();
  labels_ = steps.labels();
  trace_.push_back(steps.exact_inertia());
  is_assign_next_ = false;
}

void Play::update() {
  const KMeansRows<double> rows(rows_);
  KMeansSteps<double> steps(rows, centroids_);
  steps.step();
  labels_ = steps.labels();
  repaired_ += steps.repaired();
  centroids_ = steps.centroids();
  way_.push_back(centroids_);
  is_assign_next_ = true;
}
// #endregion half_steps

void Play::drag(int centroid, const VectorD& to) {
  if (centroid < 0 || centroid >= centroids_.rows()) return;
  centroids_.row(centroid) = to.transpose();
  is_settled_ = false;
  way_ = {centroids_};
  if (labels_.empty()) return;
  trace_.pop_back();
  assign();
}

}  // namespace handbuilt::lessons::k_means
