#include "similarity/neighbours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "support/normal_rows.hpp"

namespace handbuilt::similarity {
namespace {

using test::normal_rows;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

void expect_same(const NeighbourTable& got, const NeighbourTable& expected, double tolerance = 0) {
  EXPECT_EQ(got.index, expected.index);
  EXPECT_LE((got.distance - expected.distance).cwiseAbs().maxCoeff(), tolerance);
}

constexpr Search kSearches[] = {Search::kBruteForce, Search::kTree};

TEST(Neighbours, AreThoseOfPlainLoopsWhateverTheSearch) {
  for (const Metric metric : {Metric::kEuclidean, Metric::kCosine})
    for (const Eigen::Index columns : {1, 3, 17, 64})
      for (const Eigen::Index points : {1, 16, 17, 767, 769, 1600}) {
        const MatrixD x = normal_rows(points, columns, 1), queries = normal_rows(131, columns, 2);
        const int k = static_cast<int>(std::min<Eigen::Index>(points, 10));
        const NeighbourTable expected = nearest_plain(x, queries, k, metric);
        for (const Search search : kSearches)
          for (const int threads : {1, 2}) {
            SCOPED_TRACE(std::to_string(points) + " x " + std::to_string(columns));
            expect_same(Neighbours(x, {metric, search, threads}).nearest(queries, k), expected, 1e-15);
          }
      }
}

TEST(Neighbours, TiesGoToTheLowerIndex) {
  Random random(4);
  MatrixD grid(900, 3);  // whole numbers: most distances occur many times
  for (Eigen::Index i = 0; i < grid.size(); ++i) grid.data()[i] = random.below(4);
  const NeighbourTable expected = nearest_plain(grid, grid.topRows(60), 25);
  for (const Search search : kSearches)
    expect_same(Neighbours(grid, {.search = search}).nearest(grid.topRows(60), 25), expected);
}

TEST(Neighbours, NearDuplicatesFarFromZeroKeepTheirDigits) {
  // Differences of 1e-9 at 1000, which single precision and |p|^2 - 2 p'q + |q|^2 would both lose.
  MatrixD x = normal_rows(800, 20, 1).array() + 1000.0;
  for (Eigen::Index i = 1; i < 40; ++i) {
    x.row(i) = x.row(0);
    x(i, 3) += 1e-9 * static_cast<double>(40 - i);
  }
  for (const Search search : kSearches) {
    const NeighbourTable found = Neighbours(x, {.search = search}).nearest(x.topRows(1), 5);
    EXPECT_EQ(found.index.row(0), (Eigen::RowVectorXi(5) << 0, 39, 38, 37, 36).finished());
    expect_same(found, nearest_plain(x, x.topRows(1), 5));
    EXPECT_GT(found.distance(0, 1), 0.9e-9);
  }
}

TEST(Neighbours, AnyScaleOfNumbersIsFine) {
  const MatrixD x = normal_rows(700, 9, 1), queries = normal_rows(20, 9, 2);
  for (const double scale : {1e-140, 1e-30, 1e30, 1e140})
    for (const Search search : kSearches)
      EXPECT_EQ(Neighbours(scale * x, {.search = search}).nearest(scale * queries, 6).index,
                nearest_plain(scale * x, scale * queries, 6).index)
          << scale;
  // Queries so far away that single precision sees nothing of the points.
  const MatrixD far = queries.array() * 1e14;
  for (const Search search : kSearches)
    EXPECT_EQ(Neighbours(x, {.search = search}).nearest(far, 6).index, nearest_plain(x, far, 6).index);
}

TEST(Neighbours, OfOnePointOrAllTheSameAreDefined) {
  const MatrixD one = MatrixD::Constant(1, 2, 3), same = MatrixD::Constant(100, 2, 3);
  for (const Search search : kSearches) {
    EXPECT_EQ(Neighbours(one, {.search = search}).nearest(one, 1).index(0, 0), 0);
    const NeighbourTable found = Neighbours(same, {.search = search}).nearest(one, 3);
    EXPECT_EQ(found.index.row(0), (Eigen::RowVectorXi(3) << 0, 1, 2).finished());
    EXPECT_EQ(found.distance, MatrixD::Zero(1, 3));
    // Of every point two others: itself is none of them, also where lower ones fill the list.
    const NeighbourTable others = Neighbours(same, {.search = search}).nearest_others(2);
    EXPECT_EQ(others.index.row(0), (Eigen::RowVectorXi(2) << 1, 2).finished());
    EXPECT_EQ(others.index.row(1), (Eigen::RowVectorXi(2) << 0, 2).finished());
    EXPECT_EQ(others.index.row(50), (Eigen::RowVectorXi(2) << 0, 1).finished());
    EXPECT_EQ(Neighbours(same, {.search = search}).nearest(MatrixD(0, 2), 3).index.rows(), 0);
  }
}

TEST(Neighbours, CosineLooksAtDirectionsAlone) {
  const MatrixD x = (MatrixD(3, 2) << 1, 0, 0, 5, -2, 0).finished();
  const NeighbourTable found =
      Neighbours(x, {.metric = Metric::kCosine}).nearest((MatrixD(1, 2) << 1e-3, 0).finished(), 3);
  EXPECT_EQ(found.index.row(0), (Eigen::RowVectorXi(3) << 0, 1, 2).finished());
  EXPECT_EQ(found.distance(0, 0), 0);
  EXPECT_NEAR(found.distance(0, 1), 1, 1e-15);
  EXPECT_NEAR(found.distance(0, 2), 2, 1e-15);
}

TEST(Neighbours, RefuseWhatTheyCannotCompare) {
  MatrixD x = normal_rows(5, 3, 1);
  const auto refuses = [](auto&& action, const char* message) {
    EXPECT_THAT(action, ThrowsMessage<Error>(HasSubstr(message)));
  };
  refuses([&] { (void)Neighbours(MatrixD(0, 3)); }, "expected at least one point and one column, got [0, 3]");
  refuses([&] { (void)Neighbours(x).nearest(x, 6); }, "expected k of 1 to 5, got 6");
  refuses([&] { (void)Neighbours(x).nearest_others(5); }, "expected k of 1 to 4, got 5");
  refuses([&] { (void)Neighbours(x).nearest(x.leftCols(2), 1); }, "expected x [rows, 3], got [5, 2]");
  refuses([&] { (void)Neighbours(x).nearest(x * 1e200, 1); }, "expected numbers below 1e150");
  x.row(3).setZero();
  refuses([&] { (void)Neighbours(x, {.metric = Metric::kCosine}); }, "got zeros in row 3 of the points");
  x(4, 0) = std::numeric_limits<double>::infinity();
  refuses([&] { Neighbours{x}; }, "column \"x0\" of row 4 is inf");
}

TEST(Neighbours, ChooseTheTreeForFewColumnsAndManyPoints) {
  EXPECT_TRUE(Neighbours(normal_rows(2000, 3, 1)).uses_tree());
  EXPECT_FALSE(Neighbours(normal_rows(2000, 40, 1)).uses_tree());
  EXPECT_FALSE(Neighbours(normal_rows(20, 3, 1)).uses_tree());
}

}  // namespace
}  // namespace handbuilt::similarity
