#pragma once

#include <cstdint>
#include <vector>

#include "lessons/07_similarity/situation_map.hpp"

namespace handbuilt::lessons::likeness {

/// The kinds of home and faults that the demo's robot can be put into, in the order of its keys.
const std::vector<robot_sim::Kind>& demo_kinds();

/// A robot that remembers ordinary homes and is put into new ones, where it drives and says every five seconds how new
/// that was. It needs no window, and the same seed gives the same drives.
class DemoModel {
 public:
  explicit DemoModel(std::uint64_t seed);

  /// Puts the robot into a home of this kind (row of demo_kinds()) that it has never seen.
  void enter(int kind);
  /// Another home of the same kind.
  void enter_next();
  /// Drives for five seconds; false when the drive is over.
  bool drive();

  [[nodiscard]] const SituationMap& map() const { return map_; }
  [[nodiscard]] int kind() const { return kind_; }
  [[nodiscard]] int home() const { return home_; }  ///< 1, 2, ... of this kind
  /// The windows driven so far [windows, columns], where they lie on the map and how new each is.
  [[nodiscard]] MatrixD driven() const { return all_.topRows(shown_); }
  [[nodiscard]] MatrixD driven_places() const { return all_places_.topRows(shown_); }
  [[nodiscard]] VectorD scores() const { return all_scores_.head(shown_); }
  /// The share of windows driven so far whose score is above the threshold; 0 before the first.
  [[nodiscard]] double share_new() const;

 private:
  void record();

  std::uint64_t seed_;
  SituationMap map_;
  int kind_ = 0, home_ = 1;
  Eigen::Index shown_ = 0;
  MatrixD all_, all_places_;
  VectorD all_scores_;
};

}  // namespace handbuilt::lessons::likeness
