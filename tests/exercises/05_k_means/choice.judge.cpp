#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "clustering/adjusted_rand.hpp"
#include "clustering/silhouette.hpp"
#include "core/matrix.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

using handbuilt::TensorD;
using namespace handbuilt::grader;

STUDENT(k_means, silhouette, rows, labels);
STUDENT(k_means, choose_clusters, rows, centroids, margin);

namespace {

using Labels = std::vector<int>;

double gap(const TensorD& a, int i, const TensorD& b, int j) { return std::sqrt(worked::squared_distance(a, i, b, j)); }

// silhouette

struct Labelled {
  TensorD rows;
  Labels labels;
  std::string because;
};

enum class Slip {
  kNone,
  kSquared,
  kCountsItself,
  kAllOthers,
  kTurnedRound,
  kOverB,
  kOverSum,
  kNearestRow,
  kAloneIsOne,
  kFarthestCluster,
  kUnusedAtZero,
};

Column silhouettes(const Labelled& one, Slip slip) {
  const int most = *std::max_element(one.labels.begin(), one.labels.end());
  Column answer;
  for (int n = 0; n < one.rows.shape()[0]; ++n) {
    const int own = one.labels[place(n)];
    Column totals(place(most + 1), 0), sizes(totals), least(totals.size(), kInfinity);
    double others_total = 0, others = 0;
    for (int m = 0; m < one.rows.shape()[0]; ++m) {
      const std::size_t c = place(one.labels[place(m)]);
      double away = gap(one.rows, n, one.rows, m);
      if (slip == Slip::kSquared) away *= away;
      if (m == n && slip != Slip::kCountsItself) continue;
      totals[c] += away;
      sizes[c] += 1;
      least[c] = std::min(least[c], away);
      if (static_cast<int>(c) != own) {
        others_total += away;
        others += 1;
      }
    }
    const auto mean = [&](int c) {
      const std::size_t k = place(c);
      return slip == Slip::kNearestRow && c != own ? least[k] : totals[k] / sizes[k];
    };
    const bool is_alone = sizes[place(own)] == (slip == Slip::kCountsItself ? 1 : 0);
    const double a = is_alone ? 0 : mean(own);
    double b = slip == Slip::kFarthestCluster ? 0 : kInfinity;
    for (int c = 0; c <= most; ++c) {
      if (c == own) continue;
      if (sizes[place(c)] == 0) {
        if (slip == Slip::kUnusedAtZero) b = 0;
        continue;
      }
      b = slip == Slip::kFarthestCluster ? std::max(b, mean(c)) : std::min(b, mean(c));
    }
    if (slip == Slip::kAllOthers) b = others_total / others;
    double scale = std::max(a, b);
    if (slip == Slip::kOverB) scale = b;
    if (slip == Slip::kOverSum) scale = a + b;
    double value = scale > 0 ? (slip == Slip::kTurnedRound ? a - b : b - a) / scale : 0;
    if (is_alone && slip != Slip::kAloneIsOne) value = 0;
    answer.push_back(value);
  }
  return answer;
}

const std::vector<KnownMistake<Labelled, Column>>& mistakes_of_silhouette() {
  const auto by_slip = [](Slip slip) { return [slip](const Labelled& one) { return silhouettes(one, slip); }; };
  static const std::vector<KnownMistake<Labelled, Column>> kMistakes{
      {by_slip(Slip::kSquared), "the squared distances are averaged", "what does tasks.hpp take the mean of?"},
      {by_slip(Slip::kCountsItself), "a row counts itself among its cluster", "how many others are there?"},
      {by_slip(Slip::kAllOthers), "the mean over all other clusters' rows is taken",
       "which of the other clusters is the nearest?"},
      {by_slip(Slip::kFarthestCluster), "the farthest other cluster is taken",
       "into which other cluster would the row rather fit?"},
      {by_slip(Slip::kNearestRow), "the nearest row of another cluster is taken, not the mean over a cluster",
       "what is b a mean of?"},
      {by_slip(Slip::kTurnedRound), "the sign is turned round",
       "what is a row worth that sits in the midst of its own?"},
      {by_slip(Slip::kOverB), "it is divided by b even where a is larger", "how far below 0 may it get?"},
      {by_slip(Slip::kOverSum), "it is divided by the sum of a and b", "by which of the two, says tasks.hpp?"},
      {by_slip(Slip::kAloneIsOne), "a row alone in its cluster gets 1", "what does tasks.hpp give it?"},
      {by_slip(Slip::kUnusedAtZero), "a label that no row has counts as a cluster at distance 0",
       "how many rows is the mean over?"}};
  return kMistakes;
}

void expect_silhouettes(const std::vector<Labelled>& cases) {
  for (const Labelled& one : cases) {
    const auto library = handbuilt::clustering::silhouettes(handbuilt::as_matrix(one.rows), one.labels);
    ASSERT_TRUE(same_answer(Column(library.begin(), library.end()), silhouettes(one, Slip::kNone)));
  }
  expect_answers(
      cases, [](const Labelled& one) { return student::silhouette(one.rows, one.labels); },
      [](const Labelled& one) {
        const auto library = handbuilt::clustering::silhouettes(handbuilt::as_matrix(one.rows), one.labels);
        return Column(library.begin(), library.end());
      },
      mistakes_of_silhouette(), 1e-9);
}

/// At least two rows a label.
Labelled labelled(int rows, int clusters, int columns, double factor) {
  Labelled one{gaussian_d({rows, columns}, factor), class_labels(rows, clusters),
               "(b - a) / max(a, b): a over the other rows of its own cluster, b over those of the nearest other one"};
  for (int n = 0; n < 2 * clusters; ++n) one.labels[place(n)] = n % clusters;
  return one;
}

// choose-clusters

struct Tried {
  TensorD rows;
  std::vector<TensorD> centroids;
  double margin = 0;
  std::string because;
};

Labels nearest(const TensorD& rows, const TensorD& centroids) {
  Labels labels;
  for (int n = 0; n < rows.shape()[0]; ++n) {
    std::vector<double> gaps;
    for (int c = 0; c < centroids.shape()[0]; ++c) gaps.push_back(gap(rows, n, centroids, c));
    labels.push_back(static_cast<int>(std::min_element(gaps.begin(), gaps.end()) - gaps.begin()));
  }
  return labels;
}

enum class Agree { kAdjusted, kSameLabels, kRand };

double agreement(const Labels& one, const Labels& other, Agree how) {
  if (how == Agree::kAdjusted) return handbuilt::clustering::adjusted_rand(one, other);
  double same = 0, pairs = 0;
  for (std::size_t n = 0; n < one.size(); ++n)
    for (std::size_t m = 0; m < n; ++m) {
      pairs += 1;
      same += (one[n] == one[m]) == (other[n] == other[m]) ? 1 : 0;
    }
  if (how == Agree::kRand) return same / pairs;
  double equal = 0;
  for (std::size_t n = 0; n < one.size(); ++n) equal += one[n] == other[n] ? 1 : 0;
  return equal / static_cast<double>(one.size());
}

/// The agreement of each number of clusters, by all pairs or only the last of each number, or summed and not averaged.
enum class Over { kMean, kLastPair, kSum };

std::map<int, double> agreements(const Tried& tried, Agree how = Agree::kAdjusted, Over over = Over::kMean) {
  std::map<int, double> total, count;
  for (std::size_t p = 1; p < tried.centroids.size(); p += 2) {
    const int number = tried.centroids[p].shape()[0];
    const double value =
        agreement(nearest(tried.rows, tried.centroids[p - 1]), nearest(tried.rows, tried.centroids[p]), how);
    total[number] = over == Over::kLastPair ? value : total[number] + value;
    count[number] += 1;
  }
  if (over == Over::kMean)
    for (auto& [number, value] : total) value /= count[number];
  return total;
}

double best_of(const std::map<int, double>& all) {
  double best = -kInfinity;
  for (const auto& entry : all) best = std::max(best, entry.second);
  return best;
}

int largest_within(const std::map<int, double>& all, double margin) {
  const double bar = best_of(all) - margin;
  int answer = 0;
  for (const auto& [number, value] : all)
    if (value >= bar) answer = number;
  return answer;
}

int smallest_within(const std::map<int, double>& all, double margin) {
  for (const auto& [number, value] : all)
    if (value >= best_of(all) - margin) return number;
  return 0;
}

int latest_within(const Tried& tried) {
  const std::map<int, double> all = agreements(tried);
  int answer = 0;
  for (const TensorD& centroids : tried.centroids)
    if (all.at(centroids.shape()[0]) >= best_of(all) - tried.margin) answer = centroids.shape()[0];
  return answer;
}

int right_number(const Tried& tried) { return largest_within(agreements(tried), tried.margin); }

const std::vector<KnownMistake<Tried, int>>& mistakes_of_choice() {
  static const std::vector<KnownMistake<Tried, int>> kMistakes{
      {[](const Tried& tried) { return smallest_within(agreements(tried), tried.margin); },
       "the smallest number within the margin is taken", "which of them does tasks.hpp ask for?"},
      {[](const Tried& tried) { return largest_within(agreements(tried), 0); },
       "the number with the best agreement is taken, without the margin", "how much may it fall short of the best?"},
      {[](const Tried& tried) { return largest_within(agreements(tried, Agree::kSameLabels), tried.margin); },
       "equal labels are counted", "is centroid 0 of one sample the same group as centroid 0 of another?"},
      {[](const Tried& tried) { return largest_within(agreements(tried, Agree::kRand), tried.margin); },
       "the Rand index is not adjusted for luck", "what do two labellings drawn at random get?"},
      {[](const Tried& tried) {
         return largest_within(agreements(tried, Agree::kAdjusted, Over::kLastPair), tried.margin);
       },
       "only one pair of each number counts", "what becomes of the pairs before?"},
      {[](const Tried& tried) { return largest_within(agreements(tried, Agree::kAdjusted, Over::kSum), tried.margin); },
       "the agreements are added up and not averaged", "does every number have as many pairs?"},
      {latest_within, "the last in the list is taken, not the largest", "in which order do the numbers come?"},
      {[](const Tried& tried) { return agreements(tried).rbegin()->first; }, "always the largest number is taken",
       "what does the agreement decide?"},
      {[](const Tried& tried) { return agreements(tried).begin()->first; }, "always the smallest number is taken",
       "what does the agreement decide?"}};
  return kMistakes;
}

/// Rows in three lumps, and pairs of centroids that lie more or less alike. No agreement is near the border.
Tried some_pairs(double factor) {
  for (;;) {
    Tried tried{gaussian_d({36, 2}), {}, 0, "the largest number whose mean agreement is at least the best less margin"};
    for (int n = 0; n < 36; ++n) tried.rows(n, n % 2) += 6 * (n % 3);
    tried.margin = draws().uniform(0.05, 0.3);
    std::vector<int> numbers;
    for (const int number : {2, 3, 4, 5})
      for (int pair = draws().below(3); pair >= 0; --pair) numbers.push_back(number);
    draws().shuffle(numbers);
    for (const int number : numbers) {
      TensorD first({number, 2});
      for (int c = 0; c < number; ++c) {
        const int row = draws().below(36);
        for (int j = 0; j < 2; ++j) first(c, j) = tried.rows(row, j);
      }
      TensorD second(first.shape());
      const std::vector<int> order = draws().permutation(number);
      const double loose = draws().uniform(0, 2);
      for (int c = 0; c < number; ++c)
        for (int j = 0; j < 2; ++j) second(c, j) = first(order[place(c)], j) + loose * draws().normal();
      tried.centroids.push_back(first);
      tried.centroids.push_back(second);
    }
    const std::map<int, double> all = agreements(tried);
    bool is_near = false;
    for (const auto& entry : all)
      is_near = is_near || std::abs(entry.second - best_of(all) + tried.margin) < 1e-6 ||
                (entry.second < best_of(all) && entry.second > best_of(all) - 1e-6);
    if (is_near) continue;
    tried.rows = times(tried.rows, factor);
    for (TensorD& centroids : tried.centroids) centroids = times(centroids, factor);
    return tried;
  }
}

}  // namespace

