#pragma once

#include <memory>
#include <vector>

#include "clustering/k_means_rows.hpp"

namespace handbuilt::clustering {

enum class KMeansMethod {
  kLloyd,    ///< every row looks at every centroid in every step
  kHamerly,  ///< the same labels and centroids, bit for bit; rows that cannot have changed sides do not look
};

/// k-means played step by step from given centroids: each step gives every row to the nearest centroid (the first of
/// several) and moves every centroid to the mean of its rows. The inertia, the weighted sum of squared distances from
/// the rows to their centroids, never grows but by rounding.
///
/// A cluster that got no weight is repaired: it takes the row that adds most to the inertia, the first of several, away
/// from a cluster that keeps another row; several such clusters take one row each, in order. Where no row has a
/// distance to give, because there are fewer distinct rows than clusters, it stays where it is and empty.
///
/// Results have the same bits for any number of threads.
/// Sources: Lloyd (1982), "Least squares quantization in PCM"; Hamerly (2010), "Making k-means even faster", whose
/// bounds are widened here by what rounding may do.
template <class Scalar>
class KMeansSteps {
 public:
  /// `rows` must outlive this. centroids [clusters, columns]. Throws ShapeError for other columns, ValueError unless
  /// 1 <= clusters <= rows that have a weight, and for numbers that are not finite.
  KMeansSteps(const KMeansRows<Scalar>& rows, const typename KMeansRows<Scalar>::View& centroids,
              KMeansMethod method = KMeansMethod::kLloyd);
  ~KMeansSteps();
  KMeansSteps(const KMeansSteps&) = delete;
  KMeansSteps& operator=(const KMeansSteps&) = delete;

  /// Assigns, repairs and moves; returns how many rows have another label than before (all of them in the first step).
  int step();
  /// Assigns only, to the centroids as they are; no cluster is repaired.
  void assign();

  /// [rows] of the latest assignment, after repairs.
  [[nodiscard]] const std::vector<int>& labels() const;
  /// [clusters, columns], in x's coordinates.
  [[nodiscard]] BasicMatrix<Scalar> centroids() const;
  /// [clusters] of the rows with each label.
  [[nodiscard]] const VectorD& cluster_weights() const;
  /// Of the latest assignment, with the centroids that it was made to (before they moved), from sums; to rounding.
  [[nodiscard]] double inertia() const;
  /// The same row by row, with the labels and centroids as they are now: as exact as the rows.
  [[nodiscard]] double exact_inertia() const;
  /// The sum of squared distances that the centroids went in the latest step.
  [[nodiscard]] double moved() const;
  /// How many clusters have been repaired so far.
  [[nodiscard]] int repaired() const;
  /// How many rows have been compared with all centroids so far: what Hamerly's bounds save.
  [[nodiscard]] long searched_rows() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

extern template class KMeansSteps<float>;
extern template class KMeansSteps<double>;

}  // namespace handbuilt::clustering
