#include "similarity/symmetric_eigen.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/gram_simd.hpp"
#include "core/random.hpp"
#include "similarity/products.hpp"

namespace handbuilt::similarity {

using detail::product;
using detail::view_of;
using Eigen::Index;

namespace {

constexpr double kResidual = 1e-12;      // of the largest eigenvalue
constexpr int kMostSweeps = 24;          // more cost what Eigen's solver does
constexpr int kMostDegree = 10;          // of the filter
constexpr double kMostAmplified = 1e7;   // by which a filter may tell eigenvectors apart before they must be separated
constexpr Index kSmall = 128, kFew = 5;  // sizes below kSmall, and more than one in kFew: all at once

/// block' block.
MatrixD gram(const MatrixD& block) {
  MatrixD sums = MatrixD::Zero(block.cols(), block.cols());
  handbuilt::detail::add_products(
      {block.data(), block.outerStride(), static_cast<int>(block.rows()), static_cast<int>(block.cols())}, nullptr,
      false, nullptr, sums.data());
  return sums.selfadjointView<Eigen::Upper>();
}

/// Cholesky of the gram matrix: as fast as the machine multiplies, but only for columns that are far from dependent.
bool orthonormalise_by_cholesky(MatrixD& block) {
  const Eigen::LLT<Eigen::MatrixXd> cholesky(gram(block));
  if (cholesky.info() != Eigen::Success) return false;
  const VectorD diagonal = Eigen::MatrixXd(cholesky.matrixLLT()).diagonal();
  if (!(diagonal.minCoeff() > 1e-6 * diagonal.maxCoeff())) return false;
  const MatrixD inverse = cholesky.matrixU().solve(Eigen::MatrixXd::Identity(block.cols(), block.cols()));
  block = product(view_of(block), view_of(inverse));
  return true;
}

/// Turns an orthonormal basis into the best approximations of eigenvectors that it holds, largest value first.
struct Ritz {
  VectorD values;
  MatrixD vectors, images;  // [size, columns]: basis vectors, and the matrix times them
};

Ritz rayleigh_ritz(const MatrixD& matrix, MatrixD basis) {
  const MatrixD images = product(view_of(matrix), view_of(basis));
  const MatrixD small = product(view_of(basis).transposed(), view_of(images));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver((small + small.transpose()) / 2);
  const MatrixD turn = solver.eigenvectors().rowwise().reverse();
  return {solver.eigenvalues().reverse(), product(view_of(basis), view_of(turn)),
          product(view_of(images), view_of(turn))};
}

/// A polynomial of the matrix, times the vectors: at most 1 between 0 and `high`, growing fast above.
MatrixD filtered(const MatrixD& matrix, const Ritz& ritz, double high, int degree) {
  const double centre = high / 2;
  MatrixD before = ritz.vectors;
  MatrixD now = (ritz.images - centre * ritz.vectors) / centre;
  for (int k = 1; k < degree; ++k) {
    MatrixD next = product(view_of(matrix), view_of(now));
    next = (next - centre * now) * (2 / centre) - before;
    before = std::move(now);
    now = std::move(next);
  }
  for (Index j = 0; j < now.cols(); ++j) now.col(j) /= std::max(now.col(j).norm(), 1e-300);
  return now;
}

/// As many steps as tell the largest eigenvector from the last by kMostAmplified.
int filter_degree(double largest, double high) {
  const double x = 2 * largest / high - 1, growth = x + std::sqrt(std::max(x * x - 1, 0.0));
  return std::clamp(static_cast<int>(std::log(kMostAmplified) / std::log(std::max(growth, 1.0 + 1e-9))), 1,
                    kMostDegree);
}

std::optional<Eigenpairs> by_subspace_iteration(const MatrixD& matrix, int count) {
  const Index size = matrix.rows(), columns = std::min(size, Index{count} + std::max(count / 2, 10));
  Random random(0x5eed, "subspace");
  MatrixD start(size, columns);
  for (Index i = 0; i < start.size(); ++i) start.data()[i] = random.normal();
  orthonormalise(start);
  Ritz ritz = rayleigh_ritz(matrix, std::move(start));
  double first_residual = 0;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    const double largest = ritz.values[0], high = ritz.values[columns - 1];
    if (!(largest > 0)) return std::nullopt;
    const double residual =
        (ritz.images.leftCols(count) - (ritz.vectors.leftCols(count) * ritz.values.head(count).asDiagonal()).eval())
            .colwise()
            .norm()
            .maxCoeff() /
        largest;
    if (residual <= kResidual) return Eigenpairs{ritz.values.head(count), ritz.vectors.leftCols(count).transpose()};
    // Four sweeps on, does the pace arrive in time?
    if (sweep == 4) first_residual = residual;
    if (sweep == 8) {
      const double pace = std::log(first_residual / residual) / 4;
      if (!(pace * (kMostSweeps - sweep) > std::log(residual / kResidual))) return std::nullopt;
    }
    if (!(high > 1e-14 * largest)) {  // the rest is rounding: one more product separates what there is
      MatrixD images = std::move(ritz.images);
      orthonormalise(images);
      ritz = rayleigh_ritz(matrix, std::move(images));
      continue;
    }
    MatrixD block = filtered(matrix, ritz, high, filter_degree(largest, high));
    orthonormalise(block);
    ritz = rayleigh_ritz(matrix, std::move(block));
  }
  return std::nullopt;
}

}  // namespace

void orthonormalise(MatrixD& block) {
  // Twice: the second time mends what the conditioning of the first left.
  if (orthonormalise_by_cholesky(block) && orthonormalise_by_cholesky(block)) return;
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(block);
  block = qr.householderQ() * Eigen::MatrixXd::Identity(block.rows(), block.cols());
}

Eigenpairs largest_eigenpairs_plain(const MatrixD& matrix, int count) {
  if (matrix.rows() != matrix.cols() || count < 1 || count > matrix.rows())
    throw ShapeError("eigenpairs: expected a square matrix of at least " + std::to_string(count) + " rows, got [" +
                     std::to_string(matrix.rows()) + ", " + std::to_string(matrix.cols()) + "]");
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  return {solver.eigenvalues().reverse().head(count),
          solver.eigenvectors().rowwise().reverse().leftCols(count).transpose()};
}

Eigenpairs largest_eigenpairs(const MatrixD& matrix, int count) {
  if (matrix.rows() == matrix.cols() && count >= 1 && matrix.rows() >= kSmall && kFew * count <= matrix.rows())
    if (std::optional<Eigenpairs> few = by_subspace_iteration(matrix, count)) return *std::move(few);
  return largest_eigenpairs_plain(matrix, count);
}

}  // namespace handbuilt::similarity
