// The fast search for the nearest centroid against plain loops, at shapes around its blocks, panels and vectors.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "clustering/nearest_simd.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering::detail {
namespace {

template <class Scalar>
BasicMatrix<Scalar> made(int rows, int columns, std::uint64_t seed) {
  Random random(seed);
  BasicMatrix<Scalar> x(rows, columns);
  for (Scalar& value : x.template reshaped<Eigen::RowMajor>()) value = static_cast<Scalar>(random.normal());
  return x;
}

template <class Scalar>
struct Found {
  explicit Found(int count) : labels(static_cast<std::size_t>(count)), best(labels.size()), second(labels.size()) {}
  NearestResult<Scalar> all() { return {labels.data(), best.data(), second.data()}; }
  std::vector<int> labels;
  std::vector<Scalar> best, second;
};

template <class Scalar>
class Nearest : public ::testing::Test {};
using Scalars = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Nearest, Scalars);

TYPED_TEST(Nearest, AgreesWithPlainLoops) {
  using Scalar = TypeParam;
  for (const int columns : {1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 70, 150})
    for (const int clusters : {1, 2, 4, 5, 6, 10, 11})
      for (const int rows : {1, 3, 4, 15, 63, 64, 65, 130}) {
        const BasicMatrix<Scalar> x = made<Scalar>(rows, columns + 3, 1), c = made<Scalar>(clusters, columns, 2);
        const RowsOf<Scalar> view{x.data(), columns + 3, rows, columns};
        const PackedCentroids<Scalar> packed(c.data(), clusters, columns);
        Found<Scalar> fast(rows), plain(rows);
        find_nearest(view, nullptr, rows, packed, fast.all());
        find_nearest_plain(view, nullptr, rows, packed, plain.all());
        const Scalar rounding = static_cast<Scalar>(20 * columns) * std::numeric_limits<Scalar>::epsilon();
        for (std::size_t i = 0; i < fast.labels.size(); ++i) {
          ASSERT_NEAR(fast.best[i], plain.best[i], rounding) << rows << " x " << columns << ", " << clusters;
          if (clusters > 1) {
            ASSERT_NEAR(fast.second[i], plain.second[i], rounding) << rows << " x " << columns << ", " << clusters;
          }
          if (plain.second[i] - plain.best[i] > 2 * rounding) {
            ASSERT_EQ(fast.labels[i], plain.labels[i]);
          }
        }
      }
}

TYPED_TEST(Nearest, ARowsBitsDoNotDependOnItsCompany) {
  using Scalar = TypeParam;
  for (const int columns : {7, 200}) {
    const BasicMatrix<Scalar> x = made<Scalar>(150, columns, 3), c = made<Scalar>(12, columns, 4);
    const RowsOf<Scalar> view{x.data(), columns, 150, columns};
    const PackedCentroids<Scalar> packed(c.data(), 12, columns);
    Found<Scalar> all(150), some(37);
    find_nearest(view, nullptr, 150, packed, all.all());
    std::vector<int> chosen;
    for (int i = 0; i < 37; ++i) chosen.push_back(i * 4 + 1);
    find_nearest(view, chosen.data(), 37, packed, some.all());
    for (std::size_t i = 0; i < 37; ++i) {
      const auto row = static_cast<std::size_t>(chosen[i]);
      ASSERT_EQ(some.labels[i], all.labels[row]);
      ASSERT_EQ(some.best[i], all.best[row]);
      ASSERT_EQ(some.second[i], all.second[row]);
    }
    std::vector<int> alone(150);
    find_nearest(view, nullptr, 150, packed, {alone.data(), nullptr, nullptr});
    EXPECT_EQ(alone, all.labels);
  }
}

TYPED_TEST(Nearest, TheFirstOfEqualCentroidsWins) {
  using Scalar = TypeParam;
  for (const int columns : {2, 300}) {
    BasicMatrix<Scalar> c = made<Scalar>(13, columns, 5);
    c.row(12) = c.row(11) = c.row(3);
    const PackedCentroids<Scalar> packed(c.data(), 13, columns);
    int label = -1;
    find_nearest({c.data() + 12 * columns, columns, 1, columns}, nullptr, 1, packed, {&label, nullptr, nullptr});
    EXPECT_EQ(label, 3) << columns;
  }
}

TYPED_TEST(Nearest, SumsAndDistancesAgreeWithPlainLoops) {
  using Scalar = TypeParam;
  const double rounding = 400 * static_cast<double>(std::numeric_limits<Scalar>::epsilon());
  for (const int columns : {1, 3, 16, 31, 64, 129}) {
    const BasicMatrix<Scalar> x = made<Scalar>(40, columns, 6), targets = made<Scalar>(3, columns, 7);
    const RowsOf<Scalar> view{x.data(), columns, 40, columns};
    std::vector<int> order{3, 17, 5, 39, 0}, labels(40);
    for (int i = 0; i < 40; ++i) labels[static_cast<std::size_t>(i)] = i % 3;
    const VectorD weights = made<double>(40, 1, 8).cwiseAbs();
    VectorD sum = VectorD::Ones(columns), weighted = VectorD::Zero(columns), distances(40);
    add_rows(view, order.data(), 5, nullptr, sum.data());
    add_rows(view, order.data(), 5, weights.data(), weighted.data());
    squared_distances(view, targets.data(), labels.data(), distances.data());
    VectorD plain = VectorD::Ones(columns), plain_weighted = VectorD::Zero(columns);
    for (const int i : order) {
      plain += x.row(i).transpose().template cast<double>();
      plain_weighted += weights[i] * x.row(i).transpose().template cast<double>();
    }
    EXPECT_LT((sum - plain).norm(), rounding) << columns;
    EXPECT_LT((weighted - plain_weighted).norm(), rounding) << columns;
    for (int i = 0; i < 40; ++i)
      EXPECT_NEAR(distances[i], (x.row(i) - targets.row(i % 3)).template cast<double>().squaredNorm(),
                  rounding * (1 + distances[i]));
  }
}

}  // namespace
}  // namespace handbuilt::clustering::detail