// silhouette

TEST(Silhouette, ComparesTheOwnClusterWithTheNearestOther) {
  std::vector<Labelled> cases;
  for (const int clusters : {3, 4, 3}) cases.push_back(labelled(12, clusters, 2, 1));
  cases.push_back(labelled(10, 2, 1, 1e-10));
  cases.push_back(labelled(10, 3, 5, 1000));
  expect_silhouettes(cases);
}

TEST(Silhouette, GivesARowThatIsAloneZero) {
  const std::string why = "a row that is alone in its cluster has no other row to be measured to: 0";
  expect_silhouettes({{TensorD({3, 1}, {0, 1, 5}), {0, 0, 1}, why},
                      {TensorD({5, 2}, {0, 0, 1, 0, 9, 9, 0, 5, 2, 5}), {1, 1, 2, 0, 0}, why},
                      {gaussian_d({6, 2}), {0, 1, 1, 2, 2, 2}, why}});
}

TEST(Silhouette, KnowsThatALabelMayBeUnused) {
  const std::string why = "a label that no row has is no cluster";
  Labelled gaps = labelled(12, 3, 2, 1);
  for (int& label : gaps.labels) label = label * 2 + 1;
  gaps.because = why;
  expect_silhouettes({{TensorD({4, 1}, {0, 1, 5, 7}), {0, 0, 3, 3}, why}, gaps});
}

