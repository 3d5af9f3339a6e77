#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "clustering/k_means_steps.hpp"
#include "core/matrix.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

using handbuilt::MatrixD;
using handbuilt::TensorD;
using k_means::Clusters;
using k_means::Grouping;
using namespace handbuilt::grader;

STUDENT(k_means, assign, rows, centroids);
STUDENT(k_means, update, rows, before);
STUDENT(k_means, lloyd, rows, centroids, most_steps);

namespace {

using Labels = std::vector<int>;

TensorD scaled(TensorD table, double factor, double shift = 0) {
  for (double& value : table) value = value * factor + shift;
  return table;
}

TensorD whole(const handbuilt::Shape& shape, int low = -4, int high = 4) {
  return to_double(whole_numbers(shape, low, high));
}

MatrixD matrix(const TensorD& table) { return handbuilt::as_matrix(table); }

TensorD tensor(const MatrixD& table) {
  TensorD result({static_cast<int>(table.rows()), static_cast<int>(table.cols())});
  handbuilt::as_matrix(result) = table;
  return result;
}

// assign

struct Near {
  TensorD rows, centroids;
  std::string because;
};

enum class By { kDistance, kLastOfEqual, kManhattan, kFirstColumn, kLargestProduct, kFarthest, kDifference };

Labels nearest(const Near& one, By by) {
  Labels answer;
  for (int n = 0; n < one.rows.shape()[0]; ++n) {
    int best = 0;
    double best_score = kInfinity;
    for (int k = 0; k < one.centroids.shape()[0]; ++k) {
      double score = 0;
      for (int j = 0; j < one.rows.shape()[1]; ++j) {
        const double gap = one.rows(n, j) - one.centroids(k, j);
        if (by == By::kManhattan) score += std::abs(gap);
        if (by == By::kDifference) score += gap;
        if (by == By::kLargestProduct) score -= one.rows(n, j) * one.centroids(k, j);
        if (by == By::kFarthest) score -= gap * gap;
        if (by == By::kDistance || by == By::kLastOfEqual || (by == By::kFirstColumn && j == 0)) score += gap * gap;
      }
      if (by == By::kDifference) score = std::abs(score);
      if (score < best_score || (by == By::kLastOfEqual && score == best_score)) {
        best = k;
        best_score = score;
      }
    }
    answer.push_back(best);
  }
  return answer;
}

/// Whether no row is nearly as near to a second centroid, so that no rounding decides.
bool is_clear(const Near& one) {
  const Labels labels = nearest(one, By::kDistance);
  for (int n = 0; n < one.rows.shape()[0]; ++n)
    for (int k = 0; k < one.centroids.shape()[0]; ++k) {
      const int best = labels[place(n)];
      if (k != best && worked::squared_distance(one.rows, n, one.centroids, k) <=
                           1.05 * worked::squared_distance(one.rows, n, one.centroids, best))
        return false;
    }
  return true;
}

Near clear_case(int rows, int centroids, int columns, double factor, double shift, const std::string& because) {
  for (;;) {
    const Near one{scaled(gaussian_d({rows, columns}), factor, shift),
                   scaled(gaussian_d({centroids, columns}, 1.5), factor, shift), because};
    if (is_clear(one)) return one;
  }
}

const std::vector<KnownMistake<Near, Labels>>& mistakes_of_assign() {
  const auto by = [](By how) { return [how](const Near& one) { return nearest(one, how); }; };
  static const std::vector<KnownMistake<Near, Labels>> kMistakes{
      {by(By::kLastOfEqual), "of equally near centroids the last is taken", "should an equal one take the place?"},
      {by(By::kManhattan), "the differences are added up without squaring them",
       "how far is it from one corner of a square to the opposite one?"},
      {by(By::kFirstColumn), "only the first column counts", "which columns does your sum run over?"},
      {by(By::kLargestProduct), "the centroid with the largest product is taken, not the nearest one",
       "does a centroid that lies twice as far out become nearer?"},
      {by(By::kDifference), "differences of opposite sign cancel", "what makes a difference count in both directions?"},
      {by(By::kFarthest), "the farthest centroid is taken", "which way round is your comparison?"},
      {[](const Near& one) { return Labels(place(one.rows.shape()[0]), 0); }, "every row gets label 0",
       "where does a label change?"}};
  return kMistakes;
}

// update

/// What can be got wrong about a centroid without rows, one thing at a time.
enum class Slip {
  kNone,
  kStays,
  kDividesByZero,
  kGiverKeeps,
  kFromTheOnlyOne,
  kFarthestFromTaker,
  kLastOfEqual,
  kSameRow,
  kSums,
  kOverAllRows,
  kOldLabels,
  kNearestRow,
  kTakesWithoutDistance,
};

struct Moving {
  TensorD rows;
  Clusters before;
  std::string because;
};

Clusters moved(const Moving& one, Slip slip = Slip::kNone) {
  const MatrixD x = matrix(one.rows), old = matrix(one.before.centroids);
  const int k = static_cast<int>(old.rows());
  Labels labels = one.before.labels, given = labels;
  const auto members = [&](int c) { return std::count(labels.begin(), labels.end(), c); };
  std::vector<std::vector<int>> extra(place(k));
  Labels taken;
  for (int c = 0; c < k && slip != Slip::kStays && slip != Slip::kDividesByZero; ++c) {
    if (members(c) > 0) continue;
    int best = -1;
    double reach = slip == Slip::kTakesWithoutDistance ? -1 : 0;
    for (int n = 0; n < x.rows(); ++n) {
      const int label = labels[place(n)];
      if (slip != Slip::kFromTheOnlyOne && members(label) < 2) continue;
      const bool may_be_taken_twice = slip == Slip::kSameRow || slip == Slip::kFromTheOnlyOne;
      if (!may_be_taken_twice && std::find(taken.begin(), taken.end(), n) != taken.end()) continue;
      double gap = (x.row(n) - old.row(slip == Slip::kFarthestFromTaker ? c : label)).squaredNorm();
      if (slip == Slip::kNearestRow) gap = 1 / (gap + 1e-300);
      if (gap > reach || (slip == Slip::kLastOfEqual && gap == reach && best >= 0)) {
        reach = gap;
        best = n;
      }
    }
    if (best < 0) continue;
    taken.push_back(best);
    if (slip == Slip::kGiverKeeps || slip == Slip::kSameRow)
      extra[place(c)].push_back(best);
    else
      labels[place(best)] = c;
    if (slip == Slip::kSameRow) given[place(best)] = c;
  }
  MatrixD centroids = old;
  for (int c = 0; c < k; ++c) {
    Eigen::RowVectorXd total = Eigen::RowVectorXd::Zero(x.cols());
    double size = 0;
    for (int n = 0; n < x.rows(); ++n)
      if (labels[place(n)] == c) {
        total += x.row(n);
        ++size;
      }
    for (const int n : extra[place(c)]) {
      total += x.row(n);
      ++size;
    }
    if (slip == Slip::kSums) size = std::min(size, 1.0);
    if (slip == Slip::kOverAllRows && size > 0) size = static_cast<double>(x.rows());
    if (size > 0 || slip == Slip::kDividesByZero) centroids.row(c) = total / size;
  }
  if (slip == Slip::kGiverKeeps)
    for (std::size_t c = 0; c < extra.size(); ++c)
      for (const int n : extra[c]) labels[place(n)] = static_cast<int>(c);
  if (slip == Slip::kOldLabels) labels = one.before.labels;
  return {tensor(centroids), slip == Slip::kSameRow ? given : labels};
}

const std::vector<KnownMistake<Moving, Clusters>>& mistakes_of_update() {
  const auto by = [](Slip slip) { return [slip](const Moving& one) { return moved(one, slip); }; };
  static const std::vector<KnownMistake<Moving, Clusters>> kMistakes{
      {by(Slip::kStays), "a centroid without rows stays where it is", "what does tasks.hpp let it take?"},
      {by(Slip::kDividesByZero), "a centroid without rows is divided by 0 rows", "what is 0 / 0?"},
      {by(Slip::kGiverKeeps), "the giver's mean still counts the row that was taken",
       "whose row is it when the means are made?"},
      {by(Slip::kFromTheOnlyOne), "a cluster gives away its only row", "who has no rows afterwards?"},
      {by(Slip::kFarthestFromTaker), "the distance is measured to the centroid without rows",
       "farthest from which centroid, says tasks.hpp?"},
      {by(Slip::kLastOfEqual), "of equally far rows the last is taken", "should an equal one take the place?"},
      {by(Slip::kSameRow), "two centroids take the same row", "what has changed after the first has taken one?"},
      {by(Slip::kTakesWithoutDistance), "a row is taken though it lies exactly on its centroid",
       "what would be gained by that?"},
      {by(Slip::kNearestRow), "the nearest row is taken and not the farthest", "which row is served worst?"},
      {by(Slip::kOldLabels), "the row that was taken keeps its old label", "what does a label say?"},
      {by(Slip::kSums), "the rows are added up and not averaged", "by how many do you divide?"},
      {by(Slip::kOverAllRows), "it is divided by the number of all rows", "how many rows has this cluster?"}};
  return kMistakes;
}

Labels labels_in_use(int rows, int clusters) {
  Labels labels = class_labels(rows, clusters);
  for (int c = 0; c < clusters; ++c) labels[place(c)] = c;
  return labels;
}

Moving with_empty_ones(int rows, int clusters, double factor) {
  // Labels leave out some of the clusters; the farthest rows are clear of each other.
  Moving one{scaled(gaussian_d({rows, 2}), factor),
             {scaled(gaussian_d({clusters, 2}, 2), factor), class_labels(rows, clusters)},
             "each centroid without rows takes the row that lies farthest from its own centroid"};
  const int empty = draws().below(clusters), other = (empty + 1 + draws().below(clusters - 1)) % clusters;
  for (int& label : one.before.labels)
    while (label == empty || label == other) label = draws().below(clusters);
  return one;
}

void expect_moves(const std::vector<Moving>& cases) {
  expect_answers(
      cases, [](const Moving& one) { return student::update(one.rows, one.before); },
      [](const Moving& one) { return moved(one); }, mistakes_of_update());
}

// lloyd

struct LloydCase {
  TensorD rows, centroids;
  int most_steps = 0;
};

double inertia_of(const TensorD& rows, const TensorD& centroids, const Labels& labels, bool squared = true) {
  double sum = 0;
  for (int n = 0; n < rows.shape()[0]; ++n) {
    const double gap = worked::squared_distance(rows, n, centroids, labels[place(n)]);
    sum += squared ? gap : std::sqrt(gap);
  }
  return sum;
}

/// The library's steps, and one assignment after them.
Grouping played(const LloydCase& run, int steps) {
  const MatrixD x = matrix(run.rows);
  const handbuilt::clustering::KMeansRows<double> rows(x);
  handbuilt::clustering::KMeansSteps<double> k_means(rows, matrix(run.centroids));
  for (int step = 0; step < steps; ++step)
    if (k_means.step() == 0) break;
  k_means.assign();
  Grouping result{tensor(k_means.centroids()), k_means.labels(), 0};
  result.inertia = inertia_of(run.rows, result.centroids, result.labels);
  return result;
}

const std::vector<KnownMistake<LloydCase, Grouping>>& mistakes_of_lloyd() {
  const auto as_if = [](auto change) {
    return [change](const LloydCase& run) {
      Grouping right = played(run, run.most_steps);
      change(run, right);
      return right;
    };
  };
  static const std::vector<KnownMistake<LloydCase, Grouping>> kMistakes{
      {as_if([](const LloydCase& run, Grouping& answer) {
         if (run.most_steps > 0) answer.labels = played(run, run.most_steps - 1).labels;
         answer.inertia = inertia_of(run.rows, answer.centroids, answer.labels);
       }),
       "the labels are those from before the last move", "which centroids are nearest now?"},
      {as_if([](const LloydCase& run, Grouping& answer) {
         if (run.most_steps > 0) answer.inertia = played(run, run.most_steps - 1).inertia;
       }),
       "the inertia is the one from before the last move", "which centroids do you return?"},
      {as_if([](const LloydCase& run, Grouping& answer) {
         answer.inertia = inertia_of(run.rows, answer.centroids, answer.labels, false);
       }),
       "the inertia adds up distances and not their squares", "what does tasks.hpp call the inertia?"},
      {as_if([](const LloydCase& run, Grouping& answer) { answer.inertia /= run.rows.shape()[0]; }),
       "the inertia is a mean and not a sum", "what does tasks.hpp call the inertia?"},
      {as_if([](const LloydCase&, Grouping& answer) { answer.inertia = 0; }), "the inertia is missing",
       "what is the third member of Grouping?"},
      {[](const LloydCase& run) { return played(run, run.most_steps + 1); }, "one step too many is made",
       "how often does your loop run when most_steps is 0?"},
      {[](const LloydCase& run) { return played(run, std::max(0, run.most_steps - 1)); }, "one step too few is made",
       "how often does your loop run when most_steps is 1?"},
      {[](const LloydCase& run) { return played(run, std::min(1, run.most_steps)); }, "only one step is made",
       "what ends the loop?"},
      {[](const LloydCase& run) { return played(run, 1000); }, "most_steps is not kept to", "what ends the loop?"},
      {[](const LloydCase& run) { return played(run, 0); }, "the centroids stay where they began",
       "where does the result of update go?"}};
  return kMistakes;
}

/// Rows in lumps, and some of them to start from.
LloydCase lumps(int rows, int clusters, int columns, double factor, double shift, int most_steps) {
  LloydCase run{gaussian_d({rows, columns}), TensorD({clusters, columns}), most_steps};
  const TensorD middles = gaussian_d({clusters, columns}, 3);
  for (int n = 0; n < rows; ++n)
    for (int j = 0; j < columns; ++j) run.rows(n, j) += middles(n % clusters, j);
  run.rows = scaled(run.rows, factor, shift);
  const std::vector<int> order = draws().permutation(rows);
  for (int c = 0; c < clusters; ++c)
    for (int j = 0; j < columns; ++j) run.centroids(c, j) = run.rows(order[place(c)], j);
  return run;
}

}  // namespace

