#include "regression/triangular.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/matmul.hpp"

namespace handbuilt::regression {

using Eigen::Index;

VectorD solve_upper(const MatrixD& r, const VectorD& b) {
  VectorD x = b;
  for (Index i = r.rows() - 1; i >= 0; --i) {
    const Index after = r.cols() - 1 - i;
    x[i] = (x[i] - r.row(i).tail(after).dot(x.tail(after))) / r(i, i);
  }
  return x;
}

VectorD solve_upper_transposed(const MatrixD& r, const VectorD& b) {
  VectorD x = b;
  for (Index i = 0; i < r.rows(); ++i) {
    x[i] /= r(i, i);
    const Index after = r.cols() - 1 - i;
    x.tail(after) -= x[i] * r.row(i).tail(after).transpose();
  }
  return x;
}

MatrixD inverse_upper(const MatrixD& r) {
  // Row by row from the last: row i of the inverse needs the rows below it.
  const Index p = r.rows();
  MatrixD inverse = MatrixD::Zero(p, p);
  for (Index i = p - 1; i >= 0; --i) {
    auto row = inverse.row(i).tail(p - i);
    for (Index k = i + 1; k < p; ++k) row.tail(p - k) -= r(i, k) * inverse.row(k).tail(p - k);
    row[0] = 1;
    row /= r(i, i);
  }
  return inverse;
}

namespace {

/// Decomposes rows first ... first + count of `a` in place, given that the rows above have been taken out of them.
/// Returns the row where it had to stop, or -1.
Index decompose_rows(MatrixD& a, const VectorD& diagonal, Index first, Index count, double tolerance) {
  const Index p = a.rows();
  for (Index i = first; i < first + count; ++i) {
    if (!(a(i, i) > tolerance * diagonal[i])) return i;
    a.row(i).tail(p - i) /= std::sqrt(a(i, i));
    for (Index k = i + 1; k < first + count; ++k) a.row(k).tail(p - k) -= a(i, k) * a.row(i).tail(p - k);
  }
  return -1;
}

}  // namespace

Cholesky cholesky(MatrixD a, double tolerance) {
  constexpr Index kBlock = 48;
  const Index p = a.rows();
  const VectorD diagonal = a.diagonal();
  MatrixD minus_block;
  for (Index first = 0; first < p; first += kBlock) {
    const Index count = std::min(kBlock, p - first), next = first + count, left = p - next;
    const Index stopped_at = decompose_rows(a, diagonal, first, count, tolerance);
    if (stopped_at >= 0) return {std::move(a), stopped_at};
    if (left == 0) break;
    // Take the finished rows out of all that is below them, in one product.
    minus_block = -a.block(first, next, count, left);
    const int stride = static_cast<int>(p), rows = static_cast<int>(count), columns = static_cast<int>(left);
    gemm(handbuilt::MatrixView<double>{minus_block.data(), rows, columns, columns, 1}.transposed(),
         handbuilt::MatrixView<double>{&a(first, next), rows, columns, stride, 1}, &a(next, next), stride, true);
  }
  for (Index i = 1; i < p; ++i) a.row(i).head(i).setZero();
  return {std::move(a), -1};
}

double condition_number(const MatrixD& r) {
  constexpr int kIterations = 40;
  const Index p = r.rows();
  MatrixD scaled = r.triangularView<Eigen::Upper>();
  for (Index j = 0; j < p; ++j) {
    const double length = scaled.col(j).stableNorm();
    if (!(length > 0) || scaled(j, j) == 0) return std::numeric_limits<double>::infinity();
    scaled.col(j) /= length;
  }
  // A start with some of every direction: no eigenvector is likely to be orthogonal to it.
  VectorD large(p), small(p);
  for (Index j = 0; j < p; ++j) large[j] = small[j] = 1 + 0.5 * std::sin(1.0 + 3.0 * static_cast<double>(j));
  double most = 0, least = 0;
  for (int i = 0; i < kIterations; ++i) {
    large.normalize();
    const VectorD image = scaled.triangularView<Eigen::Upper>() * large;
    most = image.norm();
    large = scaled.transpose().triangularView<Eigen::Lower>() * image;
    small.normalize();
    const VectorD preimage = solve_upper_transposed(scaled, small);
    least = 1 / preimage.norm();
    small = solve_upper(scaled, preimage);
    if (!small.allFinite()) return std::numeric_limits<double>::infinity();
  }
  return most / least;
}

double rank_tolerance(Index rows, Index columns) {
  return 8 * std::numeric_limits<double>::epsilon() *
         (static_cast<double>(columns) + std::sqrt(static_cast<double>(rows)));
}

std::vector<Dependence> dependent_columns(const MatrixD& r, double tolerance) {
  // Gram-Schmidt on the columns of R, twice for safety; a column of which nothing is left is not kept.
  constexpr double kShownShare = 1e-6;
  const Index p = r.cols();
  MatrixD kept(r.rows(), 0);
  MatrixD factor = MatrixD::Zero(p, p);
  std::vector<Index> kept_columns;
  std::vector<Dependence> found;
  for (Index j = 0; j < p; ++j) {
    VectorD column = VectorD::Zero(r.rows());
    column.head(j + 1) = r.col(j).head(j + 1);
    const double length = column.stableNorm();
    VectorD shares = VectorD::Zero(kept.cols());
    for (int pass = 0; pass < 2; ++pass) {
      const VectorD part = kept.transpose() * column;
      column -= kept * part;
      shares += part;
    }
    const double left = column.stableNorm();
    if (left > tolerance * length) {
      const Index place = kept.cols();
      factor.col(place).head(place) = shares;
      factor(place, place) = left;
      kept.conservativeResize(Eigen::NoChange, place + 1);
      kept.col(place) = column / left;
      kept_columns.push_back(j);
      continue;
    }
    Dependence dependence{j, {}};
    if (length > 0) {
      const Index size = kept.cols();
      const VectorD weights = solve_upper(factor.topLeftCorner(size, size), shares);
      for (Index k = 0; k < size; ++k) {
        const Index other = kept_columns[static_cast<std::size_t>(k)];
        if (std::abs(weights[k]) * r.col(other).head(other + 1).norm() > kShownShare * length)
          dependence.made_of.emplace_back(other, weights[k]);
      }
    }
    found.push_back(std::move(dependence));
  }
  return found;
}

std::string describe(const std::vector<Dependence>& dependences, const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3, kShownTerms = 4;
  const auto name = [&](Index column) { return "\"" + names[static_cast<std::size_t>(column)] + "\""; };
  std::ostringstream text;
  for (std::size_t i = 0; i < std::min(kShown, dependences.size()); ++i) {
    const Dependence& dependence = dependences[i];
    text << (i == 0 ? "column " : ", column ") << name(dependence.column) << " is ";
    if (dependence.made_of.empty()) text << "zero";
    for (std::size_t k = 0; k < std::min(kShownTerms, dependence.made_of.size()); ++k) {
      const auto [other, weight] = dependence.made_of[k];
      text << (k == 0 ? (weight < 0 ? "-" : "") : (weight < 0 ? " - " : " + ")) << std::abs(weight) << " * "
           << name(other);
    }
    if (dependence.made_of.size() > kShownTerms) text << " + ...";
  }
  if (dependences.size() > kShown) text << " and " << dependences.size() - kShown << " more";
  return text.str();
}

}  // namespace handbuilt::regression
