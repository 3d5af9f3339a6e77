#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "grader/judge/judge.hpp"
#include "rows.hpp"
#include "similarity/conformal.hpp"
#include "tasks.hpp"

using namespace rows;
using namespace handbuilt::grader;

STUDENT(similarity, novelty_threshold, scores, rate);

namespace {

struct ThresholdCase {
  Row scores;
  double rate = 0.05;
  std::string because;
};

/// The places at the top, before they are rounded down.
double places_of(const ThresholdCase& of) { return of.rate * static_cast<double>(of.scores.size() + 1); }

double right_threshold(const ThresholdCase& of) {
  if (std::floor(places_of(of) + 1e-9) < 1) return kInfinity;
  return handbuilt::similarity::conformal_threshold(
      Eigen::Map<const handbuilt::VectorD>(of.scores.data(), std::ssize(of.scores)), of.rate);
}

/// The m-th largest of the values as they come; held within those there are. Infinity for m < 1.
double largest(Row values, double m, bool sort = true) {
  if (m < 1 || values.empty()) return kInfinity;
  if (sort) std::sort(values.begin(), values.end());
  return values[values.size() - std::clamp<std::size_t>(static_cast<std::size_t>(m), 1, values.size())];
}

double interpolated(const ThresholdCase& of) {
  if (of.scores.empty()) return kInfinity;
  Row ordered = of.scores;
  std::sort(ordered.begin(), ordered.end());
  const double at = (1 - of.rate) * static_cast<double>(ordered.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, ordered.size() - 1);
  return ordered[below] + (at - static_cast<double>(below)) * (ordered[above] - ordered[below]);
}

std::vector<KnownMistake<ThresholdCase, double>> threshold_mistakes() {
  const auto whole = [](const ThresholdCase& of) { return std::floor(places_of(of) + 1e-9); };
  const auto count = [](const ThresholdCase& of) { return static_cast<double>(of.scores.size()); };
  const std::string places = "there are n scores and one to come: in how many places can it land?",
                    rounding = "what is 0.29 * 100 in a double?";
  return {{[=](const ThresholdCase& of) { return largest(of.scores, std::floor(of.rate * count(of) + 1e-9)); },
           "m is made of n and not of n + 1", places},
          {[](const ThresholdCase& of) { return largest(of.scores, std::floor(places_of(of))); },
           "a product that falls short of a whole number by rounding costs a whole place", rounding},
          {[](const ThresholdCase& of) { return largest(of.scores, std::ceil(places_of(of) - 1e-9)); },
           "m is rounded up", "may more than the share that was promised be called new?"},
          {[](const ThresholdCase& of) { return largest(of.scores, std::round(places_of(of))); },
           "m is rounded to the nearest whole number", "may more than the share that was promised be called new?"},
          {[=](const ThresholdCase& of) { return largest(of.scores, whole(of) + 1); },
           "the score below the m-th largest is taken", "for m = 1, which score is it?"},
          {[=](const ThresholdCase& of) {
             return whole(of) < 1 ? kInfinity : whole(of) < 2 ? kInfinity : largest(of.scores, whole(of) - 1);
           },
           "the score above the m-th largest is taken", "for m = 1, which score is it?"},
          {[=](const ThresholdCase& of) { return largest(of.scores, whole(of), false); }, "the scores are not sorted",
           "in which order do they come?"},
          {[=](const ThresholdCase& of) {
             Row reversed = of.scores;
             for (double& score : reversed) score = -score;
             const double answer = largest(reversed, whole(of));
             return std::isinf(answer) ? kInfinity : -answer;
           },
           "the m-th smallest is taken", "which end of the order is new?"},
          {[=](const ThresholdCase& of) { return largest(of.scores, std::max(1.0, whole(of))); },
           "where no place is left the largest score is taken", "can a rate that low be promised with so few scores?"},
          {[](const ThresholdCase& of) {
             const std::set<double> distinct(of.scores.begin(), of.scores.end());
             const double m = std::floor(places_of(of) + 1e-9);
             return largest(Row(distinct.begin(), distinct.end()), m);
           },
           "equal scores are counted once", "are two situations one because their scores are equal?"},
          {interpolated, "the threshold lies between two scores, at a share of the sorted list", places},
          {[](const ThresholdCase& of) {
             if (of.scores.empty()) return kInfinity;
             double mean = 0, squares = 0;
             for (const double score : of.scores) mean += score / static_cast<double>(of.scores.size());
             for (const double score : of.scores) squares += (score - mean) * (score - mean);
             return mean + 2 * std::sqrt(squares / static_cast<double>(of.scores.size()));
           },
           "it is the mean plus two standard deviations", "are the scores Gaussian? Does anybody promise that?"}};
}

ThresholdCase any_scores() {
  const int count = 1 + draws().below(60);
  ThresholdCase made{{}, std::vector<double>{0.05, 0.1, 0.2, 0.25, 0.5, 0.07, 0.29}[place(draws().below(7))], ""};
  if (draws().chance(0.2)) made.rate = draws().uniform(0.02, 0.98);
  const double unit = std::vector<double>{1, 1e-10, 0.3}[place(draws().below(3))];
  const bool is_whole = draws().chance(0.3);
  for (int n = 0; n < count; ++n)
    made.scores.push_back(is_whole ? draws().below(6) : unit * std::exp(draws().normal()));
  return made;
}

Row shuffled(int count) {
  Row scores;
  for (const int score : draws().permutation(count)) scores.push_back(score + 1);
  return scores;
}

}  // namespace

// novelty-threshold

TEST(NoveltyThreshold, PromisesTheRateToTheNextOrdinarySituation) {
  std::vector<ThresholdCase> cases{
      {shuffled(19), 0.05, "0.05 * 20 = 1: one place of 20, so the largest score, 19"},
      {shuffled(99), 0.05, "0.05 * 100 = 5: the fifth largest of 1 ... 99 is 95"},
      {shuffled(18), 0.05, "0.05 * 19 = 0.95, rounded down 0: with 18 scores nobody can promise 5 %"},
      {shuffled(25), 0.1, "0.1 * 26 = 2.6, rounded down 2: the second largest of 1 ... 25 is 24"},
      {{4}, 0.5, "0.5 * 2 = 1: the next one is larger than the one there is in half of all cases"},
      {shuffled(99), 0.29, "0.29 * 100 is 29 but for rounding: the 29th largest of 1 ... 99 is 71"},
      {shuffled(99), 0.07, "0.07 * 100 is 7 but for rounding: the seventh largest of 1 ... 99 is 93"},
      {{2, 5, 5, 1, 5, 3, 2, 2, 4}, 0.2, "0.2 * 10 = 2: of the three 5s the second"}};
  const auto mistakes = threshold_mistakes();
  for (const ThresholdCase& more : telling_cases(any_scores, right_threshold, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases, [](const ThresholdCase& of) { return student::novelty_threshold(of.scores, of.rate); }, right_threshold,
      mistakes);
}

TEST(NoveltyThreshold, IsInfiniteWithoutScores) {
  EXPECT_ANSWER(student::novelty_threshold({}, 0.5), kInfinity).because("without scores nothing can be promised");
}
