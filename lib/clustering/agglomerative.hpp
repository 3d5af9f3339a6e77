#pragma once

#include <vector>

#include "clustering/check.hpp"

namespace handbuilt::clustering {

/// How far two clusters are apart, from the Euclidean distances of their rows.
enum class Linkage {
  kSingle,    // of the nearest two: follows chains
  kComplete,  // of the farthest two: keeps clusters narrow
  kAverage,   // on average over all pairs
  kWard,      // sqrt(2 * what joining them adds to the sum of squared distances to the centre)
};

/// Two clusters that became one. Rows are clusters 0 ... rows - 1; what merge i made is cluster rows + i.
struct Merge {
  int first = 0, second = 0;  // first < second
  double height = 0;          // how far apart they were
  int rows = 0;               // of both
};

/// The tree of merges: rows - 1 of them, lowest first.
struct Dendrogram {
  int rows = 0;
  std::vector<Merge> merges;

  /// A label for each row [rows]; clusters are numbered in the order of their first rows. `cut` leaves this many
  /// clusters, `cut_at` undoes all merges higher than `height`. Throws ValueError unless 1 <= clusters <= rows, and for
  /// a height that is not a number.
  [[nodiscard]] std::vector<int> cut(int clusters) const;
  [[nodiscard]] std::vector<int> cut_at(double height) const;
};

/// Joins the rows of x [rows, columns], each a cluster at first, two clusters at a time until one is left: always the
/// nearest two. Time grows with rows^2 * columns; the distances take 4 rows^2 bytes.
///
/// Throws ShapeError for no rows or columns; ValueError for rows that are not finite, for distances that are not, and
/// for more than 40,000 rows (6.4 GB of distances).
///
/// When not to use it: for many rows. kSingle joins through the thinnest bridge of noise; kWard and kComplete cut long
/// shapes in pieces.
/// Sources: Ward (1963), "Hierarchical grouping to optimize an objective function"; Murtagh (1983), "A survey of recent
/// advances in hierarchical clustering algorithms" (the chain of nearest neighbours).
Dendrogram agglomerate(const MatrixView& x, Linkage linkage);

namespace detail {

/// The same by the definitions above, in time rows^4: what the fast one is tested against.
Dendrogram agglomerate_plain(const MatrixView& x, Linkage linkage);

}  // namespace detail

}  // namespace handbuilt::clustering
