#include "data/standardizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "support/message_of.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::HasSubstr;

MatrixD random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  Random random(seed);
  MatrixD values(rows, columns);
  for (double& value : values.reshaped()) value = random.normal(100, 7);
  return values;
}

TEST(Standardizer, GivesTheTrainingRowsMeanZeroAndDeviationOne) {
  const MatrixD train = random_matrix(50, 3, 1);
  const MatrixD z = Standardizer(train)(train);
  for (Eigen::Index column = 0; column < 3; ++column) {
    EXPECT_NEAR(z.col(column).mean(), 0, 1e-12);
    EXPECT_NEAR(z.col(column).squaredNorm() / 50, 1, 1e-12);
  }
}

TEST(Standardizer, TreatsOtherRowsByTheTrainingRowsAlone) {
  const MatrixD train = random_matrix(50, 2, 2);
  MatrixD test = random_matrix(4, 2, 3);
  const Standardizer standardizer(train);
  const MatrixD before = standardizer(test);
  test.row(3).array() += 1e6;  // another test row must not change what becomes of the first ones
  EXPECT_EQ(standardizer(test).topRows(3), before.topRows(3));
  EXPECT_LT((standardizer.undo(before) - random_matrix(4, 2, 3)).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Standardizer, OnlyShiftsAColumnThatDoesNotVary) {
  MatrixD train = random_matrix(7, 2, 4);
  train.col(1).setConstant(0.1);
  const Standardizer standardizer(train);
  EXPECT_EQ(standardizer(train).col(1), VectorD::Zero(7));
  EXPECT_EQ(standardizer.scale()[1], 1);
}

TEST(Standardizer, RefusesNumbersThatAreNotFiniteAndOtherShapes) {
  MatrixD train = random_matrix(3, 2, 5);
  const Standardizer standardizer(train);
  EXPECT_THAT(message_of<ShapeError>([&] { (void)standardizer(MatrixD(4, 3)); }),
              HasSubstr("expected [rows, 2], got [4, 3]"));
  train(2, 1) = std::nan("");
  EXPECT_THAT(message_of<ValueError>([&] { (void)Standardizer(train); }), HasSubstr("row 2, column 1"));
}

}  // namespace
}  // namespace handbuilt::data
