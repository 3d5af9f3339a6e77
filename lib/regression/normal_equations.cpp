#include "regression/normal_equations.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/gram_simd.hpp"
#include "core/parallel.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {

using Eigen::Index;

void detail::add_products_plain(const MatrixView& x, const VectorView& y, bool intercept, MatrixD& sums) {
  VectorD row(sums.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    if (intercept) row[0] = 1;
    row.segment(intercept ? 1 : 0, x.cols()) = x.row(i).transpose();
    row[row.size() - 1] = y[i];
    for (Index j = 0; j < row.size(); ++j)
      sums.row(j).tail(row.size() - j) += row[j] * row.tail(row.size() - j).transpose();
  }
}

namespace {

/// [X y 1]'[X y 1] with the rows shared among threads, the threads' sums added in order; upper half [m, m].
MatrixD products_of(const MatrixView& x, const VectorView& y, bool intercept, int threads) {
  const Index size = x.cols() + (intercept ? 2 : 1);
  Workers workers(threads);
  std::vector<MatrixD> sums(static_cast<std::size_t>(workers.count()), MatrixD::Zero(size, size));
  workers.parallel_for(static_cast<int>(x.rows()), [&](int begin, int end, int worker) {
    const handbuilt::detail::Rows rows{x.data() + begin * x.outerStride(), x.outerStride(), end - begin,
                                       static_cast<int>(x.cols())};
    handbuilt::detail::add_products(rows, y.data() + begin, intercept, nullptr,
                                    sums[static_cast<std::size_t>(worker)].data());
  });
  for (std::size_t worker = 1; worker < sums.size(); ++worker) sums[0] += sums[worker];
  return std::move(sums[0]);
}

/// From the kernel's order X, y, 1 to ours: 1, X, y.
MatrixD in_order(const MatrixD& products, bool intercept) {
  if (!intercept) return products;
  const Index last = products.rows() - 1;
  MatrixD sums = MatrixD::Zero(last + 1, last + 1);
  sums.bottomRightCorner(last, last) = products.topLeftCorner(last, last);
  sums(0, 0) = products(last, last);
  sums.row(0).tail(last) = products.col(last).head(last).transpose();
  return sums;
}

}  // namespace

NormalEquations::NormalEquations(Index columns, bool intercept, int threads)
    : columns_(columns), intercept_(intercept), threads_(threads) {
  require_option(columns >= 0, "normal equations", "columns", "of at least 0", static_cast<double>(columns));
  const Index size = columns + (intercept ? 2 : 1);
  sums_ = MatrixD::Zero(size, size);
}

void NormalEquations::add(const MatrixView& x, const VectorView& y) {
  require_columns("normal equations", x, columns_);
  require_same_rows("normal equations", x, y.size());
  const MatrixD added = in_order(products_of(x, y, intercept_, threads_), intercept_);
  // A number that is not finite leaves its trace in the sums, so only then is there anything to look for.
  if (!added.diagonal().allFinite()) {
    require_finite("normal equations", x, y, column_names("normal equations", {}, columns_));
    throw ValueError("normal equations: expected numbers whose squares are finite, got larger ones");
  }
  sums_ += added;
  rows_ += x.rows();
}

void NormalEquations::require_same_form(const NormalEquations& other) const {
  if (other.columns_ != columns_ || other.intercept_ != intercept_)
    throw ShapeError("normal equations: expected sums of " + std::to_string(columns_) + " columns " +
                     (intercept_ ? "with" : "without") + " an intercept, got " + std::to_string(other.columns_) + " " +
                     (other.intercept_ ? "with" : "without"));
}

NormalEquations& NormalEquations::operator-=(const NormalEquations& other) {
  require_same_form(other);
  sums_ -= other.sums_;
  rows_ -= other.rows_;
  return *this;
}

NormalEquations& NormalEquations::operator+=(const NormalEquations& other) {
  require_same_form(other);
  sums_ += other.sums_;
  rows_ += other.rows_;
  return *this;
}

MatrixD NormalEquations::gram() const {
  const Index p = sums_.rows() - 1;
  return sums_.topLeftCorner(p, p).selfadjointView<Eigen::Upper>();
}

VectorD NormalEquations::moments() const { return sums_.col(sums_.cols() - 1).head(sums_.rows() - 1); }

double NormalEquations::squares() const { return sums_(sums_.rows() - 1, sums_.cols() - 1); }

VectorD solve(const NormalEquations& sums, double ridge, const std::vector<std::string>& names) {
  const MatrixD r = decompose(sums, ridge, names);
  return solve_upper(r, solve_upper_transposed(r, sums.moments()));
}

MatrixD decompose(const NormalEquations& sums, double ridge, const std::vector<std::string>& names) {
  require_option(ridge >= 0 && std::isfinite(ridge), "normal equations", "ridge", "of at least 0", ridge);
  const Index first = sums.intercept() ? 1 : 0;
  MatrixD gram = sums.gram();
  gram.diagonal().tail(sums.columns()).array() += ridge;
  const double tolerance = ridge > 0 ? 0 : rank_tolerance(sums.rows(), gram.rows());
  Cholesky decomposition = cholesky(gram, tolerance);
  if (decomposition.stopped_at >= 0) {
    std::vector<std::string> all = column_names("normal equations", names, sums.columns());
    if (first == 1) all.insert(all.begin(), "intercept");
    const std::string stopped = "column \"" + all[static_cast<std::size_t>(decomposition.stopped_at)] +
                                "\" is, to rounding, a combination of those before it";
    throw ValueError("normal equations: expected columns that do not depend on each other, got: " + stopped +
                     " (drop it, set ridge above 0, or solve by QR, which tells dependence from nearness better)");
  }
  return std::move(decomposition.r);
}

}  // namespace handbuilt::regression
