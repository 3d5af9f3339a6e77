#include "similarity/pca.hpp"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/gram_simd.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "similarity/products.hpp"
#include "similarity/symmetric_eigen.hpp"

namespace handbuilt::similarity {

using data::MatrixView;
using detail::product;
using detail::view_of;
using Eigen::Index;

namespace {

constexpr const char* kWhere = "pca";
constexpr Index kBlockNumbers = 1 << 16;  // a block of rows in the second-level cache

Index block_rows(Index columns) { return std::max<Index>(16, kBlockNumbers / std::max<Index>(1, columns)); }

/// What one pass over the rows says of each column.
struct Columns {
  VectorD mean;
  std::vector<int> varying;  // ascending
  double largest = 0;        // magnitude of all
};

Columns columns_of(const MatrixView& x) {
  Eigen::RowVectorXd sum = x.row(0), low = sum, high = sum;
  for (Index i = 1; i < x.rows(); ++i)
    for (Index j = 0; j < x.cols(); ++j) {
      const double value = x(i, j);
      sum[j] += value;
      low[j] = std::min(low[j], value);
      high[j] = std::max(high[j], value);
    }
  // What is not finite leaves its column's sum not finite.
  if (!sum.allFinite()) data::require_finite(kWhere, x, VectorD(), data::column_names(kWhere, {}, x.cols()));
  Columns columns{sum.transpose() / static_cast<double>(x.rows()), {}, std::max(-low.minCoeff(), high.maxCoeff())};
  for (Index j = 0; j < x.cols(); ++j)
    if (low[j] < high[j])
      columns.varying.push_back(static_cast<int>(j));
    else
      columns.mean[j] = low[j];  // without rounding
  return columns;
}

/// (x - mean)' (x - mean) of the columns that vary.
MatrixD centred_products(const MatrixView& x, const Columns& columns, int threads) {
  const auto count = static_cast<int>(columns.varying.size());
  VectorD mean(count);
  for (int k = 0; k < count; ++k) mean[k] = columns.mean[columns.varying[static_cast<std::size_t>(k)]];
  Workers workers(threads);
  std::vector<MatrixD> sums(static_cast<std::size_t>(workers.count()));
  workers.parallel_for(static_cast<int>(x.rows()), [&](int begin, int end, int worker) {
    MatrixD& sum = sums[static_cast<std::size_t>(worker)] = MatrixD::Zero(count, count);
    handbuilt::detail::add_centred_products(
        {x.data() + begin * x.outerStride(), x.outerStride(), end - begin, static_cast<int>(x.cols())},
        columns.varying.data(), mean.data(), count, sum.data());
  });
  MatrixD total = std::move(sums[0]);
  for (std::size_t i = 1; i < sums.size(); ++i)
    if (sums[i].size() > 0) total += sums[i];
  return total.selfadjointView<Eigen::Upper>();
}

/// Of each row, the entry of largest magnitude becomes positive.
void fix_signs(MatrixD& components) {
  for (Index i = 0; i < components.rows(); ++i) {
    Index largest = 0;
    for (Index j = 1; j < components.cols(); ++j)
      // What differs by rounding alone counts as equal, so that the rule survives another order of summation.
      if (std::abs(components(i, j)) > std::abs(components(i, largest)) * (1 + 1e-9)) largest = j;
    if (components(i, largest) < 0) components.row(i) *= -1;
  }
}

Pca of_eigenpairs(VectorD mean, MatrixD components, const VectorD& squares, double total, Index rows) {
  fix_signs(components);
  const auto freedom = static_cast<double>(rows - 1);
  return {std::move(mean), std::move(components), squares.cwiseMax(0) / freedom, total / freedom};
}

Pca of_columns(const MatrixView& x, Columns columns, int count, int threads) {
  if (static_cast<int>(columns.varying.size()) < count) {  // then some components are of columns that do not vary
    columns.varying.resize(static_cast<std::size_t>(x.cols()));
    std::iota(columns.varying.begin(), columns.varying.end(), 0);
  }
  const MatrixD products = centred_products(x, columns, threads);
  const Eigenpairs pairs = largest_eigenpairs(products, count);
  MatrixD components = MatrixD::Zero(count, x.cols());
  for (std::size_t k = 0; k < columns.varying.size(); ++k)
    components.col(columns.varying[k]) = pairs.vectors.col(static_cast<Index>(k));
  return of_eigenpairs(std::move(columns.mean), std::move(components), pairs.values, products.trace(), x.rows());
}

/// Fewer rows than columns: eigenvectors u of (x - mean)(x - mean)' give components (x - mean)' u.
Pca of_rows(const MatrixView& x, VectorD mean, int count) {
  const MatrixD centred = x.rowwise() - mean.transpose();
  const MatrixD products = product(view_of(centred), view_of(centred).transposed());
  const Eigenpairs pairs = largest_eigenpairs((products + products.transpose()) / 2, count);
  MatrixD directions = product(view_of(centred).transposed(), view_of(pairs.vectors).transposed());
  for (Index j = 0; j < directions.cols(); ++j) {
    const double length = directions.col(j).norm();
    if (length > 0) directions.col(j) /= length;
  }
  orthonormalise(directions);
  return of_eigenpairs(std::move(mean), directions.transpose(), pairs.values, products.trace(), x.rows());
}

/// (x - mean) times `right`, and its transpose times `right`, without a centred copy.
MatrixD centred_times(const MatrixView& x, const VectorD& mean, const MatrixD& right) {
  MatrixD result = product(view_of(x), view_of(right));
  const Eigen::RowVectorXd shift = mean.transpose() * right;
  result.rowwise() -= shift;
  return result;
}
MatrixD centred_transposed_times(const MatrixView& x, const VectorD& mean, const MatrixD& right) {
  MatrixD result = product(view_of(x).transposed(), view_of(right));
  const Eigen::RowVectorXd sums = right.colwise().sum();
  result -= mean * sums;
  return result;
}

Pca randomised(const MatrixView& x, VectorD mean, int count, const PcaOptions& options) {
  const Index most = std::min(x.rows(), x.cols());
  const Index columns = std::min(most, Index{count} + options.oversampling);
  Random random(options.seed, "randomised pca");
  MatrixD block(x.cols(), columns);
  for (Index i = 0; i < block.size(); ++i) block.data()[i] = random.normal();
  // A range that holds most of what varies, sharpened by passing over the rows again.
  MatrixD range = centred_times(x, mean, block);
  orthonormalise(range);
  for (int pass = 0; pass < options.power_iterations; ++pass) {
    block = centred_transposed_times(x, mean, range);
    orthonormalise(block);
    range = centred_times(x, mean, block);
    orthonormalise(range);
  }
  // The rows inside that range, whose singular vectors are cheap: (x - mean)' range = basis triangle.
  const MatrixD inside = centred_transposed_times(x, mean, range);
  MatrixD basis = inside;
  orthonormalise(basis);
  const Eigen::MatrixXd triangle = product(view_of(basis).transposed(), view_of(inside));
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(triangle, Eigen::ComputeThinU);
  const MatrixD turn = svd.matrixU().leftCols(count);
  double total = 0;
  const Index rows = block_rows(x.cols());
  for (Index first = 0; first < x.rows(); first += rows)
    total += (x.middleRows(first, std::min(rows, x.rows() - first)).rowwise() - mean.transpose()).squaredNorm();
  return of_eigenpairs(std::move(mean), product(view_of(basis), view_of(turn)).transpose(),
                       svd.singularValues().head(count).cwiseAbs2(), total, x.rows());
}

}  // namespace

Pca::Pca(VectorD mean, MatrixD components, VectorD variance, double total_variance)
    : mean_(std::move(mean)),
      components_(std::move(components)),
      variance_(std::move(variance)),
      total_variance_(total_variance) {}

MatrixD Pca::transform(const MatrixView& x) const {
  data::require_columns(kWhere, x, mean_.size());
  MatrixD scores(x.rows(), components_.rows());
  const Index rows = block_rows(x.cols());
  for (Index first = 0; first < x.rows(); first += rows) {
    const Index count = std::min(rows, x.rows() - first);
    const MatrixD centred = x.middleRows(first, count).rowwise() - mean_.transpose();
    gemm(view_of(centred), view_of(components_).transposed(), scores.row(first).data(), static_cast<int>(scores.cols()),
         false);
  }
  return scores;
}

MatrixD Pca::inverse(const MatrixView& scores) const {
  data::require_columns(kWhere, scores, components_.rows());
  MatrixD x = product(view_of(scores), view_of(components_));
  x.rowwise() += mean_.transpose();
  return x;
}

VectorD Pca::variance_share() const {
  return total_variance_ > 0 ? VectorD(variance_ / total_variance_) : VectorD(VectorD::Zero(variance_.size()));
}

Pca fit_pca(const MatrixView& x, const PcaOptions& options) {
  if (x.rows() < 2 || x.cols() < 1)
    throw ShapeError(std::string(kWhere) + ": expected at least two rows and one column, got " + data::shape_of(x));
  const Index most = std::min(x.rows() - 1, x.cols());
  if (options.components < 0 || options.components > most)
    throw ShapeError(std::string(kWhere) + ": expected at most " + std::to_string(most) + " components of x " +
                     data::shape_of(x) + ", got " + std::to_string(options.components));
  data::require_option(options.oversampling >= 0, kWhere, "oversampling", "of at least 0", options.oversampling);
  data::require_option(options.power_iterations >= 0, kWhere, "power_iterations", "of at least 0",
                       options.power_iterations);
  Columns columns = columns_of(x);
  data::require_option(columns.largest < 1e150, kWhere, "x", "numbers below 1e150", columns.largest);
  const int count = options.components > 0 ? options.components : static_cast<int>(most);
  if (options.method == PcaMethod::kRandomised) return randomised(x, std::move(columns.mean), count, options);
  if (x.rows() <= x.cols()) return of_rows(x, std::move(columns.mean), count);
  return of_columns(x, std::move(columns), count, options.threads);
}

}  // namespace handbuilt::similarity
