// Scores of clusterings: against plain loops, against figures worked out by hand, and on clusters planted on purpose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "clustering/adjusted_rand.hpp"
#include "clustering/choose_clusters.hpp"
#include "clustering/distance_sums_simd.hpp"
#include "clustering/silhouette.hpp"
#include "core/error.hpp"
#include "made_blobs.hpp"

namespace handbuilt::clustering {
namespace {

using test::made_blobs;
using test::MadeBlobs;

TEST(Silhouette, DistanceSumsAgreeWithPlainLoops) {
  for (const int columns : {1, 2, 7, 33})
    for (const int count : {1, 5, 31, 32, 33, 64}) {
      const MadeBlobs made = made_blobs(70, columns, 3, 2, 1);
      const detail::RowsOf<double> rows{made.x.data(), columns, 70, columns};
      MatrixD fast(3, count), plain(3, count);
      detail::distance_sums(rows, made.labels.data(), 3, 6, count, fast.data());
      detail::distance_sums_plain(rows, made.labels.data(), 3, 6, count, plain.data());
      EXPECT_LT((fast - plain).cwiseAbs().maxCoeff(), 1e-11) << columns << " columns, " << count << " rows";
    }
}

TEST(Silhouette, IsWhatItsDefinitionSays) {
  // Row 0: a = 1, b = (4 + 6) / 2 = 5. Row 4 is alone.
  const MatrixD x{{0.0}, {1.0}, {4.0}, {6.0}, {100.0}};
  const VectorD widths = silhouettes(x, {2, 2, 7, 7, 9});
  EXPECT_NEAR(widths[0], 4.0 / 5, 1e-15);
  EXPECT_NEAR(widths[1], 3.0 / 4, 1e-15);
  EXPECT_NEAR(widths[2], 1.5 / 3.5, 1e-15);
  EXPECT_NEAR(widths[3], 3.5 / 5.5, 1e-15);
  EXPECT_EQ(widths[4], 0);
  EXPECT_NEAR(mean_silhouette(x, {2, 2, 7, 7, 9}), widths.mean(), 1e-15);
}

TEST(Silhouette, DoesNotDependOnThreads) {
  const MadeBlobs made = made_blobs(500, 5, 6, 3, 2);
  const VectorD one = silhouettes(made.x, made.labels, 1);
  EXPECT_EQ(silhouettes(made.x, made.labels, 3), one);
}

TEST(Silhouette, EqualRowsInTwoClustersAreNeitherHereNorThere) {
  EXPECT_EQ(silhouettes(MatrixD::Ones(4, 2), {0, 0, 1, 1}), VectorD(VectorD::Zero(4)));
}

TEST(Silhouette, RefusesOneClusterAndEveryRowItsOwn) {
  const MatrixD x{{0.0}, {1.0}, {2.0}};
  EXPECT_THROW(silhouettes(x, {1, 1, 1}), ValueError);
  EXPECT_THROW(silhouettes(x, {0, 1, 2}), ValueError);
  EXPECT_THROW(silhouettes(x, {0, 1, -1}), ValueError);
  EXPECT_THROW(silhouettes(x, {0, 1}), ShapeError);
  EXPECT_THROW(silhouettes(MatrixD{{0.0}, {1.0}, {std::nan("")}}, {0, 1, 1}), ValueError);
}

/// From all pairs of rows, one by one.
double adjusted_rand_of_pairs(const std::vector<int>& a, const std::vector<int>& b) {
  double both = 0, in_a = 0, in_b = 0, pairs = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      both += a[i] == a[j] && b[i] == b[j];
      in_a += a[i] == a[j];
      in_b += b[i] == b[j];
      ++pairs;
    }
  return (both - in_a * in_b / pairs) / ((in_a + in_b) / 2 - in_a * in_b / pairs);
}

TEST(AdjustedRand, AgreesWithCountingPairs) {
  Random random(3);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<int> a, b;
    const int groups = 2 + random.below(4);
    for (int i = 0; i < 60; ++i) {
      a.push_back(random.below(groups) - 1);
      b.push_back(random.chance(0.6) ? a.back() : random.below(5));
    }
    EXPECT_NEAR(adjusted_rand(a, b), adjusted_rand_of_pairs(a, b), 1e-12);
    EXPECT_NEAR(adjusted_rand(a, b), adjusted_rand(b, a), 1e-15);
  }
}

