#pragma once

#include <cstdint>

#include "data/standardizer.hpp"
#include "robot_sim/situations/strange_homes.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/novelty.hpp"
#include "similarity/pca.hpp"

namespace handbuilt::lessons::likeness {

/// Windows of ordinary drives through some homes, remembered, with a map to draw them on and a sense of what is new.
class SituationMap {
 public:
  struct Options {
    std::uint64_t seed = 1;
    int homes = 12, calibration_homes = 12;
    double seconds = 200;  ///< in each, in windows of 5 s
    double false_alarm_rate = 0.05;
  };
  explicit SituationMap(const Options& options);

  /// [windows, columns] as recorded; their places on the map are [windows, 2].
  [[nodiscard]] const MatrixD& windows() const { return windows_; }
  [[nodiscard]] const MatrixD& places() const { return places_; }
  /// Where rows [rows, columns] lie on the map: [rows, 2].
  [[nodiscard]] MatrixD place(const MatrixD& rows) const { return pca_.transform(standardizer_(rows)); }
  /// Columns in standard deviations of what is remembered.
  [[nodiscard]] MatrixD standardised(const MatrixD& rows) const { return standardizer_(rows); }
  /// The share of all variance that the map's two directions show.
  [[nodiscard]] double shown_share() const { return pca_.variance_share().sum(); }

  /// The remembered windows that are most like this row [columns], nearest first.
  [[nodiscard]] std::vector<int> nearest(const VectorD& row, int k) const;
  [[nodiscard]] VectorD score(const MatrixD& rows) const { return detector_.score(rows); }
  [[nodiscard]] double threshold() const { return detector_.threshold(); }

 private:
  MatrixD windows_;
  data::Standardizer standardizer_;
  handbuilt::similarity::Pca pca_;
  MatrixD places_;
  handbuilt::similarity::NoveltyDetector detector_;
  handbuilt::similarity::Neighbours neighbours_;  // of whitened rows
};

}  // namespace handbuilt::lessons::likeness
