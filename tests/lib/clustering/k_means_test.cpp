// k-means: against plain loops of its own, its accelerated form and other thread counts to the bit, and at its edges.
#include "clustering/k_means.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "clustering/k_means_start.hpp"
#include "core/error.hpp"
#include "made_blobs.hpp"
#include "support/message_of.hpp"

namespace handbuilt::clustering {
namespace {

using test::first_rows;
using test::made_blobs;
using test::MadeBlobs;

/// Lloyd as the textbook has it, in loops that share nothing with the library.
struct Textbook {
  MatrixD centroids;
  std::vector<int> labels;
  double inertia = 0;

  void step(const MatrixD& x, const VectorD& weights) {
    labels.clear();
    inertia = 0;
    MatrixD sums = MatrixD::Zero(centroids.rows(), x.cols());
    VectorD totals = VectorD::Zero(centroids.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      int nearest = 0;
      for (int c = 1; c < centroids.rows(); ++c)
        if ((x.row(i) - centroids.row(c)).squaredNorm() < (x.row(i) - centroids.row(nearest)).squaredNorm())
          nearest = c;
      labels.push_back(nearest);
      inertia += weights[i] * (x.row(i) - centroids.row(nearest)).squaredNorm();
      sums.row(nearest) += weights[i] * x.row(i);
      totals[nearest] += weights[i];
    }
    for (Eigen::Index c = 0; c < centroids.rows(); ++c)
      if (totals[c] > 0) centroids.row(c) = sums.row(c) / totals[c];
  }
};

VectorD made_weights(Eigen::Index rows, std::uint64_t seed) {
  Random random(seed);
  VectorD weights(rows);
  for (double& weight : weights) weight = random.chance(0.1) ? 0 : random.uniform(0.1, 3);
  return weights;
}

TEST(KMeans, StepsAreThoseOfTheTextbook) {
  for (const auto& [rows, columns, clusters] :
       {std::array{40, 1, 3}, {200, 2, 5}, {131, 7, 6}, {300, 16, 13}, {150, 50, 4}, {70, 131, 3}}) {
    const MadeBlobs made = made_blobs(rows, columns, clusters, 4, 1);
    const VectorD weights = made_weights(rows, 2);
    Textbook book{first_rows(made.x, clusters), {}, 0};
    const KMeansRows<double> ready(made.x, weights);
    KMeansSteps<double> steps(ready, book.centroids);
    for (int step = 0; step < 8; ++step) {
      steps.step();
      book.step(made.x, weights);
      ASSERT_EQ(steps.labels(), book.labels) << columns << " columns, step " << step;
      EXPECT_NEAR(steps.inertia(), book.inertia, 1e-10 * book.inertia);
      EXPECT_LT((steps.centroids() - book.centroids).cwiseAbs().maxCoeff(), 1e-11);
      ASSERT_EQ(steps.repaired(), 0);
    }
  }
}

template <class Scalar>
void expect_hamerly_is_lloyd(int rows, int columns, int clusters, double spread, double shift) {
  const MadeBlobs made = made_blobs(rows, columns, clusters, spread, 3);
  const BasicMatrix<Scalar> x = (made.x.array() + shift).matrix().cast<Scalar>();
  const KMeansRows<Scalar> ready(x);
  const BasicMatrix<Scalar> start = x.topRows(clusters);
  KMeansSteps<Scalar> lloyd(ready, start), hamerly(ready, start, KMeansMethod::kHamerly);
  for (int step = 0; step < 25; ++step) {
    const int changed = lloyd.step();
    ASSERT_EQ(hamerly.step(), changed) << step;
    ASSERT_EQ(hamerly.labels(), lloyd.labels()) << step;
    ASSERT_EQ(hamerly.centroids(), lloyd.centroids()) << step;
    ASSERT_EQ(hamerly.inertia(), lloyd.inertia()) << step;
  }
  lloyd.assign();
  hamerly.assign();
  EXPECT_EQ(hamerly.labels(), lloyd.labels());
  EXPECT_LT(hamerly.searched_rows(), lloyd.searched_rows() / 2) << rows << " x " << columns;
}

TEST(KMeans, HamerlyIsLloydToTheBitStepByStep) {
  expect_hamerly_is_lloyd<double>(3000, 2, 6, 1.5, 0);
  expect_hamerly_is_lloyd<double>(3000, 16, 20, 2, 0);
  expect_hamerly_is_lloyd<double>(900, 120, 5, 4, 0);
  expect_hamerly_is_lloyd<float>(3000, 2, 6, 1.5, 0);
  expect_hamerly_is_lloyd<float>(3000, 16, 20, 2, 0);
  expect_hamerly_is_lloyd<double>(2000, 3, 5, 2, 1e6);
}

TEST(KMeans, HamerlyIsLloydWhereRowsLieHalfway) {
  // Small whole numbers: rows that are exactly as far from two centroids, which rounding must not decide.
  MatrixD grid(400, 2);
  for (int i = 0; i < 400; ++i) grid.row(i) << i % 20, i / 20;
  const KMeansRows<double> ready(grid);
  const MatrixD start{{0.0, 0.0}, {19.0, 0.0}, {0.0, 19.0}, {19.0, 19.0}, {10.0, 10.0}};
  KMeansSteps<double> lloyd(ready, start), hamerly(ready, start, KMeansMethod::kHamerly);
  for (int step = 0; step < 30; ++step) {
    lloyd.step();
    hamerly.step();
    ASSERT_EQ(hamerly.labels(), lloyd.labels()) << step;
  }
}

TEST(KMeans, AnyNumberOfThreadsGivesTheSameBits) {
  const MadeBlobs made = made_blobs(9000, 40, 12, 6, 4);
  const Matrix single = made.x.cast<float>();
  for (const KMeansMethod method : {KMeansMethod::kLloyd, KMeansMethod::kHamerly}) {
    std::vector<KMeansFit<float>> fits;
    for (const int threads : {1, 2, 3, 7}) {
      Random random(5);
      fits.push_back(fit_k_means(
          single, {.clusters = 12, .starts = 2, .method = method, .max_iterations = 10, .threads = threads}, random));
    }
    for (const KMeansFit<float>& fit : fits) {
      EXPECT_EQ(fit.labels, fits[0].labels);
      EXPECT_EQ(fit.centroids, fits[0].centroids);
      EXPECT_EQ(fit.trace, fits[0].trace);
      EXPECT_EQ(fit.inertia, fits[0].inertia);
    }
  }
}

TEST(KMeans, InertiaNeverGrowsWhateverTheRows) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Random random(seed, "shapes");
    const int rows = 2 + random.below(300), columns = 1 + random.below(30),
              clusters = 1 + random.below(std::min(rows, 24));
    MadeBlobs made = made_blobs(rows, columns, 1 + random.below(9), random.uniform(0, 5), seed);
    if (random.chance(0.3)) made.x = made.x.array().round();  // equal rows, and rows halfway
    if (random.chance(0.3)) made.x.col(random.below(columns)).setConstant(3);
    if (random.chance(0.3)) made.x.array() += 1e4;
    MatrixD start(clusters, columns);  // far from everything, so that clusters come out empty
    for (double& value : start.reshaped<Eigen::RowMajor>()) value = random.uniform(-30, 30);
    const KMeansRows<double> ready(made.x);
    KMeansSteps<double> steps(ready, start, random.chance(0.5) ? KMeansMethod::kLloyd : KMeansMethod::kHamerly);
    double before = std::numeric_limits<double>::infinity();
    for (int step = 0; step < 12; ++step) {
      steps.step();
      ASSERT_LE(steps.inertia(), before + 1e-12 * ready.total_square()) << "seed " << seed << ", step " << step;
      before = steps.inertia();
    }
    steps.assign();
    ASSERT_NEAR(steps.exact_inertia(), steps.inertia(), 1e-11 * ready.total_square());
    // Optimal as Lloyd means it: every row with the nearest centroid, every centroid the mean of its rows.
    int more = 0;
    while (steps.step() > 0) ASSERT_LT(++more, 200) << "seed " << seed;
    for (int c = 0; c < clusters; ++c) {
      Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(columns);
      for (int i = 0; i < rows; ++i)
        if (steps.labels()[static_cast<std::size_t>(i)] == c) mean += made.x.row(i) / steps.cluster_weights()[c];
      if (steps.cluster_weights()[c] > 0) {
        ASSERT_LT((steps.centroids().row(c) - mean).norm(), 1e-7);
      }
    }
  }
}