// assign

TEST(Assign, GivesEachRowTheNearest) {
  std::vector<Near> cases = telling_cases<Near, Labels>(
      [] {
        return Near{whole({6, 2}), whole({3, 2}),
                    "the nearest has the smallest sum of squared differences, over all columns; the first of equals"};
      },
      [](const Near& one) { return nearest(one, By::kDistance); }, mistakes_of_assign());
  for (const int columns : {1, 3, 5})
    cases.push_back(clear_case(8, 4, columns, 1, 0, "the nearest has the smallest sum of squared differences"));
  cases.push_back(clear_case(8, 3, 2, 1e-10, 0, "units may be small: these rows are counted in 1e-10 of something"));
  cases.push_back(clear_case(8, 3, 2, 1, 1000, "rows may lie far from 0: what counts are the differences"));
  cases.push_back({whole({5, 2}), whole({1, 2}), "there is only one centroid"});
  for (const Near& one : cases)
    if (is_clear(one)) {
      const MatrixD x = matrix(one.rows);
      const handbuilt::clustering::KMeansRows<double> rows(x);
      handbuilt::clustering::KMeansSteps<double> library(rows, matrix(one.centroids));
      library.assign();
      ASSERT_EQ(library.labels(), nearest(one, By::kDistance));
    }
  expect_answers(
      cases, [](const Near& one) { return student::assign(one.rows, one.centroids); },
      [](const Near& one) { return nearest(one, By::kDistance); }, mistakes_of_assign());
}

