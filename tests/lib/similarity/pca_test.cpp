#include "similarity/pca.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/QR>
#include <Eigen/SVD>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "similarity/symmetric_eigen.hpp"
#include "support/normal_rows.hpp"

namespace handbuilt::similarity {
namespace {

using test::normal_rows;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

/// Rows whose spread falls by `ratio` from one direction to the next, far from zero.
MatrixD stretched_rows(Eigen::Index rows, Eigen::Index columns, double ratio, std::uint64_t seed = 1) {
  MatrixD x = normal_rows(rows, columns, seed);
  for (Eigen::Index j = 0; j < columns; ++j) x.col(j) *= std::pow(ratio, static_cast<double>(j));
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(normal_rows(columns, columns, seed + 1));
  return ((x * qr.householderQ()).array() + 3.0).matrix();
}

/// What an SVD of the centred rows says.
struct BySvd {
  VectorD variance;
  MatrixD components;
};
BySvd by_svd(const MatrixD& x, int components) {
  const Eigen::MatrixXd centred = x.rowwise() - x.colwise().mean();
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU | Eigen::ComputeThinV);
  return {svd.singularValues().head(components).cwiseAbs2() / static_cast<double>(x.rows() - 1),
          svd.matrixV().leftCols(components).transpose()};
}

/// The largest deviation of |component' expected| from 1: signs are a matter of rule.
double largest_turn(const MatrixD& a, const MatrixD& b) {
  return ((a * b.transpose()).diagonal().cwiseAbs().array() - 1).abs().maxCoeff();
}

void expect_agrees(const Pca& pca, const MatrixD& x, double tolerance) {
  const auto count = static_cast<int>(pca.components().rows());
  const BySvd svd = by_svd(x, count);
  EXPECT_LT(((pca.variance() - svd.variance).array() / svd.variance[0]).abs().maxCoeff(), tolerance);
  EXPECT_LT(largest_turn(pca.components(), svd.components), tolerance);
  EXPECT_LT((pca.components() * pca.components().transpose() - MatrixD::Identity(count, count)).cwiseAbs().maxCoeff(),
            1e-12);
}

TEST(Pca, AgreesWithAnSvdForTallSquareAndWideRows) {
  for (const auto& [rows, columns] : {std::pair{200, 12}, {30, 30}, {12, 40}, {2, 5}, {500, 200}, {150, 400}})
    for (const PcaMethod method : {PcaMethod::kExact, PcaMethod::kRandomised}) {
      SCOPED_TRACE(std::to_string(rows) + " x " + std::to_string(columns));
      const MatrixD x = stretched_rows(rows, columns, 0.8);
      expect_agrees(fit_pca(x, {.components = std::min({rows - 1, columns, 8}), .method = method}), x, 1e-9);
    }
}

TEST(Pca, AllComponentsBringEveryRowBack) {
  for (const auto& [rows, columns] : {std::pair{50, 6}, {5, 20}}) {
    const MatrixD x = stretched_rows(rows, columns, 0.7);
    const Pca pca = fit_pca(x);
    EXPECT_EQ(pca.components().rows(), std::min(rows - 1, columns));
    EXPECT_LT((pca.inverse(pca.transform(x)) - x).cwiseAbs().maxCoeff(), 1e-12);
    EXPECT_NEAR(pca.variance_share().sum(), 1, 1e-12);
  }
}

TEST(Pca, ScoresHaveTheVariancesAndAreUncorrelated) {
  const MatrixD x = stretched_rows(300, 10, 0.8);
  const Pca pca = fit_pca(x, {.components = 5});
  const MatrixD scores = pca.transform(x);
  const MatrixD covariance = scores.transpose() * scores / 299.0;
  EXPECT_LT((covariance - MatrixD(pca.variance().asDiagonal())).cwiseAbs().maxCoeff(), 1e-10);
  EXPECT_LT(scores.colwise().mean().cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Pca, LargestEntryOfEachComponentIsPositive) {
  const MatrixD x = stretched_rows(100, 9, 0.8, 5);
  const Pca pca = fit_pca(x), of_negated = fit_pca(-x);
  for (Eigen::Index i = 0; i < 9; ++i)
    EXPECT_GT(pca.components().row(i).maxCoeff(), -pca.components().row(i).minCoeff());
  EXPECT_LT((pca.components() - of_negated.components()).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Pca, ConstantAndRepeatedColumnsAndEqualRowsAreDefined) {
  MatrixD x = stretched_rows(40, 5, 0.8);
  x.col(2).setConstant(0.1);
  x.col(4) = x.col(0);
  const Pca pca = fit_pca(x);
  EXPECT_NEAR(pca.variance()[4], 0, 1e-12);
  EXPECT_LT(pca.components().topRows(3).col(2).cwiseAbs().maxCoeff(), 1e-9);

  const MatrixD same = MatrixD::Constant(6, 3, 0.1);
  for (const PcaMethod method : {PcaMethod::kExact, PcaMethod::kRandomised}) {
    const Pca nothing = fit_pca(same, {.components = 2, .method = method});
    EXPECT_EQ(nothing.variance(), VectorD::Zero(2));
    EXPECT_EQ(nothing.variance_share(), VectorD::Zero(2));
    EXPECT_EQ(nothing.transform(same), MatrixD::Zero(6, 2));
    EXPECT_LT((nothing.components() * nothing.components().transpose() - MatrixD::Identity(2, 2)).norm(), 1e-12);
  }
  const Pca of_few = fit_pca(MatrixD::Constant(3, 8, 0.1));  // fewer rows than columns
  EXPECT_EQ(of_few.variance(), VectorD::Zero(2));
}

TEST(Pca, ColumnsThatDoNotVaryAreLeftOutWhereverTheyStand) {
  for (const int columns : {5, 23, 61, 230}) {
    SCOPED_TRACE(columns);
    MatrixD x = stretched_rows(700, columns, 0.9);
    for (int j = 0; j < columns; ++j)
      if (j == 0 || j % 5 == 3 || (j > 20 && j < 40) || j == columns - 1) x.col(j).setConstant(0.1 * j - 7);
    const Pca pca = fit_pca(x, {.components = std::min(columns / 5, 12), .threads = 2});
    expect_agrees(pca, x, 1e-9);
    for (int j = 0; j < columns; ++j) {
      if ((x.col(j).array() != x(0, j)).any()) continue;
      EXPECT_EQ(pca.mean()[j], x(0, j));
      EXPECT_EQ(pca.components().col(j).cwiseAbs().maxCoeff(), 0) << j;
    }
  }
}

TEST(Pca, FarFromZeroTheSpreadKeepsItsDigits) {
  MatrixD x = stretched_rows(400, 4, 0.5);
  const VectorD near = fit_pca(x).variance();
  x.array() += 1e7;
  EXPECT_LT(((fit_pca(x).variance() - near).array() / near.array()).abs().maxCoeff(), 1e-7);
}

TEST(Pca, ThreadsAndSeedsRepeat) {
  const MatrixD x = stretched_rows(900, 150, 0.9);
  for (const PcaMethod method : {PcaMethod::kExact, PcaMethod::kRandomised}) {
    const PcaOptions options{.components = 10, .method = method, .threads = 2};
    EXPECT_EQ(fit_pca(x, options).components(), fit_pca(x, options).components());
  }
  EXPECT_LT((fit_pca(x, {.components = 10, .threads = 2}).components() - fit_pca(x, {.components = 10}).components())
                .cwiseAbs()
                .maxCoeff(),
            1e-9);
}

TEST(Pca, RefusesWhatItCannotDo) {
  MatrixD x = normal_rows(4, 3, 1);
  EXPECT_THAT([&] { fit_pca(x.topRows(1)); },
              ThrowsMessage<ShapeError>(HasSubstr("expected at least two rows and one column, got [1, 3]")));
  EXPECT_THAT([&] { fit_pca(x, {.components = 4}); },
              ThrowsMessage<ShapeError>(HasSubstr("expected at most 3 components of x [4, 3], got 4")));
  EXPECT_THAT([&] { (void)fit_pca(x).transform(x.leftCols(2)); },
              ThrowsMessage<ShapeError>(HasSubstr("expected x [rows, 3], got [4, 2]")));
  x.col(2).setConstant(1e308);  // finite, but their sum is not
  EXPECT_THAT([&] { fit_pca(x); }, ThrowsMessage<ValueError>(HasSubstr("expected x numbers below 1e150, got 1e+308")));
  x.col(2).setConstant(-1e150);
  EXPECT_THAT([&] { fit_pca(x); }, ThrowsMessage<ValueError>(HasSubstr("numbers below 1e150, got 1e+150")));
  x(0, 2) = std::numeric_limits<double>::infinity();
  x(1, 2) = -x(0, 2);
  EXPECT_THAT([&] { fit_pca(x); }, ThrowsMessage<ValueError>(HasSubstr("column \"x2\" of row 0 is inf")));
  x(0, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT([&] { fit_pca(x); }, ThrowsMessage<ValueError>(HasSubstr("column \"x1\" of row 0 is nan")));
}

TEST(Eigenpairs, FewOfManyAgreeWithTheWholeSolver) {
  // A steep, a gentle and a flat spectrum; the last two end in Eigen's solver or in many sweeps.
  for (const double ratio : {0.7, 0.97, 1.0}) {
    const MatrixD x = stretched_rows(400, 160, ratio, 7);
    const MatrixD centred = x.rowwise() - x.colwise().mean();
    const MatrixD matrix = centred.transpose() * centred;
    const Eigenpairs quick = largest_eigenpairs(matrix, 12), plain = largest_eigenpairs_plain(matrix, 12);
    EXPECT_LT(((quick.values - plain.values).array() / plain.values[0]).abs().maxCoeff(), 1e-12) << ratio;
    EXPECT_LT(largest_turn(quick.vectors, plain.vectors), 1e-12) << ratio;
  }
}

TEST(Eigenpairs, RepeatedValuesAndFewerThanAskedForAreAllFound) {
  VectorD values = VectorD::Zero(200);
  values.head(7) << 9, 5, 5, 5, 2, 2, 1;
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(normal_rows(200, 200, 3));
  const Eigen::MatrixXd turn = qr.householderQ();
  const MatrixD matrix = turn * values.asDiagonal() * turn.transpose();
  const Eigenpairs pairs = largest_eigenpairs((matrix + matrix.transpose()) / 2, 10);
  EXPECT_LT((pairs.values - values.head(10)).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((pairs.vectors * pairs.vectors.transpose() - MatrixD::Identity(10, 10)).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((matrix * pairs.vectors.transpose() - pairs.vectors.transpose() * pairs.values.asDiagonal()).norm(), 1e-10);
}

TEST(Orthonormalise, CompletesColumnsThatDependOnEachOther) {
  MatrixD block = normal_rows(30, 4, 1);
  block.col(2) = block.col(0);
  block.col(3).setZero();
  const MatrixD before = block;
  orthonormalise(block);
  EXPECT_LT((block.transpose() * block - MatrixD::Identity(4, 4)).cwiseAbs().maxCoeff(), 1e-13);
  EXPECT_LT((before - block * (block.transpose() * before)).cwiseAbs().maxCoeff(), 1e-12);
}

}  // namespace
}  // namespace handbuilt::similarity
