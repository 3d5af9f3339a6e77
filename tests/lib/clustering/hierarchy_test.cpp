#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "clustering/agglomerative.hpp"
#include "clustering/dbscan.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "support/message_of.hpp"
#include "support/normal_rows.hpp"

namespace handbuilt::clustering {
namespace {

using Eigen::Index;
using test::message_of;
using test::normal_rows;
using ::testing::HasSubstr;

constexpr Linkage kLinkages[] = {Linkage::kSingle, Linkage::kComplete, Linkage::kAverage, Linkage::kWard};

TEST(Agglomerate, AgreesWithTheDefinitions) {
  Random random(1);
  for (const Linkage linkage : kLinkages)
    for (int trial = 0; trial < 12; ++trial) {
      const MatrixD x = normal_rows(1 + random.below(40), 1 + random.below(4), random);
      const Dendrogram fast = agglomerate(x, linkage), plain = detail::agglomerate_plain(x, linkage);
      ASSERT_EQ(fast.merges.size(), static_cast<std::size_t>(x.rows()) - 1);
      for (std::size_t i = 0; i < fast.merges.size(); ++i) {
        ASSERT_EQ(fast.merges[i].first, plain.merges[i].first) << i;
        ASSERT_EQ(fast.merges[i].second, plain.merges[i].second) << i;
        ASSERT_EQ(fast.merges[i].rows, plain.merges[i].rows) << i;
        ASSERT_NEAR(fast.merges[i].height, plain.merges[i].height, 1e-11) << i;
      }
    }
}

TEST(Agglomerate, EveryClusterIsMergedOnceAndHeightsNeverFall) {
  Random random(2);
  for (const Linkage linkage : kLinkages) {
    MatrixD x = normal_rows(150, 2, random);
    x = (2 * x.array()).round();  // duplicates and ties everywhere
    const Dendrogram tree = agglomerate(x, linkage);
    std::vector<int> children;
    for (std::size_t i = 0; i < tree.merges.size(); ++i) {
      EXPECT_LT(tree.merges[i].first, tree.merges[i].second);
      EXPECT_LT(tree.merges[i].second, tree.rows + static_cast<int>(i));
      if (i > 0) {
        EXPECT_GE(tree.merges[i].height, tree.merges[i - 1].height);
      }
      children.push_back(tree.merges[i].first);
      children.push_back(tree.merges[i].second);
    }
    std::sort(children.begin(), children.end());
    std::vector<int> all(2 * 149);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(children, all);
    EXPECT_EQ(tree.merges.back().rows, 150);
  }
}

TEST(Agglomerate, CutsRefineEachOther) {
  Random random(3);
  const MatrixD x = normal_rows(60, 3, random);
  for (const Linkage linkage : kLinkages) {
    const Dendrogram tree = agglomerate(x, linkage);
    std::vector<int> coarse = tree.cut(1);
    for (int clusters = 1; clusters <= 60; ++clusters) {
      const std::vector<int> labels = tree.cut(clusters);
      EXPECT_EQ(*std::max_element(labels.begin(), labels.end()), clusters - 1);
      for (std::size_t i = 0; i < labels.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (labels[i] == labels[j]) {
            ASSERT_EQ(coarse[i], coarse[j]);
          }
      if (clusters < 60) {
        EXPECT_EQ(tree.cut_at(tree.merges[static_cast<std::size_t>(59 - clusters)].height), labels);
      }
      coarse = labels;
    }
  }
}

TEST(Agglomerate, SingleFollowsAChainThatCompleteCuts) {
  // Two rows of beads, 1 apart along and 3 across.
  MatrixD x(40, 2);
  for (Index i = 0; i < 40; ++i) x.row(i) << static_cast<double>(i % 20), i < 20 ? 0.0 : 3.0;
  std::vector<int> rows_of_beads(40);
  std::fill(rows_of_beads.begin() + 20, rows_of_beads.end(), 1);
  EXPECT_EQ(agglomerate(x, Linkage::kSingle).cut(2), rows_of_beads);
  EXPECT_NE(agglomerate(x, Linkage::kComplete).cut(2), rows_of_beads);
}

TEST(Agglomerate, WardsHeightIsWhatAJoinAddsToTheSumOfSquares) {
  Random random(4);
  const MatrixD x = normal_rows(30, 2, random);
  const Dendrogram tree = agglomerate(x, Linkage::kWard);
  double sum = 0;
  for (const Merge& merge : tree.merges) sum += merge.height * merge.height / 2;
  EXPECT_NEAR(sum, (x.rowwise() - x.colwise().mean()).squaredNorm(), 1e-11);
}

TEST(Agglomerate, OneRowAndDuplicatesHaveAnAnswer) {
  for (const Linkage linkage : kLinkages) {
    const Dendrogram one = agglomerate(MatrixD{{1.0, 2.0}}, linkage);
    EXPECT_TRUE(one.merges.empty());
    EXPECT_EQ(one.cut(1), std::vector<int>{0});
    EXPECT_EQ(one.cut_at(5), std::vector<int>{0});
    const Dendrogram same = agglomerate(MatrixD::Constant(7, 2, 0.1), linkage);
    for (const Merge& merge : same.merges) EXPECT_EQ(merge.height, 0);
    EXPECT_EQ(same.cut_at(0), std::vector<int>(7, 0));
    EXPECT_EQ(same.cut_at(-1), (std::vector<int>{0, 1, 2, 3, 4, 5, 6}));
  }
}

TEST(Agglomerate, RefusesBadInput) {
  MatrixD x = MatrixD::Random(4, 2);
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(agglomerate(MatrixD(0, 2), Linkage::kWard)); }),
              HasSubstr("at least one row"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(agglomerate(MatrixD::Zero(40'001, 1), Linkage::kWard)); }),
              HasSubstr("rows of at most 40000, got 40001"));
  const Dendrogram tree = agglomerate(x, Linkage::kWard);
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(tree.cut(5)); }), HasSubstr("expected 1 to 4 clusters"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(tree.cut(0)); }), HasSubstr("expected 1 to 4 clusters"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(tree.cut_at(std::nan(""))); }), HasSubstr("height"));
  x(2, 1) = 1e200;
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(agglomerate(x, Linkage::kWard)); }),
              HasSubstr("squared distances are finite"));
  x(2, 1) = std::nan("");
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(agglomerate(x, Linkage::kWard)); }), HasSubstr("row 2"));
}