TEST(Silhouette, IsZeroWhereAllDistancesAre) {
  expect_silhouettes({{TensorD({4, 2}, {3, 3, 3, 3, 3, 3, 3, 3}), {0, 0, 1, 1}, "a and b are both 0: so is the answer"},
                      {TensorD({4, 1}, {1, 1, 8, 8}), {0, 1, 0, 1}, "a row may lie on one of another cluster"}});
}

// choose-clusters

TEST(ChooseClusters, TakesTheLargestNumberThatComesBack) {
  const TensorD rows({6, 1}, {0, 1, 10, 11, 20, 21});
  const TensorD two({2, 1}, {5, 20}), two_other({2, 1}, {0, 15}), three({3, 1}, {0, 10, 20}),
      three_renamed({3, 1}, {20, 0, 10}), four({4, 1}, {0, 1, 10, 20}), four_other({4, 1}, {0, 10, 20, 21});
  EXPECT_ANSWER(student::choose_clusters(rows, {two, two_other, three, three_renamed, four, four_other}, 0.05), 3)
      .mistake(2, "equal labels are counted, or the first number is always taken",
               "is centroid 0 of one sample the same group as centroid 0 of another?")
      .mistake(4, "equal labels are counted, or the largest number is always taken",
               "is centroid 0 of one sample the same group as centroid 0 of another?")
      .because("both samples found the same three groups, only under other names: their agreement is 1");
}

