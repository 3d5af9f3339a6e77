// What every clustering method refuses, and in which words.
#include "clustering/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::clustering {
namespace {

using test::message_of;
using ::testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(ClusteringChecks, RowsMustBeThereAndFiniteInEitherPrecision) {
  EXPECT_NO_THROW(require_rows("k-means", MatrixD{{1.0, 2.0}}));
  EXPECT_NO_THROW(require_rows("k-means", Matrix{{1.0F, 2.0F}}));
  EXPECT_EQ(message_of<ShapeError>([] { require_rows("k-means", MatrixD(0, 3)); }),
            "k-means: expected at least one row and one column, got x [0, 3]");
  EXPECT_EQ(message_of<ShapeError>([] { require_rows("k-means", Matrix(2, 0)); }),
            "k-means: expected at least one row and one column, got x [2, 0]");
  EXPECT_THAT(message_of<ValueError>([] {
                require_rows("k-means", MatrixD{{1.0, 2.0}, {3.0, kNan}});
              }),
              HasSubstr("(row 1; column \"x1\" of row 1 is nan)"));
  EXPECT_THAT(message_of<ValueError>([] {
                require_rows("k-means", Matrix{{1.0F}, {static_cast<float>(kNan)}});
              }),
              HasSubstr("(row 1; column \"x0\" of row 1 is nan)"));
}

TEST(ClusteringChecks, WeightsAreNoneOrOneARowAndNotAllZero) {
  EXPECT_NO_THROW(require_weights("k-means", VectorD(), 3));
  EXPECT_NO_THROW(require_weights("k-means", VectorD{{0.0, 2.0}}, 2));
  EXPECT_EQ(message_of<ShapeError>([] { require_weights("k-means", VectorD{{1.0}}, 2); }),
            "k-means: expected a weight for each of 2 rows, got 1");
  EXPECT_EQ(message_of<ValueError>([] {
              require_weights("k-means", VectorD{{1.0, -2.0}}, 2);
            }),
            "k-means: expected weights of at least 0, got -2 for row 1");
  EXPECT_THAT(message_of<ValueError>([] { require_weights("k-means", VectorD{{kNan, 1.0}}, 2); }), HasSubstr("row 0"));
  EXPECT_THAT(message_of<ValueError>([] { require_weights("k-means", VectorD{{0.0, 0.0}}, 2); }), HasSubstr("zeros"));
}

TEST(ClusteringChecks, ClustersLieBetweenOneAndTheRows) {
  EXPECT_NO_THROW(require_clusters("k-means", 2, 2));
  EXPECT_EQ(message_of<ValueError>([] { require_clusters("k-means", 3, 2); }),
            "k-means: expected 1 to 2 clusters for 2 rows, got 3");
  EXPECT_THROW(require_clusters("k-means", 0, 2), ValueError);
}

TEST(ClusteringChecks, LabelsAreOneARowAndNoiseOnlyWhereItMayBe) {
  EXPECT_NO_THROW(require_labels("silhouette", {0, 1}, 2));
  EXPECT_NO_THROW(require_labels("silhouette", {0, -1}, 2, -1));
  EXPECT_EQ(message_of<ValueError>([] {
              require_labels("silhouette", {0, -1}, 2);
            }),
            "silhouette: expected labels of at least 0, got -1 for row 1");
  EXPECT_EQ(message_of<ShapeError>([] { require_labels("silhouette", {0}, 2); }),
            "silhouette: expected a label for each of 2 rows, got 1");
}

}  // namespace
}  // namespace handbuilt::clustering
