#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "data/check.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/whitener.hpp"

namespace handbuilt::similarity {

enum class NoveltyScore {
  kNeighbour,    ///< distance to the k-th nearest training row
  kCentre,       ///< distance to the nearest of a few centres: what a microcontroller can hold and compute
  kMahalanobis,  ///< distance from the mean alone: the dumb estimate
};

struct NoveltyOptions {
  NoveltyScore score = NoveltyScore::kNeighbour;
  int neighbours = 5;
  int centres = 32;
  double floor = 0.05;  ///< see Whitener
  int threads = 1;
};

/// How unlike anything in training a situation is; all distances are of whitened rows.
///
///     NoveltyDetector detector(train, {.score = NoveltyScore::kNeighbour});
///     detector.calibrate(others_of_the_same_kind, 0.05);   // not the training rows: those lie too near themselves
///     detector.is_new(rows);
///
/// Source: Ramaswamy, Rastogi and Shim (2000), "Efficient algorithms for mining outliers from large data sets" (the
/// k-th neighbour); Gonzalez (1985), "Clustering to minimize the maximum intercluster distance" (the centres).
class NoveltyDetector {
 public:
  /// train [rows, columns]: at least two rows, and more than `neighbours`. Throws ShapeError and ValueError as its
  /// parts do.
  explicit NoveltyDetector(const data::MatrixView& train, const NoveltyOptions& options = {});

  /// [rows], larger is stranger.
  [[nodiscard]] VectorD score(const data::MatrixView& x) const;

  /// Sets the threshold so that at most this share of rows like these is called new: conformal_threshold says what that
  /// promises. Rows must not be among the training rows.
  void calibrate(const data::MatrixView& x, double false_alarm_rate);
  /// Infinite until calibrated: nothing is new.
  [[nodiscard]] double threshold() const { return threshold_; }
  /// 1 where the score is above the threshold.
  [[nodiscard]] std::vector<int> is_new(const data::MatrixView& x) const;

  [[nodiscard]] const Whitener& whitener() const { return whitener_; }
  /// [centres, dimensions], whitened; empty for the other scores.
  [[nodiscard]] const MatrixD& centres() const { return centres_; }

 private:
  NoveltyOptions options_;
  Whitener whitener_;
  MatrixD centres_;
  std::vector<Neighbours> neighbours_;  // none or one
  double threshold_;
};

/// `count` of the points [points, dimensions], each the one farthest from those before it, the first nearest to the
/// mean; fewer when all others are covered. No point is more than twice as far from its centre as with the best
/// possible choice.
MatrixD covering_centres(const data::MatrixView& points, int count);

}  // namespace handbuilt::similarity
