#pragma once

#include <Eigen/Core>
#include <memory>

#include "core/matrix.hpp"
#include "data/check.hpp"

namespace handbuilt::similarity {

enum class Metric {
  kEuclidean,
  kCosine,  ///< 1 - cosine of the angle; a row of zeros has no direction and is refused
};

enum class Search {
  kAuto,        ///< the quicker one, by the rule beside Neighbours
  kBruteForce,  ///< every distance, by blocked matrix products
  kTree,        ///< a k-d tree
};

struct NeighbourOptions {
  Metric metric = Metric::kEuclidean;
  Search search = Search::kAuto;
  /// <= 0 takes one a core. The result does not depend on it.
  int threads = 1;
};

/// The k nearest points of each query, nearest first.
struct NeighbourTable {
  Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> index;  ///< [queries, k], rows of the points
  MatrixD distance;                                                           ///< [queries, k]
};

/// Exact nearest neighbours among points [points, columns], of which a copy is kept. Of points at the same distance the
/// lower index comes first, whatever the search.
///
/// Brute force multiplies blocks of queries and points in single precision, keeps whatever the bound of its rounding
/// error (Higham 2002, section 3.1) leaves in question, and measures those again in double precision from the
/// differences themselves: near-duplicates keep all their digits, and no neighbour is missed. The tree looks only where
/// a nearer point may be (Friedman, Bentley and Finkel 1977), and wins for few columns and many points: kAuto takes it
/// as `prefers_tree` says, which is measured by benchmarks/similarity_bench.
///
/// Throws ShapeError for no points, other columns, or k outside 1 ... points; ValueError, naming the row, for numbers
/// that are not finite or reach 1e150, and for rows of zeros where the metric is cosine.
class Neighbours {
 public:
  explicit Neighbours(const data::MatrixView& points, const NeighbourOptions& options = {});
  ~Neighbours();
  Neighbours(Neighbours&&) noexcept;
  Neighbours& operator=(Neighbours&&) noexcept;

  [[nodiscard]] NeighbourTable nearest(const data::MatrixView& queries, int k) const;
  /// Of each point its k nearest others. A duplicate is another point.
  [[nodiscard]] NeighbourTable nearest_others(int k) const;

  [[nodiscard]] Eigen::Index size() const;
  [[nodiscard]] Eigen::Index columns() const;
  [[nodiscard]] bool uses_tree() const;

  /// The rule of Search::kAuto.
  static bool prefers_tree(Eigen::Index points, Eigen::Index columns);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same in plain loops: what Neighbours is tested against.
NeighbourTable nearest_plain(const data::MatrixView& points, const data::MatrixView& queries, int k,
                             Metric metric = Metric::kEuclidean);

}  // namespace handbuilt::similarity
