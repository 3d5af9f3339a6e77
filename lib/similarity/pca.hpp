#pragma once

#include <cstdint>

#include "core/matrix.hpp"
#include "data/check.hpp"

namespace handbuilt::similarity {

enum class PcaMethod {
  kExact,       ///< eigenvectors of the covariance, or of the rows' products where rows are fewer than columns
  kRandomised,  ///< from a few random combinations of the columns: for many rows and many columns
};

struct PcaOptions {
  /// 1 ... min(rows - 1, columns): there is no variance in more directions. 0 takes all of them.
  int components = 0;
  PcaMethod method = PcaMethod::kExact;
  /// The randomised form: directions beside those asked for, passes over the rows that sharpen them, and the seed.
  int oversampling = 10;
  int power_iterations = 4;
  std::uint64_t seed = 1;
  /// <= 0 takes one a core. The same count always gives the same bits.
  int threads = 1;
};

/// Principal components: the orthogonal directions in which rows vary most.
///
///     const Pca pca = fit_pca(x, {.components = 2});
///     const MatrixD on_paper = pca.transform(x);
class Pca {
 public:
  Pca(VectorD mean, MatrixD components, VectorD variance, double total_variance);

  /// How far along each component, from the mean: x [rows, columns] to [rows, components].
  [[nodiscard]] MatrixD transform(const data::MatrixView& x) const;
  /// The way back: what the components left out is lost.
  [[nodiscard]] MatrixD inverse(const data::MatrixView& scores) const;

  [[nodiscard]] const VectorD& mean() const { return mean_; }
  /// [components, columns], orthonormal rows, the entry of largest magnitude of each positive (the first of equals).
  [[nodiscard]] const MatrixD& components() const { return components_; }
  /// [components], falling: the variance of the training rows along each (the divisor is rows - 1).
  [[nodiscard]] const VectorD& variance() const { return variance_; }
  /// The share of the variance of all columns together; 0 when nothing varies.
  [[nodiscard]] VectorD variance_share() const;
  [[nodiscard]] double total_variance() const { return total_variance_; }

 private:
  VectorD mean_;
  MatrixD components_;
  VectorD variance_;
  double total_variance_;
};

/// The principal components of x [rows, columns]. Columns that do not vary are fine and get no weight; columns in
/// different units want data::Standardizer first.
///
/// The exact form works on products of columns, which squares the condition number: a component whose standard
/// deviation is 1e-8 of the first one's, or less, is lost in rounding. Rows beyond 2 million want the randomised form
/// no more than others: it saves work when columns, too, are many.
///
/// Throws ShapeError for fewer than two rows, no column, or more components than there are; ValueError, naming rows and
/// column, for numbers that are not finite. Source: Pearson (1901), "On lines and planes of closest fit"; Halko,
/// Martinsson and Tropp (2011), "Finding structure with randomness", algorithms 4.4 and 5.1.
Pca fit_pca(const data::MatrixView& x, const PcaOptions& options = {});

}  // namespace handbuilt::similarity