TEST(Dbscan, KeepsItsDefinition) {
  Random random(6);
  for (int trial = 0; trial < 30; ++trial) {
    const int rows = 1 + random.below(150);
    const MatrixD x = normal_rows(rows, 1 + random.below(3), random);
    const double radius = random.uniform(0.05, 0.8);
    const DbscanOptions options{.radius = radius, .min_rows = 1 + random.below(8)};
    const DbscanFit fit = dbscan(x, options);
    // Cores that reach each other, by repeated looks at all pairs.
    std::vector<int> lowest(static_cast<std::size_t>(rows));
    std::iota(lowest.begin(), lowest.end(), 0);
    const auto near = [&](int i, int j) { return (x.row(i) - x.row(j)).squaredNorm() <= radius * radius; };
    const auto at = [](auto& values, int i) -> decltype(auto) { return values[static_cast<std::size_t>(i)]; };
    for (int i = 0; i < rows; ++i) {
      int count = 0;
      for (int j = 0; j < rows; ++j) count += near(i, j) ? 1 : 0;
      ASSERT_EQ(at(fit.core, i), count >= options.min_rows) << i;
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (int i = 0; i < rows; ++i)
        for (int j = 0; j < rows; ++j)
          if (at(fit.core, i) && at(fit.core, j) && near(i, j) && at(lowest, j) < at(lowest, i)) {
            at(lowest, i) = at(lowest, j);
            changed = true;
          }
    }
    for (int i = 0; i < rows; ++i) {
      int first = rows;  // the first core of the first cluster that this row is near
      for (int j = 0; j < rows; ++j)
        if (at(fit.core, j) && near(i, j)) first = std::min(first, at(lowest, j));
      if (first == rows)
        ASSERT_EQ(at(fit.labels, i), DbscanFit::kNoise) << i;
      else
        ASSERT_EQ(at(fit.labels, i), at(fit.labels, first)) << i;
    }
    ASSERT_EQ(fit.clusters, 1 + *std::max_element(fit.labels.begin(), fit.labels.end()));
  }
}

TEST(Dbscan, FindsRingsAndLeavesNoise) {
  MatrixD x(121, 2);
  for (Index i = 0; i < 120; ++i) {
    const double angle = 2 * 3.141592653589793 * static_cast<double>(i) / 60, radius = i < 60 ? 1 : 3;
    x.row(i) << radius * std::cos(angle), radius * std::sin(angle);
  }
  x.row(120) << 20, 20;
  const DbscanFit fit = dbscan(x, {.radius = 0.5, .min_rows = 3});
  EXPECT_EQ(fit.clusters, 2);
  EXPECT_EQ(std::count(fit.labels.begin(), fit.labels.end(), 0), 60);
  EXPECT_EQ(std::count(fit.labels.begin(), fit.labels.end(), 1), 60);
  EXPECT_EQ(fit.labels[120], DbscanFit::kNoise);
}

TEST(Dbscan, OneRowAndDuplicatesHaveAnAnswerAndBadInputAnError) {
  EXPECT_EQ(dbscan(MatrixD{{1.0}}, {.min_rows = 2}).labels, std::vector<int>{DbscanFit::kNoise});
  EXPECT_EQ(dbscan(MatrixD{{1.0}}, {.min_rows = 1}).labels, std::vector<int>{0});
  EXPECT_EQ(dbscan(MatrixD::Constant(100, 3, 0.1), {.min_rows = 100}).labels, std::vector<int>(100, 0));
  MatrixD x = MatrixD::Random(4, 2);
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(dbscan(x, {.radius = 0})); }),
              HasSubstr("radius above 0, got 0"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(dbscan(x, {.radius = INFINITY})); }), HasSubstr("radius"));
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(dbscan(x, {.min_rows = 0})); }), HasSubstr("min_rows"));
  x(1, 1) = std::nan("");
  EXPECT_THAT(message_of<Error>([&] { static_cast<void>(dbscan(x, {})); }), HasSubstr("row 1"));
}

}  // namespace
}  // namespace handbuilt::clustering
