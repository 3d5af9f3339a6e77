#pragma once

#include <optional>
#include <vector>

#include "clustering/mixture.hpp"
#include "clustering/mixture_simd.hpp"

namespace handbuilt::clustering::detail {

/// The lower triangle L with L L' = covariance, or nothing where that is not positive definite.
std::optional<MatrixD> cholesky_factor(const MatrixD& covariance);

/// A mixture as the kernel wants it, and the memory that holds it.
class Whitening {
 public:
  /// Throws ValueError, naming the component, for a covariance that is not positive definite.
  Whitening(const char* where, const GaussianMixture& mixture);

  [[nodiscard]] WhitenedMixture view() const;

 private:
  int components_;
  bool full_;
  MatrixD means_;
  std::vector<double> whitening_;
  std::vector<double> log_scale_;
};

/// Lifts a covariance of this form to the floor, and tells whether it had to: the likeliest covariance that the floor
/// allows, if what came was the likeliest of all.
bool lift_to_floor(MatrixD& covariance, CovarianceForm form, const VectorD& floor);

/// The likeliest mixture for these sums, taken around the means of `before`; what has no rows stays as it was. Appends
/// the components that were lifted to the floor.
GaussianMixture maximise(const GaussianMixture& before, const MixtureSums& sums, std::vector<int>& on_floor);

/// A pass over all rows, shared among threads, whose sums are added in order. Returns the log likelihood.
double pass_over(const MatrixView& x, const GaussianMixture& mixture, const VectorD& row_weights, int threads,
                 MixtureSums* sums, double* log_density = nullptr, double* responsibilities = nullptr);

}  // namespace handbuilt::clustering::detail