// update

TEST(Update, MovesEveryCentroidToTheMeanOfItsRows) {
  std::vector<Moving> cases;
  for (const double factor : {1.0, 1e-10, 0.1})
    cases.push_back({scaled(gaussian_d({9, 2}, 2, 5), factor),
                     {scaled(gaussian_d({3, 2}), factor), labels_in_use(9, 3)},
                     "the mean of a column is the sum over the cluster's rows, divided by how many they are"});
  cases.push_back({whole({4, 3}), {whole({1, 3}), {0, 0, 0, 0}}, "all rows belong to the only centroid"});
  expect_moves(cases);
}

TEST(Update, LetsAnEmptyCentroidTakeTheRowThatIsServedWorst) {
  const std::string why =
      "a centroid without rows takes the row farthest from the centroid that this row has, but not the only row of a "
      "cluster; the first of several";
  std::vector<Moving> cases{
      // Rows 1 and 2 are equally far from centroid 0, row 3 is farther from its own and is its only row.
      {TensorD({4, 2}, {0, 0, 3, 0, 0, 3, 19, 0}), {TensorD({3, 2}, {0, 0, -40, 0, 10, 0}), {0, 0, 0, 2}}, why},
      // Centroids 0 and 3 are empty: row 4 goes to the first of them, row 0 to the second.
      {TensorD({6, 1}, {2, 4, 5, 6, 17, 11}), {TensorD({4, 1}, {100, 5, 11, -9}), {1, 1, 1, 1, 2, 2}}, why}};
  for (const double factor : {1.0, 1.0, 1e-10, 0.1}) cases.push_back(with_empty_ones(12, 5, factor));
  expect_moves(cases);
}

