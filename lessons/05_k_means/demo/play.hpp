#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::k_means {

enum class StartKind { kAnyRows, kPlusPlus, kOneCorner };

/// k-means in half steps, on rows that may come and go and with centroids that may be dragged. It needs no window, and
/// the same seed gives the same play.
class Play {
 public:
  explicit Play(std::uint64_t seed) : random_(seed, "play") {}

  /// Other rows [rows, columns]; centroids are started anew.
  void set_rows(const MatrixD& rows);
  void add_row(const VectorD& row);
  void take_last_row();
  /// As many centroids as there are rows at most; more are given when rows come.
  void set_clusters(int clusters);
  void start(StartKind kind);

  /// Gives every row to the nearest centroid, or moves every centroid to its rows' mean, in turns.
  void half_step();
  /// Until no centroid moves; at most `most` half steps. Returns how many it took.
  int run_to_the_end(int most = 2000);
  /// Puts a centroid elsewhere; rows follow at once.
  void drag(int centroid, const VectorD& to);

  [[nodiscard]] const MatrixD& rows() const { return rows_; }
  [[nodiscard]] const MatrixD& centroids() const { return centroids_; }
  /// [rows], or none while rows have not been given to centroids.
  [[nodiscard]] const std::vector<int>& labels() const { return labels_; }
  [[nodiscard]] int wanted() const { return wanted_; }
  [[nodiscard]] StartKind kind() const { return kind_; }
  [[nodiscard]] bool is_assign_next() const { return labels_.empty() || is_assign_next_; }
  [[nodiscard]] bool is_settled() const { return is_settled_; }
  [[nodiscard]] int repaired() const { return repaired_; }
  /// The inertia at each assignment since the start, and the way of each centroid [stations][clusters, columns].
  [[nodiscard]] const std::vector<double>& trace() const { return trace_; }
  [[nodiscard]] const std::vector<MatrixD>& way() const { return way_; }

 private:
  void assign();
  void update();

  Random random_;
  MatrixD rows_, centroids_;
  std::vector<int> labels_;
  int wanted_ = 3, repaired_ = 0;
  StartKind kind_ = StartKind::kAnyRows;
  bool is_assign_next_ = true, is_settled_ = false;
  std::vector<double> trace_;
  std::vector<MatrixD> way_;
};

}  // namespace handbuilt::lessons::k_means