TEST(KMeans, WholeWeightsAreRepeatedRows) {
  const MadeBlobs made = made_blobs(120, 3, 4, 2, 6);
  VectorD weights(120);
  std::vector<int> repeated;
  for (int i = 0; i < 120; ++i) {
    weights[i] = i % 4;
    for (int copy = 0; copy < i % 4; ++copy) repeated.push_back(i);
  }
  const MatrixD copies = made.x(repeated, Eigen::all);
  const MatrixD start = made.centres;
  const auto weighted = fit_k_means_from(made.x, start, {.tolerance = 0, .weights = weights});
  const auto plain = fit_k_means_from(copies, start, {.tolerance = 0});
  EXPECT_LT((weighted.centroids - plain.centroids).norm(), 1e-12);
  EXPECT_NEAR(weighted.inertia, plain.inertia, 1e-10);
  EXPECT_EQ(weighted.cluster_weights.sum(), static_cast<double>(repeated.size()));
}

TEST(KMeans, SinglePrecisionFindsWhatDoubleFinds) {
  const MadeBlobs made = made_blobs(2000, 10, 8, 1, 7);
  const auto exact = fit_k_means_from(made.x, made.centres, {.tolerance = 0});
  const auto single =
      fit_k_means_from(Matrix(made.x.cast<float>()), Matrix(made.centres.cast<float>()), {.tolerance = 0});
  EXPECT_EQ(single.labels, exact.labels);
  EXPECT_NEAR(single.inertia, exact.inertia, 1e-5 * exact.inertia);
  EXPECT_LT((single.centroids.cast<double>() - exact.centroids).cwiseAbs().maxCoeff(), 1e-5);
}