TEST(AdjustedRand, IsOneForTheSameGroupsAndAboutNoughtForChance) {
  EXPECT_EQ(adjusted_rand({0, 0, 1, 2}, {7, 7, -1, 3}), 1);
  EXPECT_EQ(adjusted_rand({0, 0, 0}, {5, 5, 5}), 1);
  EXPECT_EQ(adjusted_rand({0, 1, 2}, {2, 0, 1}), 1);
  EXPECT_EQ(adjusted_rand({4}, {9}), 1);
  EXPECT_EQ(adjusted_rand({0, 0, 0, 0}, {0, 1, 2, 3}), 0);
  EXPECT_THROW(adjusted_rand({0, 1}, {0}), ShapeError);
  EXPECT_THROW(adjusted_rand({}, {}), ShapeError);
  Random random(4);
  double sum = 0;
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<int> a(40), b(40);
    for (int& label : a) label = random.below(3);
    for (int& label : b) label = random.below(3);
    sum += adjusted_rand(a, b);
  }
  EXPECT_NEAR(sum / 200, 0, 0.02);
}

/// Rows about planted centres that stand at least six standard deviations apart.
MadeBlobs planted(int clusters, std::uint64_t seed) {
  for (;; ++seed) {
    MadeBlobs made = made_blobs(40 * clusters, 2, clusters, 1, seed * 1000);
    double nearest = 1e9;
    for (int a = 0; a < clusters; ++a)
      for (int b = 0; b < a; ++b) nearest = std::min(nearest, (made.centres.row(a) - made.centres.row(b)).norm());
    if (nearest > 6) return made;
  }
}

TEST(Stability, PicksThePlantedNumberInNineOfTenTrials) {
  int hits = 0;
  constexpr int kTrials = 20;
  for (int trial = 0; trial < kTrials; ++trial) {
    const int clusters = 3 + trial % 3;
    const MadeBlobs made = planted(clusters, static_cast<std::uint64_t>(trial + 1));
    Random random(5 + static_cast<std::uint64_t>(trial));
    const Stability found = stability(made.x, {2, 3, 4, 5, 6, 7}, {.pairs = 6}, random);
    hits += found.chosen == clusters;
    EXPECT_GT(found.agreement[static_cast<std::size_t>(clusters - 2)].mean, 0.97) << trial;
  }
  EXPECT_GE(hits, 18);
}

TEST(GapStatistic, PicksThePlantedNumberAndOneWhereThereIsNone) {
  int hits = 0;
  for (int trial = 0; trial < 6; ++trial) {
    const int clusters = 2 + trial % 4;
    const MadeBlobs made = planted(clusters, static_cast<std::uint64_t>(trial + 50));
    Random random(6);
    hits += gap_statistic(made.x, 7, {.references = 8}, random).chosen == clusters;
  }
  EXPECT_GE(hits, 5);
  MatrixD uniform(200, 2);
  Random random(7);
  for (double& value : uniform.reshaped<Eigen::RowMajor>()) value = random.uniform();
  const GapStatistic none = gap_statistic(uniform, 5, {.references = 10}, random);
  EXPECT_EQ(none.chosen, 1);
  EXPECT_EQ(none.gap.size(), 5U);
}

TEST(ChooseClusters, RefusesWhatHasNoAnswer) {
  Random random(8);
  const MatrixD x = made_blobs(20, 2, 2, 1, 9).x;
  EXPECT_THROW(stability(x, {}, {}, random), ValueError);
  EXPECT_THROW(stability(x, {1, 2}, {}, random), ValueError);
  EXPECT_THROW(stability(x, {17}, {}, random), ValueError);
  EXPECT_THROW(stability(x, {2}, {.pairs = 1}, random), ValueError);
  EXPECT_THROW(stability(x, {2}, {.fraction = 1}, random), ValueError);
  EXPECT_THROW(gap_statistic(x, 21, {}, random), ValueError);
  EXPECT_THROW(gap_statistic(x, 2, {.references = 1}, random), ValueError);
  EXPECT_THROW(gap_statistic(MatrixD::Ones(5, 2), 2, {}, random), ValueError);
}

}  // namespace
}  // namespace handbuilt::clustering
