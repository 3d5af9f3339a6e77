#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "grader/judge/judge.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

using handbuilt::TensorD;
using namespace handbuilt::grader;

STUDENT(k_means, plus_plus_start, rows, clusters, seed);

namespace {

using Start = std::vector<int>;
using Chances = std::map<Start, double>;
/// The share of each row in the next draw, given those chosen.
using Shares = std::function<std::vector<double>(const TensorD& rows, const Start& chosen)>;

double gap(const TensorD& rows, int i, int j) { return std::sqrt(worked::squared_distance(rows, i, rows, j)); }

/// Shares by some summary of the distances to those chosen.
Shares by(std::function<double(const std::vector<double>&)> summary) {
  return [summary](const TensorD& rows, const Start& chosen) {
    std::vector<double> shares;
    for (int n = 0; n < rows.shape()[0]; ++n) {
      std::vector<double> gaps;
      for (const int one : chosen) gaps.push_back(gap(rows, n, one));
      shares.push_back(summary(gaps));
    }
    return shares;
  };
}

double smallest(const std::vector<double>& gaps) { return *std::min_element(gaps.begin(), gaps.end()); }
double square(double value) { return value * value; }

/// The chances of every start of that length.
Chances chances_of(const TensorD& rows, int clusters, const Shares& shares, bool from_row_0 = false) {
  const int count = rows.shape()[0];
  Chances chances;
  for (int n = 0; n < count; ++n)
    if (n == 0 || !from_row_0) chances[{n}] = from_row_0 ? 1 : 1.0 / count;
  for (int k = 1; k < clusters; ++k) {
    Chances longer;
    for (const auto& [chosen, chance] : chances) {
      const std::vector<double> of_next = shares(rows, chosen);
      double total = 0;
      for (const double share : of_next) total += share;
      for (int n = 0; n < count; ++n) {
        if (of_next[place(n)] <= 0) continue;
        Start next = chosen;
        next.push_back(n);
        longer[next] += chance * of_next[place(n)] / total;
      }
    }
    chances = longer;
  }
  return chances;
}

/// The best of three rows drawn as k-means++ draws: the one that leaves the smallest inertia.
std::vector<double> best_of_three(const TensorD& rows, const Start& chosen) {
  const std::vector<double> single =
      by([](const std::vector<double>& gaps) { return square(smallest(gaps)); })(rows, chosen);
  double total = 0;
  for (const double share : single) total += share;
  std::vector<std::pair<double, int>> left;
  for (int n = 0; n < rows.shape()[0]; ++n) {
    double inertia = 0;
    for (int m = 0; m < rows.shape()[0]; ++m) inertia += std::min(single[place(m)], square(gap(rows, m, n)));
    left.emplace_back(inertia, n);
  }
  std::sort(left.begin(), left.end());
  // The chance that the best of three draws is among rows that leave the same: none is better, and not all are worse.
  // Of those the first drawn is taken.
  std::vector<double> shares(single.size(), 0);
  double not_better = 1;
  for (std::size_t begin = 0, end = 0; begin < left.size(); begin = end) {
    double alike = 0;
    for (; end < left.size() && left[end].first <= left[begin].first * (1 + 1e-9); ++end)
      alike += single[place(left[end].second)] / total;
    const double worse = std::max(0.0, not_better - alike);
    for (std::size_t k = begin; k < end && alike > 0; ++k) {
      const std::size_t n = place(left[k].second);
      shares[n] = (std::pow(not_better, 3) - std::pow(worse, 3)) * single[n] / total / alike;
    }
    not_better = worse;
  }
  return shares;
}

struct KnownChances {
  std::string what, help;
  Chances chances;
};

std::vector<KnownChances> known_mistakes(const TensorD& rows, int clusters) {
  const auto of = [&](auto summary, bool from_row_0 = false) {
    return chances_of(rows, clusters, by(summary), from_row_0);
  };
  using Gaps = std::vector<double>;
  return {{"the chances go with the distance and not with its square", "what does tasks.hpp make them proportional to?",
           of([](const Gaps& gaps) { return smallest(gaps); })},
          {"only the distance to the first chosen row counts", "which of the chosen rows is nearest?",
           of([](const Gaps& gaps) { return square(gaps.front()); })},
          {"only the distance to the latest chosen row counts", "which of the chosen rows is nearest?",
           of([](const Gaps& gaps) { return square(gaps.back()); })},
          {"the distances to all chosen rows are added up", "which of the chosen rows is nearest?",
           of([](const Gaps& gaps) {
             double sum = 0;
             for (const double one : gaps) sum += square(one);
             return smallest(gaps) > 0 ? sum : 0;
           })},
          {"the distances to all chosen rows are added up", "which of the chosen rows is nearest?",
           of([](const Gaps& gaps) {
             double sum = 0;
             for (const double one : gaps) sum += square(one);
             return sum;
           })},
          {"the largest distance to a chosen row counts", "which of the chosen rows is nearest?",
           of([](const Gaps& gaps) { return square(*std::max_element(gaps.begin(), gaps.end())); })},
          {"every row has the same chance", "what should a far row have more of?",
           of([](const Gaps& gaps) { return smallest(gaps) > 0 ? 1.0 : 0.0; })},
          {"the first row is always row 0", "which of the rows may be the first?",
           of([](const Gaps& gaps) { return square(smallest(gaps)); }, true)},
          {"the best of several draws is taken", "that is a good idea, and the library's; here each row is one draw",
           chances_of(rows, clusters, best_of_three)},
          {"the farthest row is always taken", "what if it is a stray one?",
           chances_of(rows, clusters, [](const TensorD& all, const Start& chosen) {
             std::vector<double> shares = by(smallest)(all, chosen);
             const auto farthest = std::max_element(shares.begin(), shares.end()) - shares.begin();
             shares.assign(shares.size(), 0);
             shares[static_cast<std::size_t>(farthest)] = 1;
             return shares;
           })}};
}

/// How badly counts fit chances: in standard deviations of chi-square (Wilson and Hilferty, 1931). Starts that are
/// expected fewer than eight times are counted together.
double misfit(const std::map<Start, int>& counts, const Chances& chances, int total) {
  double statistic = 0, rest_expected = 0, rest_seen = total;
  int cells = 0;
  for (const auto& [start, chance] : chances) {
    const double expected = chance * total;
    if (expected < 8) {
      rest_expected += expected;
      continue;
    }
    const auto found = counts.find(start);
    const double seen = found == counts.end() ? 0 : found->second;
    rest_seen -= seen;
    statistic += square(seen - expected) / expected;
    ++cells;
  }
  if (rest_seen > 1e-9 && rest_expected < 1e-9) return 1e9;  // what cannot happen did
  if (rest_expected > 1e-9) {
    statistic += square(rest_seen - rest_expected) / std::max(rest_expected, 1.0);
    ++cells;
  }
  const double freedom = std::max(1, cells - 1);
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(statistic / freedom) - (1 - spread)) / std::sqrt(spread);
}