TEST(KMeans, RowsFarFromTheOriginLoseNothing) {
  // In single precision 1e4 has steps of 0.001; squares of it would have steps of 8.
  const MadeBlobs made = made_blobs(600, 4, 5, 0.5, 8);
  const Matrix far = (made.x.array() + 1e4).cast<float>();
  const auto fit = fit_k_means_from(far, Matrix((made.centres.array() + 1e4).cast<float>()), {.tolerance = 0});
  EXPECT_EQ(fit.labels, made.labels);
  EXPECT_EQ(fit.predict(far), made.labels);
  EXPECT_LT((fit.centroids.array() - 1e4F - fit_k_means_from(made.x, made.centres).centroids.cast<float>().array())
                .abs()
                .maxCoeff(),
            3e-3F);
}

TEST(KMeans, AnEmptyClusterTakesTheRowThatAddsMostToTheInertia) {
  // All rows are nearest to the first centroid; 9 is farthest from it, then -4.
  const MatrixD x{{0.0}, {1.0}, {-4.0}, {9.0}, {2.0}};
  const KMeansRows<double> ready(x);
  for (const KMeansMethod method : {KMeansMethod::kLloyd, KMeansMethod::kHamerly}) {
    KMeansSteps<double> steps(ready, MatrixD{{0.0}, {100.0}, {200.0}}, method);
    EXPECT_EQ(steps.step(), 5);
    EXPECT_EQ(steps.labels(), (std::vector{0, 0, 2, 1, 0}));
    EXPECT_EQ(steps.repaired(), 2);
    EXPECT_EQ(steps.centroids(), (MatrixD{{1.0}, {9.0}, {-4.0}}));
    EXPECT_EQ(steps.step(), 0);
  }
  // A weight counts: -4 with three times the weight adds 48 where 6 adds 36.
  const MatrixD y{{0.0}, {-4.0}, {6.0}};
  const KMeansRows<double> weighted(y, VectorD{{1.0, 3.0, 1.0}});
  KMeansSteps<double> steps(weighted, MatrixD{{0.0}, {100.0}});
  steps.step();
  EXPECT_EQ(steps.labels(), (std::vector{0, 1, 0}));
}

TEST(KMeans, ARowThatWasTakenMayGoBack) {
  // The row at 5 weighs most and founds the empty cluster; those at 14 join it and draw its centroid so far away that 5
  // returns to the rows at 0. Bounds from before it was taken would hold it back.
  MatrixD x = MatrixD::Zero(201, 1);
  x.bottomRows(100).setConstant(14);
  x(100, 0) = 5;
  VectorD weights = VectorD::Ones(201);
  weights[100] = 10;
  weights.head(100).setConstant(1000);
  const KMeansRows<double> ready(x, weights);
  for (const KMeansMethod method : {KMeansMethod::kLloyd, KMeansMethod::kHamerly}) {
    KMeansSteps<double> steps(ready, MatrixD{{0.0}, {200.0}}, method);
    std::vector<int> of_row;
    for (int step = 0; step < 4; ++step) {
      steps.step();
      of_row.push_back(steps.labels()[100]);
    }
    EXPECT_EQ(of_row, (std::vector{1, 1, 0, 0}));
  }
}

