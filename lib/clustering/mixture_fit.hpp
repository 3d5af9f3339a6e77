#pragma once

#include <vector>

#include "clustering/mixture.hpp"

namespace handbuilt::clustering {

/// Where expectation-maximisation begins.
enum class MixtureStart {
  kKMeans,      // the clusters of k-means, each a component
  kRandomRows,  // components as wide as all rows together, around rows drawn at random
};

struct MixtureOptions {
  int components = 1;
  CovarianceForm form = CovarianceForm::kFull;
  MixtureStart start = MixtureStart::kKMeans;
  /// Fits from as many starts, and keeps the likeliest.
  int starts = 1;
  int max_iterations = 100;
  /// Ends when a step gains less than this, in nats a row.
  double tolerance = 1e-6;
  /// The share of each column's variance below which no component's variance falls (of 1, in a constant column):
  /// scaling a column changes nothing. 0 for none: a component that collapses onto a point is then an error.
  double covariance_floor = 1e-6;
  /// [rows], none for all 1. A row of weight 2 counts as two rows.
  VectorD row_weights = {};
  /// <= 0 takes one a core. The same count always gives the same bits.
  int threads = 1;
};

struct MixtureFit {
  GaussianMixture mixture;
  /// Of the start, and after each step [iterations + 1]. Never falls, but for rounding: to lift a narrow covariance to
  /// the floor gives the likeliest of those that the floor allows, so a step still cannot lose.
  std::vector<double> log_likelihoods;
  int iterations = 0;
  bool converged = false;
  /// Components whose covariance stands on the floor: likely on a single point, or on columns that depend on each
  /// other.
  std::vector<int> on_floor;
  double bic = 0, aic = 0;

  [[nodiscard]] double log_likelihood() const { return log_likelihoods.back(); }
};

/// Fits a Gaussian mixture to x [rows, columns] by expectation-maximisation.
///
/// Duplicates and more components than different rows are no error: components then share rows, or stand on the floor.
/// A component that loses all rows keeps its place with weight 0.
///
/// Throws ShapeError or ValueError for no rows, rows that are not finite or whose squares are not, more components than
/// rows with weight, weights or options that make no sense, and where a component collapses and there is no floor.
///
/// When not to use it: the likelihood has many tops, and EM climbs the nearest; give several starts. Clusters that are
/// not ellipses come out in pieces.
/// Source: Dempster, Laird and Rubin (1977), "Maximum likelihood from incomplete data via the EM algorithm".
MixtureFit fit_mixture(const MatrixView& x, const MixtureOptions& options, Random& random);

/// The same from a given mixture, whose components and form are kept, and whose covariances are lifted to the floor
/// first. `options`: components, form, start and starts are not looked at.
MixtureFit fit_mixture(const MatrixView& x, const GaussianMixture& start, const MixtureOptions& options);

/// One step: the likeliest mixture given the responsibilities under this one.
struct MixtureStep {
  GaussianMixture mixture;
  double log_likelihood = 0;  // of the mixture before the step
  std::vector<int> on_floor;
};
MixtureStep em_step(const MatrixView& x, const GaussianMixture& mixture, const VectorD& row_weights = {},
                    int threads = 1);

/// The floor of x's columns: `share` of their variances [columns].
VectorD covariance_floor(const MatrixView& x, double share, const VectorD& row_weights = {});

/// The mixture whose component c is fitted to the rows labelled c = 0 ... components - 1. Throws ValueError for a
/// component without weight.
GaussianMixture mixture_of_labels(const MatrixView& x, const std::vector<int>& labels, int components,
                                  CovarianceForm form, const VectorD& floor, const VectorD& row_weights = {});

}  // namespace handbuilt::clustering
