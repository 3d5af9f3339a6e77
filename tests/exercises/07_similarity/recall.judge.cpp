#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "grader/judge/judge.hpp"
#include "rows.hpp"
#include "tasks.hpp"

using namespace rows;
using namespace handbuilt::grader;
using similarity::Memory;
using similarity::Recalled;

STUDENT(similarity, recall, memory, situation, actions, width, familiar_distance);

namespace {

struct RecallCase {
  Memory memory;
  Row situation;
  int actions = 2;
  double width = 1, familiar_distance = 3;
  std::string because;
};

/// How memories are weighed and the best action is chosen. By default as it should be.
struct Recalling {
  enum class Weight { kGaussian, kEqual, kNoHalf, kUnsquared, kNoWidth, kWidthOnce, kInverse, kNearestOnly };
  enum class Limit { kWithin, kStrictly, kNone, kOfSquares, kOfWidth };
  enum class Division { kWeights, kNothing, kCount, kAllWeights };
  enum class Best { kLargest, kUpper, kAboveNothing, kFirstIfNone, kSmallest, kFromOne };
  Weight weight = Weight::kGaussian;
  Limit limit = Limit::kWithin;
  Division division = Division::kWeights;
  Best best = Best::kLargest;
  bool unknown_is_zero = false, unknown_zero_competes = false, forgets_actions = false, skips_last = false;
  bool nothing_if_any_unknown = false;
};

double weight_of(double distance, double width, Recalling::Weight weight) {
  using Weight = Recalling::Weight;
  const double ratio = distance / width;
  switch (weight) {
    case Weight::kEqual:
    case Weight::kNearestOnly:
      return 1;
    case Weight::kNoHalf:
      return std::exp(-ratio * ratio);
    case Weight::kUnsquared:
      return std::exp(-ratio);
    case Weight::kNoWidth:
      return std::exp(-distance * distance / 2);
    case Weight::kWidthOnce:
      return std::exp(-distance * distance / width / 2);
    case Weight::kInverse:
      return 1 / (1e-12 + distance);
    default:
      return std::exp(-ratio * ratio / 2);
  }
}

bool is_familiar(double distance, const RecallCase& of, Recalling::Limit limit) {
  using Limit = Recalling::Limit;
  const double hair = 1e-12 * of.familiar_distance;  // on the border is on the border, whatever rounding says
  switch (limit) {
    case Limit::kStrictly:
      return distance < of.familiar_distance - hair;
    case Limit::kNone:
      return true;
    case Limit::kOfSquares:
      return distance * distance <= of.familiar_distance;
    case Limit::kOfWidth:
      return distance <= of.width;
    default:
      return distance <= of.familiar_distance + hair;
  }
}

int best_of(const Row& gains, Recalling::Best how) {
  using Best = Recalling::Best;
  int best = -1;
  for (int a = 0; a < std::ssize(gains); ++a) {
    const double gain = gains[place(a)];
    if (std::isnan(gain) || (how == Best::kAboveNothing && gain <= 0)) continue;
    const double most = best < 0 ? -kInfinity : gains[place(best)];
    const bool is_better = how == Best::kUpper      ? gain >= most
                           : how == Best::kSmallest ? best < 0 || gain < most
                                                    : gain > most;
    if (is_better) best = a;
  }
  if (how == Best::kFromOne && best >= 0) return best + 1;
  return how == Best::kFirstIfNone ? std::max(best, 0) : best;
}

Recalled recalled(const RecallCase& of, const Recalling& how) {
  Row sums(place(of.actions), 0), weights = sums, counts = sums, nearest(place(of.actions), 1e300);
  double all = 0;
  const int memories = static_cast<int>(of.memory.gains.size()) - (how.skips_last ? 1 : 0);
  for (int n = 0; n < memories; ++n) {
    const double away = distance(row_of(of.memory.situations, n), of.situation);
    if (!is_familiar(away, of, how.limit)) continue;
    for (int action = 0; action < of.actions; ++action) {
      if (!how.forgets_actions && of.memory.actions[place(n)] != action) continue;
      if (how.weight == Recalling::Weight::kNearestOnly) {
        if (away >= nearest[place(action)]) continue;
        nearest[place(action)] = away;
        sums[place(action)] = weights[place(action)] = counts[place(action)] = 0;
      }
      const double weight = weight_of(away, of.width, how.weight);
      sums[place(action)] += weight * of.memory.gains[place(n)];
      weights[place(action)] += weight;
      counts[place(action)] += 1;
      all += weight;
    }
  }
  Recalled answer;
  for (int a = 0; a < of.actions; ++a) {
    const double by = how.division == Recalling::Division::kNothing      ? 1
                      : how.division == Recalling::Division::kCount      ? counts[place(a)]
                      : how.division == Recalling::Division::kAllWeights ? all
                                                                         : weights[place(a)];
    answer.gains.push_back(counts[place(a)] > 0 ? sums[place(a)] / by : kNan);
  }
  Row competing = answer.gains;
  for (int a = 0; a < of.actions; ++a)
    if (counts[place(a)] == 0) {
      if (how.unknown_zero_competes) competing[place(a)] = 0;
      if (how.unknown_is_zero) answer.gains[place(a)] = 0;
    }
  answer.best = best_of(competing, how.best);
  if (how.nothing_if_any_unknown && *std::min_element(counts.begin(), counts.end()) == 0) answer.best = -1;
  return answer;
}

Recalled right_recall(const RecallCase& of) { return recalled(of, {}); }

std::vector<KnownMistake<RecallCase, Recalled>> recall_mistakes() {
  using R = Recalling;
  const auto by = [](Recalling how) { return [how](const RecallCase& of) { return recalled(of, how); }; };
  const std::string weigh = "what is the weight of a memory at a distance of exactly one width? It should be 0.607",
                    divide = "a mean of equal gains is that gain, whatever the weights: is yours?",
                    losses = "all that is remembered may be losses: which is the best of them?",
                    none = "what do you say when no action is remembered?";
  return {
      {by({.weight = R::Weight::kEqual}), "every familiar memory counts the same", "which ones should count more?"},
      {by({.weight = R::Weight::kNearestOnly}), "only the nearest memory of each action speaks",
       "may one memory be luck?"},
      {by({.weight = R::Weight::kNoHalf}), "the half in the exponent is missing", weigh},
      {by({.weight = R::Weight::kUnsquared}), "the distance is not squared in the exponent", weigh},
      {by({.weight = R::Weight::kNoWidth}), "the width is missing in the exponent", weigh},
      {by({.weight = R::Weight::kWidthOnce}), "the width is not squared in the exponent", weigh},
      {by({.weight = R::Weight::kInverse}), "the weight is one over the distance", weigh},
      {by({.limit = R::Limit::kStrictly}), "a memory at exactly the familiar distance is left out",
       "is the border within?"},
      {by({.limit = R::Limit::kNone}), "memories beyond the familiar distance speak, too",
       "what would you know of a situation that is unlike all others?"},
      {by({.limit = R::Limit::kOfSquares}), "the squared distance is compared with the familiar distance",
       "a root is missing: what is 2 squared, and is 2 within 3?"},
      {by({.limit = R::Limit::kOfWidth}), "memories beyond one width say nothing", "how far away may a memory speak?"},
      {by({.division = R::Division::kNothing}), "the weighted gains are not divided by anything", divide},
      {by({.division = R::Division::kCount}), "the weighted gains are divided by the number of memories", divide},
      {by({.division = R::Division::kAllWeights}), "the gains are divided by the weights of all actions together",
       divide},
      {by({.best = R::Best::kUpper}), "of equally good actions the higher one is taken", "which one is asked for?"},
      {by({.best = R::Best::kAboveNothing}), "an action that gained nothing or less is never the best", losses},
      {by({.best = R::Best::kFirstIfNone}), "where nothing is remembered action 0 is the best", none},
      {by({.best = R::Best::kSmallest}), "the action with the smallest gain is the best",
       "is more gain better or worse?"},
      {by({.best = R::Best::kFromOne}), "actions are counted from 1", "what is the number of the first action?"},
      {by({.unknown_is_zero = true}), "an action that nothing is known of gets 0",
       "did it gain nothing, or was it never tried?"},
      {by({.unknown_is_zero = true, .unknown_zero_competes = true}), "an action that nothing is known of gets 0",
       "did it gain nothing, or was it never tried?"},
      {by({.best = R::Best::kFirstIfNone, .unknown_is_zero = true, .unknown_zero_competes = true}),
       "an action that nothing is known of gets 0", "did it gain nothing, or was it never tried?"},
      {by({.unknown_zero_competes = true}), "an action that nothing is known of competes with a gain of 0", losses},
      {by({.nothing_if_any_unknown = true}), "one unknown action makes the whole situation strange",
       "something is known of another one: is that nothing?"},
      {by({.forgets_actions = true}), "what was done is forgotten: all actions get the same gain",
       "which memories tell of which action?"},
      {by({.skips_last = true}), "the last memory is never asked", "how many memories are there?"}};
}

/// A handful of memories, some far away; in small units now and then.
RecallCase any_memory() {
  const int count = 3 + draws().below(9), readings = 1 + draws().below(4), actions = 2 + draws().below(3);
  const double unit = std::vector<double>{1, 1e-10, 0.3, 40}[place(draws().below(4))];
  const double gain_unit = draws().chance(0.3) ? 1e-10 : 1, gain_mean = draws().chance(0.3) ? -4 : 0.7;
  RecallCase made{{TensorD({count, readings}), {}, {}}, Row(place(readings)), actions, 0, 0, ""};
  made.width = unit * draws().uniform(0.5, 2);
  made.familiar_distance = made.width * draws().uniform(1.2, 2.5);
  for (double& value : made.situation) value = unit * 2 * draws().normal();
  const bool all_strange = draws().chance(0.1);
  for (int n = 0; n < count; ++n) {
    for (int d = 0; d < readings; ++d)
      made.memory.situations(n, d) =
          made.situation[place(d)] + unit * (1.2 * draws().normal() + (all_strange ? 30 : 0));
    made.memory.actions.push_back(draws().below(actions));
    made.memory.gains.push_back(gain_unit * (gain_mean + draws().normal()));
  }
  return made;
}

}  // namespace

