#include "data/kd_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/random.hpp"
#include "support/normal_rows.hpp"

namespace handbuilt::data {
namespace {

using Eigen::Index;
using test::normal_rows;

void expect_what_a_look_at_every_row_finds(const MatrixD& x, double radius) {
  const KdTree tree(x);
  const auto rows = static_cast<int>(x.rows());
  std::vector<int> found;
  std::vector<double> scratch;
  for (int row = 0; row < rows; row += 1 + rows / 40) {
    std::vector<int> expected;
    tree.within(x.row(row).data(), radius, found, scratch);
    for (int other = 0; other < rows; ++other)
      if ((x.row(other) - x.row(row)).squaredNorm() <= radius * radius) expected.push_back(other);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected) << rows << " x " << x.cols() << ", radius " << radius;
  }
}

TEST(KdTree, FindsWithinARadiusWhatALookAtEveryRowFinds) {
  Random random(5);
  for (const Index columns : {1, 2, 3, 12})
    for (const int rows : {1, 16, 17, 500}) {
      MatrixD x = normal_rows(rows, columns, random);
      if (columns == 2) x = (4 * x.array()).round();  // many at exactly the radius
      for (const double radius : {0.2, 1.0, 4.0}) expect_what_a_look_at_every_row_finds(x, radius);
    }
}

TEST(KdTree, FindsWithinARadiusAlsoWhereRoundingDecidesOrSquaresOverflow) {
  Random random(6);
  for (const Index columns : {2, 5}) {
    const MatrixD whole = (4 * normal_rows(500, columns, random).array()).round();
    for (const double radius : {1.0, 2.0, 5.0}) {
      expect_what_a_look_at_every_row_finds(0.1 * whole, 0.1 * radius);
      expect_what_a_look_at_every_row_finds(1e160 * whole, 1e160 * radius);
      expect_what_a_look_at_every_row_finds(1e160 * whole, radius);
    }
  }
}

}  // namespace
}  // namespace handbuilt::data