TEST(KMeans, FewerDistinctRowsThanClustersLeaveClustersEmpty) {
  MatrixD x(9, 2);
  for (int i = 0; i < 9; ++i) x.row(i) << i % 3, 1;
  for (const KMeansMethod method : {KMeansMethod::kLloyd, KMeansMethod::kHamerly})
    for (const KMeansStart start : {KMeansStart::kPlusPlus, KMeansStart::kRandom}) {
      Random random(9);
      const auto fit = fit_k_means(x, {.clusters = 5, .start = start, .method = method}, random);
      EXPECT_EQ(fit.inertia, 0);
      EXPECT_TRUE(fit.converged);
      EXPECT_EQ((fit.cluster_weights.array() == 0).count(), 2);
      EXPECT_EQ(fit.cluster_weights.sum(), 9);
      EXPECT_TRUE(fit.centroids.allFinite());
    }
}

TEST(KMeans, OnePointIsItsOwnCluster) {
  Random random(10);
  const auto fit = fit_k_means(MatrixD{{3.0, 4.0}}, {.clusters = 1}, random);
  EXPECT_EQ(fit.centroids, (MatrixD{{3.0, 4.0}}));
  EXPECT_EQ(fit.labels, std::vector{0});
  EXPECT_EQ(fit.inertia, 0);
  EXPECT_TRUE(fit.converged);
  EXPECT_EQ(fit.predict(MatrixD{{0.0, 0.0}, {9.0, 9.0}}), (std::vector{0, 0}));
}

TEST(KMeans, RefusesWhatHasNoAnswerInOneLine) {
  const auto message = [](const MatrixD& x, const KMeansOptions& options) {
    return test::message_of<Error>([&] {
      Random random(11);
      fit_k_means(x, options, random);
    });
  };
  const MatrixD x{{1.0}, {2.0}};
  using ::testing::HasSubstr;
  EXPECT_EQ(message(x, {.clusters = 3}), "k-means: expected 1 to 2 clusters for 2 rows, got 3");
  EXPECT_EQ(message(x, {.clusters = 2, .weights = VectorD{{1.0, 0.0}}}),
            "k-means: expected 1 to 1 clusters for 1 rows, got 2");
  EXPECT_EQ(message(x, {.clusters = 0}), "k-means: expected 1 to 2 clusters for 2 rows, got 0");
  EXPECT_THAT(message(MatrixD{{1.0}, {std::nan("")}}, {.clusters = 1}), HasSubstr("column \"x0\" of row 1 is nan"));
  EXPECT_THAT(message(MatrixD{{1.0}, {1e200}}, {.clusters = 1}), HasSubstr("whose squares are finite"));
  EXPECT_THAT(message(MatrixD(0, 2), {.clusters = 1}), HasSubstr("at least one row"));
  EXPECT_THAT(message(x, {.clusters = 1, .starts = 0}), HasSubstr("starts of at least 1, got 0"));
  EXPECT_THAT(message(x, {.clusters = 1, .max_iterations = 0}), HasSubstr("max_iterations of at least 1, got 0"));
  EXPECT_THAT(message(x, {.clusters = 1, .tolerance = -1}), HasSubstr("tolerance of at least 0, got -1"));
  EXPECT_THROW(fit_k_means_from(x, MatrixD{{1.0, 2.0}}), ShapeError);
  EXPECT_THROW(fit_k_means_from(x, MatrixD{{std::nan("")}}), ValueError);
}

TEST(KMeans, TheBestOfManyStartsIsKept) {
  const MadeBlobs made = made_blobs(400, 2, 9, 0.6, 12);
  Random one(13), many(13);
  const auto single = fit_k_means(made.x, {.clusters = 9, .start = KMeansStart::kRandom, .starts = 1}, one);
  const auto best = fit_k_means(made.x, {.clusters = 9, .start = KMeansStart::kRandom, .starts = 30}, many);
  EXPECT_LT(best.inertia, single.inertia);
  EXPECT_EQ(best.trace.size(), static_cast<std::size_t>(best.iterations));
  EXPECT_EQ(best.predict(made.x), best.labels);
}

