// The fast kernels against the plain loops, at shapes around their blocks, panels and vectors.
#include <gtest/gtest.h>

#include "core/gram_simd.hpp"
#include "made_data.hpp"
#include "regression/normal_equations.hpp"
#include "regression/tall_skinny_qr.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {
namespace {

using test::largest_difference;
using test::made_data;
using test::MadeData;

TEST(Kernels, ProductsAgreeWithPlainLoops) {
  for (const bool intercept : {true, false})
    for (const Eigen::Index columns : {0, 1, 6, 7, 8, 11, 12, 13, 15, 16, 20, 22, 23, 24, 25, 47, 48, 50, 70, 130})
      for (const Eigen::Index rows : {1, 2, 127, 128, 129, 257, 600}) {
        const MadeData made = made_data(rows, columns, 1, 1);
        NormalEquations fast(columns, intercept);
        fast.add(made.x, made.y);
        const Eigen::Index size = columns + (intercept ? 2 : 1);
        MatrixD plain = MatrixD::Zero(size, size);
        detail::add_products_plain(made.x, made.y, intercept, plain);
        const MatrixD gram = plain.topLeftCorner(size - 1, size - 1).selfadjointView<Eigen::Upper>();
        if (size > 1) {
          EXPECT_LT(largest_difference(fast.gram(), gram), 1e-11) << rows << " x " << columns;
          EXPECT_LT(largest_difference(fast.moments(), plain.col(size - 1).head(size - 1)), 1e-11)
              << rows << " x " << columns;
        }
        EXPECT_NEAR(fast.squares(), plain(size - 1, size - 1), 1e-10 * (1 + fast.squares()));
      }
}

TEST(Kernels, WeightedProductsAreThoseOfScaledRows) {
  const MadeData made = made_data(300, 9, 1, 2);
  const VectorD weights = made.y.cwiseAbs();
  MatrixD sums = MatrixD::Zero(10, 10);
  handbuilt::detail::add_products({made.x.data(), 9, 300, 9}, nullptr, true, weights.data(), sums.data());
  MatrixD design(300, 10);
  design << made.x, VectorD::Ones(300);
  const MatrixD expected = design.transpose() * weights.asDiagonal() * design;
  EXPECT_LT(largest_difference(sums.triangularView<Eigen::Upper>(), expected.triangularView<Eigen::Upper>()), 1e-10);
}

TEST(Kernels, TrianglesAgreeWithPlainLoops) {
  for (const Eigen::Index columns : {0, 1, 5, 22, 23, 24, 46, 47, 49, 71, 120})
    for (const Eigen::Index rows : {1, 7, 127, 129, 520, 1100}) {
      const MadeData made = made_data(rows, columns, 1, 3);
      TallSkinnyQr fast(columns, true);
      fast.add(made.x, made.y);
      MatrixD triangle = MatrixD::Zero(columns + 2, columns + 2), block(columns + 2, rows);
      block << VectorD::Ones(rows).transpose(), made.x.transpose(), made.y.transpose();
      detail::reflect_into_triangle_plain(triangle, block);
      const Eigen::Index p = std::min(columns + 1, rows);  // rows below that are rounding, whose signs are free
      const MatrixD expected = triangle.topLeftCorner(p, columns + 1).cwiseAbs();
      EXPECT_LT(largest_difference(fast.r().topRows(p).cwiseAbs(), expected), 1e-10) << rows << " x " << columns;
      EXPECT_LT(
          largest_difference(fast.q_transposed_y().head(p).cwiseAbs(), triangle.col(columns + 1).head(p).cwiseAbs()),
          1e-10)
          << rows << " x " << columns;
    }
}

TEST(Kernels, CholeskyGivesBackItsMatrixAcrossBlocks) {
  for (const Eigen::Index size : {1, 2, 47, 48, 49, 97, 150}) {
    const MatrixD x = made_data(size + 20, size, 1, 4).x;
    const MatrixD a = x.transpose() * x;
    const Cholesky decomposition = cholesky(a);
    ASSERT_EQ(decomposition.stopped_at, -1);
    EXPECT_LT(largest_difference(decomposition.r.transpose() * decomposition.r, a), 1e-11) << size;
    EXPECT_LT(largest_difference(inverse_upper(decomposition.r) * decomposition.r, MatrixD::Identity(size, size)),
              1e-9);
  }
  EXPECT_EQ(cholesky(MatrixD{{1.0, 2.0}, {2.0, 1.0}}).stopped_at, 1);
}

TEST(Kernels, ConditionNumberIsTheRatioOfSingularValues) {
  // Columns of length 1 at an angle whose cosine is c: the singular values' squares are 1 + c and 1 - c.
  for (const double c : {0.0, 0.9, 0.999999}) {
    const MatrixD r{{5.0, 2 * c}, {0.0, 2 * std::sqrt(1 - c * c)}};
    EXPECT_NEAR(condition_number(r) / std::sqrt((1 + c) / (1 - c)), 1, 0.01) << c;
  }
  EXPECT_TRUE(std::isinf(condition_number(MatrixD{{1.0, 1.0}, {0.0, 0.0}})));
}

}  // namespace
}  // namespace handbuilt::regression