TEST(Update, LeavesAnEmptyCentroidAloneWhereNothingIsToBeGained) {
  const std::string why = "where rows lie exactly on their centroids, or are the only ones, there is nothing to take";
  expect_moves({{TensorD({4, 2}, {1, 2, 1, 2, 5, 5, 5, 5}), {TensorD({3, 2}, {1, 2, 5, 5, 0, 0}), {0, 0, 1, 1}}, why},
                {TensorD({2, 1}, {1, 9}), {TensorD({3, 1}, {3, 4, 5}), {2, 0}}, why},
                {TensorD({3, 1}, {0.1, 0.1, 0.1}), {TensorD({2, 1}, {0.1, 0.7}), {0, 0, 0}}, why}});
}

// lloyd

TEST(Lloyd, MakesAsManyStepsAsItMay) {
  std::vector<LloydCase> cases;
  for (const int most : {0, 1, 2, 3, 2}) {
    LloydCase run = lumps(30, 4, 2, 1, 0, most);
    // A run that has settled after so few steps would not tell one step more from none.
    for (int tries = 0; tries < 200 && played(run, most).centroids == played(run, most + 1).centroids; ++tries)
      run = lumps(30, 4, 2, 1, 0, most);
    cases.push_back(run);
  }
  expect_answers(
      cases, [](const LloydCase& run) { return student::lloyd(run.rows, run.centroids, run.most_steps); },
      [](const LloydCase& run) { return played(run, run.most_steps); }, mistakes_of_lloyd());
}