// recall

TEST(Recall, SaysWhatEachActionGainedInSituationsLikeThis) {
  const TensorD line({4, 1}, {0, 1, 2, 9});
  std::vector<RecallCase> cases{
      {{TensorD({2, 1}, {1, -1}), {0, 0}, {2, 6}},
       {0},
       2,
       1,
       3,
       "both are equally far away: (2 + 6) / 2; nothing is known of action 1"},
      {{line, {0, 0, 1, 1}, {10, 2, 5, 100}},
       {0},
       2,
       1,
       3,
       "action 0: (1 * 10 + 0.607 * 2) / 1.607; action 1: the memory at 9 is too far away and 5 remains"},
      {{line, {0, 1, 0, 1}, {-3, -1, -5, -9}}, {1}, 3, 1, 3, "all are losses, and action 1 is the smallest one"},
      {{line, {0, 1, 0, 1}, {1, 2, 3, 4}}, {50}, 2, 1, 3, "nothing is near: never seen anything like it"},
      {{TensorD({2, 2}, {3, 4, 0, 1}), {1, 0}, {7, 5}},
       {0, 0},
       2,
       2,
       5,
       "the first memory is exactly 5 away and still speaks"},
      {{TensorD({2, 1}, {1, 1}), {1, 0}, {4, 4}}, {1}, 2, 1, 1, "both gained 4: the lower action is taken"},
      {{TensorD({3, 1}, {0, 9, 10}), {2, 0, 1}, {0, 1, 8}},
       {0},
       3,
       1,
       10,
       "a memory 10 widths away weighs next to nothing, and it is all that is known of its action"},
      {{TensorD({1, 1}, {0}), {1}, {0}}, {0}, 3, 1, 1, "a gain of 0 is known; those of the others are not"}};
  const auto mistakes = recall_mistakes();
  for (const RecallCase& more : telling_cases(any_memory, right_recall, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases,
      [](const RecallCase& of) {
        return student::recall(of.memory, of.situation, of.actions, of.width, of.familiar_distance);
      },
      right_recall, mistakes);
}
