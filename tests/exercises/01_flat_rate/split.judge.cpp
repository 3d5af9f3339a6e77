#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

using flat_rate::Split;
using namespace flat_rate::judging;
using namespace handbuilt::grader;

STUDENT(flat_rate, split, rows, validation_rows, test_rows, seed);

namespace {

using Rows = std::vector<int>;

/// A seed from anywhere in its range: small neighbouring ones are alike to some good generators.
std::uint64_t any_seed() { return draws().bits() >> 32; }

struct Deal {
  int rows, validation, test;
  std::uint64_t seed = any_seed();

  [[nodiscard]] int train() const { return rows - validation - test; }
};

Split dealt(const Deal& deal) { return student::split(deal.rows, deal.validation, deal.test, deal.seed); }

Rows sizes_of(const Split& split) {
  Rows sizes;
  for (const Rows* part : {&split.train, &split.validation, &split.test})
    sizes.push_back(static_cast<int>(part->size()));
  return sizes;
}

Rows all_rows(const Split& split) {
  Rows rows = split.train;
  rows.insert(rows.end(), split.validation.begin(), split.validation.end());
  rows.insert(rows.end(), split.test.begin(), split.test.end());
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::set<int> set_of(const Rows& rows) { return {rows.begin(), rows.end()}; }

bool is_first_or_last(const Rows& part, int rows) {
  const std::set<int> distinct = set_of(part);
  return !distinct.empty() && *distinct.rbegin() - *distinct.begin() + 1 == static_cast<int>(distinct.size()) &&
         (*distinct.begin() == 0 || *distinct.rbegin() == rows - 1);
}

std::vector<KnownMistake<Deal, Rows>> size_mistakes() {
  return {
      {[](const Deal& d) {
         return Rows{d.train(), d.test, d.validation};
       },
       "validation and test are exchanged", "which count is which part's?"},
      {[](const Deal& d) {
         return Rows{d.validation, d.train(), d.test};
       },
       "training and validation are exchanged", "the fields stand in the order train, validation, test"},
      {[](const Deal& d) {
         return Rows{d.test, d.validation, d.train()};
       },
       "training and test are exchanged", "the fields stand in the order train, validation, test"},
      {[](const Deal& d) {
         return Rows{d.validation, d.test, d.train()};
       },
       "the parts are in another order", "the fields stand in the order train, validation, test"},
      {[](const Deal& d) {
         return Rows{d.test, d.train(), d.validation};
       },
       "the parts are in another order", "the fields stand in the order train, validation, test"},
      {[](const Deal& d) {
         return Rows{d.rows, d.validation, d.test};
       },
       "the training part holds all rows", "which rows may it not see?"},
      {[](const Deal& d) {
         return Rows{d.rows - d.test, d.validation, d.test};
       },
       "the validation rows are in the training part, too", "which rows may it not see?"},
      {[](const Deal& d) {
         return Rows{d.rows - d.validation, d.validation, d.test};
       },
       "the test rows are in the training part, too", "which rows may it not see?"},
  };
}

constexpr int kSplits = 6000, kRows = 12, kPart = 3;

/// Whether a count that is expected `share` of kSplits times is one that hardly ever comes by chance: six standard
/// deviations off.
bool is_far(int count, double share) {
  const double expected = kSplits * share;
  return std::abs(count - expected) > 6 * std::sqrt(expected * (1 - share));
}

/// How often each row was in a part, and how often each two rows were in one or in two parts.
struct Counts {
  Rows in_part = Rows(kRows, 0);
  Rows together = Rows(place(kRows * kRows), 0);

  void add(const Rows& part, const Rows& other) {
    for (const int row : part) {
      ++in_part[place(row)];
      for (const int second : other)
        if (second != row) ++together[place(row * kRows + second)];
    }
  }
  [[nodiscard]] bool is_fair() const {
    const double share = static_cast<double>(kPart) / kRows;
    return std::none_of(in_part.begin(), in_part.end(), [&](int count) { return is_far(count, share); });
  }
  /// The two rows that were together most unusually often or seldom, if that is no chance.
  [[nodiscard]] std::pair<int, int> odd_pair(double share) const {
    std::pair<int, int> found{-1, -1};
    double farthest = 0;
    for (int row = 0; row < kRows; ++row)
      for (int second = 0; second < kRows; ++second) {
        const int count = together[place(row * kRows + second)];
        const double distance = std::abs(count - kSplits * share);
        if (second == row || !is_far(count, share) || distance <= farthest) continue;
        farthest = distance;
        found = {row, second};
      }
    return found;
  }
  [[nodiscard]] int of(const std::pair<int, int>& pair) const {
    return together[place(pair.first * kRows + pair.second)];
  }
};

void expect_fair(const Counts& counts, const char* part) {
  EXPECT_PROPERTY(counts.is_fair(),
                  std::string("over 6000 seeds each of 12 rows is about equally often among the 3 of the ") + part)
      .shows(std::string("times in the ") + part, counts.in_part)
      .because("rows often stand in an order: by site, by year. What is cut off the end is not like the rest")
      .help("are all rows shuffled before they are cut, and does the shuffle treat every place alike?");
}

void expect_independent(const Counts& counts, double share, const std::string& where) {
  const auto pair = counts.odd_pair(share);
  if (pair.first < 0) return;
  EXPECT_PROPERTY(false, "over 6000 seeds any two rows are about equally often " + where)
      .shows("row", pair.first)
      .shows("and row", pair.second)
      .shows("times", counts.of(pair))
      .shows("expected about", static_cast<int>(kSplits * share))
      .because("neighbours are often alike. Rows that stay together, or in step, are dealt in one piece")
      .help("is every row drawn anew, or is the whole order only moved along?");
}

}  // namespace

TEST(Split, GivesEachPartItsNumberOfRows) {
  const std::vector<Deal> cases{{20, 3, 5}, {10, 0, 4}, {6, 2, 0}, {9, 4, 5}, {1, 0, 0}, {50, 11, 7}};
  expect_answers(
      cases, [](const Deal& deal) { return sizes_of(dealt(deal)); },
      [](const Deal& deal) {
        return Rows{deal.train(), deal.validation, deal.test};
      },
      size_mistakes());
}

TEST(Split, PutsEveryRowIntoExactlyOnePart) {
  for (const Deal& deal : {Deal{draws().below(60) + 40, 10, 15}, Deal{7, 2, 2}, Deal{30, 0, 12}}) {
    const Split split = dealt(deal);
    const Rows rows = all_rows(split);
    EXPECT_PROPERTY(rows.empty() || (rows.front() >= 0 && rows.back() < deal.rows), "row numbers go from 0 to rows - 1")
        .shows("split", split)
        .help("does yours count from 1?");
    EXPECT_PROPERTY(std::adjacent_find(rows.begin(), rows.end()) == rows.end(),
                    "no row is in two parts, or twice in one")
        .shows("split", split)
        .because("a row that is in training and in the test is an exam question that was handed out before")
        .help("draw the order once, then cut it: does each part start where the one before ended?");
    Rows expected(place(deal.rows));
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_PROPERTY(rows == expected, "every row is in one of the parts")
        .shows("split", split)
        .help("which rows go where when the two counts have been taken?");
  }
}

TEST(Split, GivesTheSameForTheSameSeed) {
  const Deal deal{50, 10, 10};
  const Split once = dealt(deal), again = dealt(deal);
  EXPECT_PROPERTY(again.train == once.train && again.validation == once.validation && again.test == once.test,
                  "the same seed gives the same split")
      .shows("test, the first time", once.test)
      .shows("test, the second time", again.test)
      .because("otherwise nobody can repeat what you measured")
      .help("which random numbers do you use besides those of the seed, and does anything live on between calls?");
}

TEST(Split, ChangesWithTheSeed) {
  constexpr int kTimes = 6, kMany = 60;
  std::set<std::set<int>> tests, validations;
  Split split;
  for (int time = 0; time < kTimes; ++time) {
    split = dealt({kMany, 15, 15});
    tests.insert(set_of(split.test));
    validations.insert(set_of(split.validation));
  }
  const std::string why =
      "rows often stand in an order: by site, by year. What is cut off the end is not like the rest";
  if (tests.size() == 1 && validations.size() == 1) {
    EXPECT_PROPERTY(false, "another seed gives another split")
        .shows("the split with each of six seeds", split)
        .help(is_first_or_last(split.test, kMany) || is_first_or_last(split.validation, kMany)
                  ? "the rows are dealt in the order in which they stand: what shuffles them?"
                  : "where does your generator get its seed?");
    return;
  }
  const auto expect_moving = [&](const std::set<std::set<int>>& seen, const Rows& rows, const std::string& part) {
    EXPECT_PROPERTY(seen.size() > 1, "another seed gives other rows for the " + part)
        .shows("the " + part + " with each of six seeds", rows)
        .because(why)
        .help("are all rows shuffled, and before anything is cut off?");
  };
  expect_moving(tests, split.test, "test");
  expect_moving(validations, split.validation, "validation");
}

TEST(Split, DealsEveryRowAlikeAndByItself) {
  std::vector<std::tuple<int, int, int, std::uint64_t>> calls;
  for (int call = 0; call < kSplits; ++call) calls.emplace_back(kRows, kPart, kPart, any_seed());
  Counts test, validation, across;
  for (const Split& split : student::split.batch(calls)) {
    const Rows rows = all_rows(split);
    if (rows.empty() || rows.front() < 0 || rows.back() >= kRows || split.test.size() != kPart ||
        split.validation.size() != kPart)
      return;  // said above
    test.add(split.test, split.test);
    validation.add(split.validation, split.validation);
    across.add(split.test, split.validation);
  }
  expect_fair(test, "test");
  expect_fair(validation, "validation");
  const double pairs = kRows * (kRows - 1);
  expect_independent(test, kPart * (kPart - 1) / pairs, "both in the test");
  expect_independent(validation, kPart * (kPart - 1) / pairs, "both in the validation");
  expect_independent(across, kPart * kPart / pairs, "one in the test and one in the validation");
}