TEST(ChooseClusters, OfAnyPairs) {
  std::vector<Tried> cases =
      telling_cases<Tried, int>([] { return some_pairs(1); }, right_number, mistakes_of_choice(), 3);
  cases.push_back(some_pairs(1e-10));
  cases.push_back(some_pairs(100));
  expect_answers(
      cases, [](const Tried& tried) { return student::choose_clusters(tried.rows, tried.centroids, tried.margin); },
      right_number, mistakes_of_choice());
}

TEST(ChooseClusters, HasOneNumberToChooseFrom) {
  Tried tried = some_pairs(1);
  tried.centroids = {tried.centroids[0], tried.centroids[1]};
  EXPECT_ANSWER(student::choose_clusters(tried.rows, tried.centroids, 0), tried.centroids[0].shape()[0])
      .because("there is one pair, and so one number");
}

TEST(ChooseClusters, TakesAnAgreementBelowZero) {
  // Each half cuts the other in two: less alike than luck.
  const TensorD rows({4, 2}, {0, 0, 0, 1, 1, 0, 1, 1});
  EXPECT_ANSWER(
      student::choose_clusters(rows, {TensorD({2, 2}, {0, 0.5, 1, 0.5}), TensorD({2, 2}, {0.5, 0, 0.5, 1})}, 0), 2)
      .because("the only agreement is -0.5, and it is the best there is");
}