TEST(Lloyd, GoesOnUntilNothingMoves) {
  std::vector<LloydCase> cases;
  for (const double factor : {1.0, 1e-10, 100.0}) cases.push_back(lumps(40, 4, 3, factor, 0, 500));
  cases.push_back(lumps(40, 5, 2, 1, 1000, 500));
  cases.push_back(lumps(20, 1, 2, 1, 0, 500));
  // Two centroids begin so far away that they get no rows.
  LloydCase far = lumps(40, 4, 2, 1, 0, 500);
  for (const int c : {1, 3})
    for (int j = 0; j < 2; ++j) far.centroids(c, j) = 500 + c;
  cases.push_back(far);
  expect_answers(
      cases, [](const LloydCase& run) { return student::lloyd(run.rows, run.centroids, run.most_steps); },
      [](const LloydCase& run) { return played(run, run.most_steps); }, mistakes_of_lloyd());
}

TEST(Lloyd, EndsWithFewerDistinctRowsThanCentroids) {
  const TensorD rows({5, 2}, {1, 1, 1, 1, 4, 4, 4, 4, 4, 4});
  const Grouping answer = student::lloyd(rows, TensorD({3, 2}, {0, 0, 5, 5, 9, 9}), 100);
  EXPECT_PROPERTY(std::abs(answer.inertia) < 1e-12, "with two distinct rows and three centroids nothing is left over")
      .shows("lloyd", answer)
      .because("one centroid ends on (1, 1), one on (4, 4), and the third finds nothing to take");
}
