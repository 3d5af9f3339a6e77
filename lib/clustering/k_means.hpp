#pragma once

#include <vector>

#include "clustering/k_means_steps.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering {

enum class KMeansStart { kPlusPlus, kRandom };

struct KMeansOptions {
  int clusters = 8;
  KMeansStart start = KMeansStart::kPlusPlus;
  int starts = 10;  ///< runs, of which the one with the smallest inertia is kept (the first of several)
  KMeansMethod method = KMeansMethod::kLloyd;
  int max_iterations = 300;
  /// A run ends when the centroids' squared ways add up to no more than this times the mean variance of a column, and
  /// in any case when no label changes.
  double tolerance = 1e-4;
  VectorD weights = {};  ///< [rows] of at least 0; empty for all 1
  int threads = 1;       ///< at most 0 takes one a core; results do not depend on it
};

/// Clusters found by k-means. Source: see KMeansSteps.
template <class Scalar>
struct KMeansFit {
  BasicMatrix<Scalar> centroids;  ///< [clusters, columns]
  std::vector<int> labels;        ///< [rows] the nearest centroid of each training row
  VectorD cluster_weights;        ///< [clusters] of the rows with each label: 0 for an empty cluster
  double inertia = 0;             ///< sum of weight times squared distance to the row's centroid
  std::vector<double> trace;      ///< [iterations] the inertia at each assignment, of the run that was kept
  int iterations = 0;
  bool converged = false;
  int repaired = 0;  ///< empty clusters that took a row from another, in the run that was kept

  /// The nearest centroid of other rows [rows, columns]; the first of several. Throws as KMeansRows does.
  [[nodiscard]] std::vector<int> predict(const typename KMeansRows<Scalar>::View& x, int threads = 1) const;
};

/// The best of several runs from drawn starts. x [rows, columns]. The same `random` gives the same bits.
///
/// Throws ShapeError for no rows or columns and for weights of another number; ValueError for numbers that are not
/// finite, unless 1 <= clusters <= rows that have a weight, and for options that make no sense. Fewer distinct rows
/// than clusters leave some clusters empty.
KMeansFit<double> fit_k_means(const MatrixView& x, const KMeansOptions& options, Random& random);
KMeansFit<float> fit_k_means(const MatrixViewF& x, const KMeansOptions& options, Random& random);

/// One run from given centroids [clusters, columns]; `clusters`, `start` and `starts` of the options are not looked at.
/// Throws as fit_k_means does, and for other columns.
KMeansFit<double> fit_k_means_from(const MatrixView& x, const MatrixView& centroids, const KMeansOptions& options = {});
KMeansFit<float> fit_k_means_from(const MatrixViewF& x, const MatrixViewF& centroids,
                                  const KMeansOptions& options = {});

struct MiniBatchOptions {
  int clusters = 8;
  int batch_rows = 1024;
  int epochs = 10;  ///< times the number of rows is the number of rows drawn
  VectorD weights = {};
  int threads = 1;
};

/// k-means by small random batches, for more rows than one wants to read many times: each row of a batch moves its
/// centroid towards itself by its weight over the weight that the centroid has seen. A centroid that no row has joined
/// in an epoch moves to a random row. Started by k-means++ on a sample of three batches. Labels and inertia are of all
/// rows, with the final centroids; the inertia is above that of fit_k_means by some percent. `trace` holds the mean
/// inertia of a row in each batch, times the weight of all rows.
///
/// Throws as fit_k_means does.
/// Source: Sculley (2010), "Web-scale k-means clustering".
KMeansFit<double> fit_mini_batch_k_means(const MatrixView& x, const MiniBatchOptions& options, Random& random);
KMeansFit<float> fit_mini_batch_k_means(const MatrixViewF& x, const MiniBatchOptions& options, Random& random);

extern template struct KMeansFit<float>;
extern template struct KMeansFit<double>;

}  // namespace handbuilt::clustering
