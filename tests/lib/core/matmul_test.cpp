#include "core/matmul.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <limits>
#include <ostream>
#include <vector>

#include "core/error.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt {
namespace {

struct Sizes {
  int rows, inner, columns;
};

void PrintTo(const Sizes& sizes, std::ostream* out) {
  *out << sizes.rows << " x " << sizes.inner << " x " << sizes.columns;
}

template <class Scalar>
BasicTensor<Scalar> random_matrix(int rows, int columns, std::uint64_t seed) {
  Random random(seed);
  BasicTensor<Scalar> matrix({rows, columns});
  for (Scalar& value : matrix) value = static_cast<Scalar>(random.uniform(-1, 1));
  return matrix;
}

template <class Scalar>
MatrixView<Scalar> view(const BasicTensor<Scalar>& matrix) {
  return {matrix.data(), matrix.shape()[0], matrix.shape()[1], matrix.shape()[1], 1};
}

/// Runs `body` once for each instruction set that this machine has and this program was compiled for.
template <class Body>
void on_every_instruction_set(Body&& body) {
  const std::int64_t all = hwy::SupportedTargets();
  for (std::int64_t rest = all; rest != 0; rest &= rest - 1) {
    const std::int64_t one = rest & -rest;
    if (one == HWY_SSSE3 || one == HWY_SCALAR || one == HWY_EMU128) continue;  // below the baseline: not compiled
    hwy::SetSupportedTargetsForTest(one);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(hwy::TargetName(one));
    body();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

/// The largest difference that rounding can explain: each element is a sum of `inner` products of numbers up to 1, and
/// both sides round at every step.
template <class Scalar>
Scalar tolerance(int inner) {
  return static_cast<Scalar>(2 * inner + 2) * std::numeric_limits<Scalar>::epsilon() *
         std::sqrt(static_cast<Scalar>(inner) + 1);
}

template <class Scalar>
void expect_equal(const BasicTensor<Scalar>& got, const BasicTensor<Scalar>& expected, int inner) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::ptrdiff_t i = 0; i < got.size(); ++i)
    ASSERT_NEAR(got[i], expected[i], tolerance<Scalar>(inner)) << "at position " << i;
}

class Gemm : public testing::TestWithParam<Sizes> {};

INSTANTIATE_TEST_SUITE_P(, Gemm,
                         testing::Values(Sizes{1, 1, 1}, Sizes{1, 7, 5}, Sizes{3, 1, 2}, Sizes{5, 400, 1},
                                         Sizes{8, 25, 784},    // LeNet's first convolution
                                         Sizes{16, 200, 100},  // its second
                                         Sizes{16, 100, 200}, Sizes{200, 16, 100}, Sizes{64, 400, 120},
                                         Sizes{8, 16, 48}, Sizes{9, 17, 49}, Sizes{7, 15, 47},  // around a tile
                                         Sizes{33, 256, 192}, Sizes{34, 257, 193}, Sizes{41, 600, 401}));

template <class Scalar>
void test_all_layouts(const Sizes& sizes) {
  const auto [rows, inner, columns] = sizes;
  const auto a = random_matrix<Scalar>(rows, inner, 1), a_transposed = random_matrix<Scalar>(inner, rows, 2);
  const auto b = random_matrix<Scalar>(inner, columns, 3), b_transposed = random_matrix<Scalar>(columns, inner, 4);
  const auto before = random_matrix<Scalar>(rows, columns, 5);
  for (const auto& left : {view(a), view(a_transposed).transposed()})
    for (const auto& right : {view(b), view(b_transposed).transposed()})
      for (const bool accumulate : {false, true}) {
        SCOPED_TRACE(testing::Message() << "column strides " << left.column_stride << " and " << right.column_stride
                                        << (accumulate ? ", accumulating" : ""));
        BasicTensor<Scalar> expected = before, got = before;
        gemm_plain(left, right, expected.data(), columns, accumulate);
        gemm(left, right, got.data(), columns, accumulate);
        expect_equal(got, expected, inner);
      }
}

TEST_P(Gemm, EqualsThePlainLoopsInFloatOnEveryInstructionSetAndLayout) {
  on_every_instruction_set([&] { test_all_layouts<float>(GetParam()); });
}

TEST_P(Gemm, EqualsThePlainLoopsInDoubleOnEveryInstructionSetAndLayout) {
  on_every_instruction_set([&] { test_all_layouts<double>(GetParam()); });
}

TEST_P(Gemm, EqualsEigen) {
  const auto [rows, inner, columns] = GetParam();
  const TensorD a = random_matrix<double>(rows, inner, 1), b = random_matrix<double>(inner, columns, 2);
  TensorD expected({rows, columns});
  as_matrix(expected).noalias() = as_matrix(a) * as_matrix(b);
  expect_equal(matmul(a, b), expected, inner);
}

TEST_P(Gemm, LeavesWhatStandsBesideItsResultAlone) {
  const int rows = GetParam().rows, inner = GetParam().inner, columns = GetParam().columns;
  const Tensor a = random_matrix<float>(rows, inner, 1), b = random_matrix<float>(inner, columns, 2);
  on_every_instruction_set([&] {
    const int stride = columns + 3;
    Tensor c({rows + 1, stride});
    c.fill(-7);
    gemm(view(a), view(b), c.data(), stride, false);
    for (int i = 0; i <= rows; ++i)
      for (int j = i < rows ? columns : 0; j < stride; ++j) ASSERT_EQ(c(i, j), -7) << i << ", " << j;
  });
}

TEST_P(Gemm, RepeatsBitForBit) {
  const auto [rows, inner, columns] = GetParam();
  const Tensor a = random_matrix<float>(rows, inner, 1), b = random_matrix<float>(inner, columns, 2);
  EXPECT_EQ(matmul(a, b), matmul(a, b));
}

TEST(GemmOf, TakesEveryOtherRowAndColumn) {
  const TensorD a = random_matrix<double>(6, 8, 1), b = random_matrix<double>(8, 10, 2);
  const MatrixView<double> left{a.data(), 3, 4, 16, 2}, right{b.data(), 4, 5, 20, 2};
  TensorD expected({3, 5}), got({3, 5});
  gemm_plain(left, right, expected.data(), 5, false);
  gemm(left, right, got.data(), 5, false);
  expect_equal(got, expected, 4);
}

TEST(GemmOf, OverNothingIsZero) {
  Tensor c({2, 3});
  c.fill(5);
  gemm(MatrixView<float>{nullptr, 2, 0, 0, 1}, MatrixView<float>{nullptr, 0, 3, 3, 1}, c.data(), 3, true);
  EXPECT_EQ(c(1, 2), 5);
  gemm(MatrixView<float>{nullptr, 2, 0, 0, 1}, MatrixView<float>{nullptr, 0, 3, 3, 1}, c.data(), 3, false);
  EXPECT_EQ(c, Tensor({2, 3}));
}

TEST(GemmOf, CarriesNotANumberThrough) {
  Tensor a({8, 4}), b({4, 50});
  b(2, 49) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(matmul(a, b)(7, 49)));
  EXPECT_EQ(matmul(a, b)(7, 48), 0);
}

TEST(Matmul, NamesBothShapesWhenTheyDoNotFit) {
  try {
    matmul(Tensor({2, 3}), Tensor({4, 5}));
    FAIL() << "expected a ShapeError";
  } catch (const ShapeError& error) {
    EXPECT_STREQ(error.what(), "matmul: expected [rows, inner] and [inner, columns], got [2, 3] and [4, 5]");
  }
}

TEST(GemmOf, RefusesInnerSizesThatDiffer) {
  float c = 0;
  EXPECT_THROW(gemm(MatrixView<float>{&c, 1, 1, 1, 1}, MatrixView<float>{&c, 2, 1, 1, 1}, &c, 1, false), ShapeError);
}

}  // namespace
}  // namespace handbuilt
