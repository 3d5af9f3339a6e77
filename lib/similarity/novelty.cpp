#include "similarity/novelty.hpp"

#include <limits>
#include <string>

#include "core/error.hpp"
#include "similarity/conformal.hpp"

namespace handbuilt::similarity {

using data::MatrixView;
using Eigen::Index;

namespace {

constexpr const char* kWhere = "novelty";

}  // namespace

NoveltyDetector::NoveltyDetector(const MatrixView& train, const NoveltyOptions& options)
    : options_(options), whitener_(train, options.floor), threshold_(std::numeric_limits<double>::infinity()) {
  data::require_option(options.neighbours >= 1, kWhere, "neighbours", "of at least 1", options.neighbours);
  data::require_option(options.centres >= 1, kWhere, "centres", "of at least 1", options.centres);
  const MatrixD white = whitener_(train);
  if (options.score == NoveltyScore::kMahalanobis) return;
  if (options.score == NoveltyScore::kCentre) {
    centres_ = covering_centres(white, options.centres);
    neighbours_.emplace_back(centres_, NeighbourOptions{.threads = options.threads});
    return;
  }
  if (train.rows() <= options.neighbours)
    throw ShapeError(std::string(kWhere) + ": expected more than " + std::to_string(options.neighbours) +
                     " rows for as many neighbours, got " + data::shape_of(train));
  neighbours_.emplace_back(white, NeighbourOptions{.threads = options.threads});
}

VectorD NoveltyDetector::score(const MatrixView& x) const {
  const MatrixD white = whitener_(x);
  if (neighbours_.empty()) return white.rowwise().norm();
  const int k = options_.score == NoveltyScore::kCentre ? 1 : options_.neighbours;
  return neighbours_[0].nearest(white, k).distance.col(k - 1);
}

void NoveltyDetector::calibrate(const MatrixView& x, double false_alarm_rate) {
  threshold_ = conformal_threshold(score(x), false_alarm_rate);
}

std::vector<int> NoveltyDetector::is_new(const MatrixView& x) const {
  std::vector<int> answers;
  for (const double value : score(x)) answers.push_back(value > threshold_ ? 1 : 0);
  return answers;
}

MatrixD covering_centres(const MatrixView& points, int count) {
  if (points.rows() < 1 || count < 1)
    throw ShapeError(std::string(kWhere) + ": expected at least one point and one centre, got points " +
                     data::shape_of(points) + " and " + std::to_string(count) + " centres");
  MatrixD centres(std::min<Index>(count, points.rows()), points.cols());
  Index next = 0, made = 0;
  (points.rowwise() - points.colwise().mean()).rowwise().squaredNorm().minCoeff(&next);
  VectorD distance = VectorD::Constant(points.rows(), std::numeric_limits<double>::infinity());
  while (made < centres.rows()) {
    centres.row(made++) = points.row(next);
    distance = distance.cwiseMin((points.rowwise() - points.row(next)).rowwise().squaredNorm());
    if (!(distance.maxCoeff(&next) > 0)) break;
  }
  return centres.topRows(made);
}

}  // namespace handbuilt::similarity