TEST(KMeansStart, PlusPlusLeavesLessInertiaThanRandomRows) {
  const MadeBlobs made = made_blobs(1500, 4, 20, 0.5, 14);
  const KMeansRows<double> rows(made.x);
  Random random(15);
  const auto inertia = [&](const std::vector<int>& start) {
    KMeansSteps<double> steps(rows, made.x(start, Eigen::all));
    steps.assign();
    return steps.exact_inertia();
  };
  double greedy = 0, published = 0, drawn = 0;
  for (int trial = 0; trial < 20; ++trial) {
    greedy += inertia(plus_plus_start(rows, 20, random));
    published += inertia(plus_plus_start(rows, 20, random, 1));
    drawn += inertia(random_start(rows, 20, random));
  }
  EXPECT_LT(greedy, published);
  EXPECT_LT(published, 0.6 * drawn);
}

TEST(KMeansStart, ChancesFollowWeightTimesSquaredDistance) {
  // After 0 has been drawn (all but surely), 1, 2 and 3 have shares 1 : 4 x 2 : 9.
  const MatrixD x{{0.0}, {1.0}, {2.0}, {3.0}};
  const KMeansRows<double> rows(x, VectorD{{1e9, 1.0, 2.0, 1.0}});
  Random random(16);
  std::array<int, 4> counts{};
  constexpr int kTrials = 6000;
  for (int trial = 0; trial < kTrials; ++trial)
    ++counts[static_cast<std::size_t>(plus_plus_start(rows, 2, random, 1)[1])];
  EXPECT_NEAR(counts[1], kTrials * 1 / 18.0, 4 * std::sqrt(kTrials / 18.0));
  EXPECT_NEAR(counts[2], kTrials * 8 / 18.0, 4 * std::sqrt(kTrials / 4.0));
  EXPECT_NEAR(counts[3], kTrials * 9 / 18.0, 4 * std::sqrt(kTrials / 4.0));
}

TEST(KMeansStart, RandomRowsAreDistinctAndHaveAWeight) {
  const MatrixD x = made_blobs(12, 2, 3, 1, 17).x;
  VectorD weights = VectorD::Ones(12);
  weights[3] = 0;
  const KMeansRows<double> rows(x, weights);
  Random random(18);
  for (int trial = 0; trial < 50; ++trial) {
    const std::vector<int> start = random_start(rows, 11, random);
    const std::set<int> distinct(start.begin(), start.end());
    EXPECT_EQ(distinct.size(), 11U);
    EXPECT_FALSE(distinct.contains(3));
  }
}

TEST(MiniBatchKMeans, ComesWithinAFewPercentOfAllRows) {
  const MadeBlobs made = made_blobs(6000, 8, 10, 2, 19);
  Random random(20);
  const auto whole = fit_k_means(made.x, {.clusters = 10, .starts = 3}, random);
  const auto batches = fit_mini_batch_k_means(made.x, {.clusters = 10, .batch_rows = 256, .epochs = 4}, random);
  EXPECT_LT(batches.inertia, 1.05 * whole.inertia);
  EXPECT_GE(batches.inertia, whole.inertia * (1 - 1e-9));
  EXPECT_EQ(batches.predict(made.x), batches.labels);
  Random again(21), same(21);
  const MiniBatchOptions options{.clusters = 10, .batch_rows = 100, .epochs = 1};
  EXPECT_EQ(fit_mini_batch_k_means(made.x, options, again).centroids,
            fit_mini_batch_k_means(made.x, options, same).centroids);
  EXPECT_THROW(fit_mini_batch_k_means(made.x, {.clusters = 3, .batch_rows = 0}, random), ValueError);
}

TEST(MiniBatchKMeans, WeightsOfZeroAreNotLearnedFrom) {
  MadeBlobs made = made_blobs(500, 2, 2, 0.3, 22);
  VectorD weights(500);
  for (int i = 0; i < 500; ++i) weights[i] = made.labels[static_cast<std::size_t>(i)] == 0 ? 1 : 0;
  Random random(23);
  const auto fit = fit_mini_batch_k_means(made.x, {.clusters = 1, .batch_rows = 64, .weights = weights}, random);
  EXPECT_LT((fit.centroids.row(0) - made.centres.row(0)).norm(), 0.1);
}

}  // namespace
}  // namespace handbuilt::clustering
