#pragma once

#include <vector>

#include "clustering/check.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering {

/// What a component's covariance may be: anything, a variance a column, or one variance for all columns.
enum class CovarianceForm { kFull, kDiagonal, kSpherical };

/// A sum of Gaussian densities: where a component stands, how wide it is, and its share of the rows.
struct GaussianMixture {
  CovarianceForm form = CovarianceForm::kFull;
  VectorD weights;                   // [components], at least 0, sum 1
  MatrixD means;                     // [components, columns]
  std::vector<MatrixD> covariances;  // one a component [columns, columns], whatever the form
  /// The smallest variance that fitting leaves a component, in each column [columns]; none when empty. A full
  /// covariance keeps covariance - diag(floor) positive semidefinite, so no direction gets narrower than this.
  VectorD floor = {};

  [[nodiscard]] int components() const { return static_cast<int>(means.rows()); }
  [[nodiscard]] Eigen::Index columns() const { return means.cols(); }
  /// Numbers that are free to choose: means, covariances of this form, and weights but one.
  [[nodiscard]] Eigen::Index parameters() const;
};

/// Throws ShapeError for parts that do not fit together, and ValueError for weights that are no shares, for numbers
/// that are not finite, and for a covariance that is not of its form or not positive definite.
void require_mixture(const char* where, const GaussianMixture& mixture);

/// The functions below throw as require_mixture does, ShapeError for x [rows, columns] of other columns, and ValueError
/// for rows that are not finite. `threads` <= 0 takes one a core; the same count always gives the same bits.

/// The log of each row's density [rows]. A row so far from every component that no number can tell gets -4.5e307.
VectorD log_densities(const GaussianMixture& mixture, const MatrixView& x, int threads = 1);

/// The sum of log_densities.
double log_likelihood(const GaussianMixture& mixture, const MatrixView& x, int threads = 1);

/// Each component's share in each row [rows, components]; a row sums to 1.
MatrixD responsibilities(const GaussianMixture& mixture, const MatrixView& x, int threads = 1);

/// The component with the largest share in each row.
std::vector<int> assign(const GaussianMixture& mixture, const MatrixView& x, int threads = 1);

/// Rows drawn from the mixture, and the component that each came from. Throws ValueError for fewer than 0 rows.
struct MixtureSample {
  MatrixD x;  // [rows, columns]
  std::vector<int> components;
};
MixtureSample sample(const GaussianMixture& mixture, int rows, Random& random);

/// What a fit costs: -2 log likelihood + parameters * log(rows), or + 2 parameters; lower is better. `rows` is the sum
/// of their weights. Sources: Schwarz (1978), "Estimating the dimension of a model"; Akaike (1974), "A new look at the
/// statistical model identification".
double bic(double log_likelihood, Eigen::Index parameters, double rows);
double aic(double log_likelihood, Eigen::Index parameters);

}  // namespace handbuilt::clustering