std::vector<Start> many_starts(const TensorD& rows, int clusters, int count) {
  std::vector<std::tuple<TensorD, int, std::uint64_t>> calls;
  for (int n = 0; n < count; ++n) calls.emplace_back(rows, clusters, draws().bits());
  return student::plus_plus_start.batch(calls);
}

/// Thousands of starts with seeds of all sizes, against the chances that follow from the definition. A right answer is
/// refused once in ten million.
void expect_chances(const TensorD& rows, int clusters) {
  constexpr int kStarts = 6000;
  constexpr double kTooBad = 5.2;
  const Chances right =
      chances_of(rows, clusters, by([](const std::vector<double>& gaps) { return square(smallest(gaps)); }));
  std::map<Start, int> counts;
  for (const Start& start : many_starts(rows, clusters, kStarts)) ++counts[start];
  if (misfit(counts, right, kStarts) < kTooBad) return;

  std::string sentence = "the starts come with other chances than those of k-means++", help;
  double best = kTooBad;
  for (const KnownChances& known : known_mistakes(rows, clusters))
    if (const double badness = misfit(counts, known.chances, kStarts); badness < best) {
      best = badness;
      sentence = known.what;
      help = known.help;
    }
  // The start whose count is off most, in standard deviations.
  Start oddest = right.begin()->first;
  double most = -1;
  const auto deviation = [&](const Start& start) {
    const auto expected = right.find(start);
    const double mean = expected == right.end() ? 0 : kStarts * expected->second;
    return std::abs(counts[start] - mean) / std::sqrt(std::max(1.0, mean));
  };
  std::vector<Start> seen;
  for (const auto& [start, count] : counts) seen.push_back(start);
  for (const auto& [start, chance] : right) seen.push_back(start);
  for (const Start& start : seen)
    if (deviation(start) > most) {
      most = deviation(start);
      oddest = start;
    }
  const auto chance = right.find(oddest);
  EXPECT_PROPERTY(false, sentence)
      .shows("a start", oddest)
      .shows("times that it came in 6000 seeds", counts[oddest])
      .shows("expected", std::round(kStarts * (chance == right.end() ? 0 : chance->second)))
      .because(
          "the first row is any; the next has a chance in proportion to its squared distance from the nearest of "
          "those chosen so far")
      .help(help);
}

