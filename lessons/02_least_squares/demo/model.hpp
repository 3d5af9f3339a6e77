#pragma once

#include <vector>

#include "lessons/02_least_squares/line.hpp"

namespace handbuilt::lessons::least_squares {

/// The demo without its window: four sets of points, one of them on the board, where its points can be moved.
class DemoModel {
 public:
  /// Throws ValueError without sets.
  explicit DemoModel(std::vector<Points> sets);

  /// Puts a set on the board as it was published; stays when there is no such one.
  void choose(int index);
  void reset() { choose(chosen_); }
  /// Puts a point elsewhere. Throws IndexError for a point that is not there.
  void move(int point, double x, double y);

  [[nodiscard]] int chosen() const { return chosen_; }
  [[nodiscard]] int sets() const { return static_cast<int>(sets_.size()); }
  [[nodiscard]] const Points& points() const { return points_; }
  [[nodiscard]] const LineFit& fit() const { return fit_; }              ///< of the points as they are
  [[nodiscard]] const LineFit& published() const { return published_; }  ///< of the set as it was published
  [[nodiscard]] bool is_moved() const { return is_moved_; }
  /// y minus the line at each point; NaN where there is no line.
  [[nodiscard]] std::vector<double> residuals() const;

 private:
  std::vector<Points> sets_;
  int chosen_ = 0;
  Points points_;
  LineFit fit_, published_;
  bool is_moved_ = false;
};

}  // namespace handbuilt::lessons::least_squares