bool is_a_start(const Start& start, int rows, int clusters) {
  Start in_order = start;
  std::sort(in_order.begin(), in_order.end());
  return static_cast<int>(start.size()) == clusters && in_order.front() >= 0 && in_order.back() < rows &&
         std::adjacent_find(in_order.begin(), in_order.end()) == in_order.end();
}

}  // namespace

TEST(PlusPlusStart, GivesAsManyDifferentRowsAsWereAskedFor) {
  const TensorD rows = gaussian_d({12, 2});
  for (const int clusters : {1, 2, 5, 12}) {
    const Start start = student::plus_plus_start(rows, clusters, draws().bits());
    EXPECT_PROPERTY(is_a_start(start, 12, clusters),
                    "asked for " + std::to_string(clusters) + " of 12 rows, it gives as many, all different")
        .shows("plus_plus_start", start)
        .help("which chance has a row that has been chosen?");
  }
}

TEST(PlusPlusStart, DependsOnTheSeedAndOnNothingElse) {
  const TensorD rows = gaussian_d({40, 2});
  const std::uint64_t seed = draws().bits();
  const Start start = student::plus_plus_start(rows, 4, seed);
  EXPECT_ANSWER(student::plus_plus_start(rows, 4, seed), start).because("the same seed gives the same rows");
  int others = 0;
  for (const Start& other : many_starts(rows, 4, 20)) others += other != start ? 1 : 0;
  EXPECT_PROPERTY(others >= 15, "20 other seeds give other starts")
      .shows("other starts", others)
      .help("is the stream of draws made from the seed?");
}

TEST(PlusPlusStart, DrawsTheSecondByItsSquaredDistance) { expect_chances(TensorD({5, 1}, {0, 1, 3, 4, 9}), 2); }

TEST(PlusPlusStart, MeasuresToTheNearestOfThoseChosen) {
  expect_chances(TensorD({5, 2}, {0, 0, 1, 0, 5, 0, 5, 2, 9, 4}), 3);
}

TEST(PlusPlusStart, DrawsAlikeInSmallUnits) {
  expect_chances(times(TensorD({5, 2}, {0, 0, 1, 0, 5, 0, 5, 2, 9, 4}), 1e-10), 2);
}

TEST(PlusPlusStart, NeverStumblesOverEqualRows) {
  // Three places, each held by several rows: the first three are of different places.
  TensorD rows({9, 1});
  for (int n = 0; n < 9; ++n) rows(n, 0) = (n % 3) * 0.1;
  for (const Start& start : many_starts(rows, 3, 40)) {
    Start places;
    for (const int n : start) places.push_back(n % 3);
    EXPECT_PROPERTY(is_a_start(start, 9, 3) && is_a_start(places, 3, 3),
                    "rows stand at three places, and three were asked for: one of each place")
        .shows("plus_plus_start", start)
        .because("a row that lies on a chosen one has no chance while others have one");
  }
  for (const int clusters : {5, 9}) {
    const Start start = student::plus_plus_start(rows, clusters, draws().bits());
    EXPECT_PROPERTY(is_a_start(start, 9, clusters), "when all places are taken, rows that are not chosen yet follow")
        .shows("plus_plus_start", start)
        .help("what do the shares add up to, and what is 0 / 0?");
  }
}
