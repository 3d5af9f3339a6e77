#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

using namespace flat_rate::judging;
using namespace handbuilt::grader;

STUDENT(flat_rate, group_means, group, values, groups);
STUDENT(flat_rate, mean_of_the_others, group, values);

namespace {

struct Plots {
  std::vector<int> group;
  Column values;
  int groups = 0;
  std::string because{};

  [[nodiscard]] int rows() const { return static_cast<int>(values.size()); }
  /// The values of one group.
  [[nodiscard]] Column of(int which) const {
    Column found;
    for (int row = 0; row < rows(); ++row)
      if (group[place(row)] == which) found.push_back(values[place(row)]);
    return found;
  }
  /// The values of the rows after or before `row`, or both, in its group or in all.
  [[nodiscard]] Column others(int row, bool in_group, bool before = true, bool after = true) const {
    Column found;
    for (int other = 0; other < rows(); ++other) {
      const bool is_wanted = other < row ? before : other > row && after;
      if (is_wanted && (!in_group || group[place(other)] == group[place(row)])) found.push_back(values[place(other)]);
    }
    return found;
  }
};

std::optional<double> mean_if_any(const Column& values) {
  if (values.empty()) return std::nullopt;
  return mean_of(values);
}

// What a group with rows gets, and one without.

struct GroupWay {
  std::function<double(const Plots&, const Column& members)> mean;
  std::string what{}, help{};
};

struct EmptyWay {
  std::function<double(const Plots&, const Column& means_of_the_others)> mean;
  std::string what{}, help{};
};

std::vector<GroupWay> group_ways() {
  const std::string count = "how many rows has each group?";
  return {
      {[](const Plots&, const Column& members) { return mean_of(members); }},
      {[](const Plots&, const Column& members) { return sum_of(members); }, "these are the sums", count},
      {[](const Plots& plots, const Column& members) { return sum_of(members) / plots.rows(); },
       "the sums are divided by all rows", count},
      {[](const Plots& plots, const Column& members) { return sum_of(members) / plots.groups; },
       "the sums are divided by the number of groups", count},
      {[](const Plots& plots, const Column&) { return mean_of(plots.values); }, "every group gets the mean of all",
       "which rows belong to group 0?"},
      {[](const Plots&, const Column& members) { return members.back(); }, "only the last row of each group counts",
       "= or +=?"},
      {[](const Plots&, const Column& members) { return members.front(); }, "only the first row of each group counts",
       "which rows belong to group 0?"},
      {[](const Plots&, const Column& members) { return members.back() / count_of(members); },
       "only the last row of each group is in its sum", "= or +=?"},
      {[](const Plots&, const Column& members) { return sum_of(members) / (count_of(members) + 1); },
       "a group's count is one too large", "with which number does the count begin?"},
      {[](const Plots&, const Column& members) { return std::trunc(mean_of(members)); },
       "the means lose their fractions", "which of your numbers is of a type without fractions?"},
      {[](const Plots&, const Column& members) { return mean_of(whole(members)); }, "the values lose their fractions",
       "which of your numbers is of a type without fractions?"},
      {[](const Plots&, const Column& members) { return std::trunc(mean_of(whole(members))); },
       "the values lose their fractions", "which of your numbers is of a type without fractions?"},
      {[](const Plots& plots, const Column& members) {
         return sum_of(members) == 0 ? mean_of(plots.values) : mean_of(members);
       },
       "a group is taken for empty because its sum is 0", "what says whether a group has rows: their sum?"},
  };
}

std::vector<EmptyWay> empty_ways() {
  const std::string once = "each row counts once in the mean of all";
  const std::string guess = "which is the better guess about a field that you know nothing about?";
  return {
      {[](const Plots& plots, const Column&) { return mean_of(plots.values); }},
      {[](const Plots&, const Column&) { return 0.0; }, "a group without rows gets 0", guess},
      {[](const Plots&, const Column&) { return -1.0; }, "a group without rows gets -1", guess},
      {[](const Plots&, const Column&) { return kNan; }, "a group without rows gets 0 / 0",
       "how many rows has it, and what do you know that is not about it?"},
      {[](const Plots&, const Column& means) { return mean_of(means); },
       "a group without rows gets the mean of the other groups' means", once},
      {[](const Plots& plots, const Column& means) { return sum_of(means) / plots.groups; },
       "a group without rows gets the mean over all groups, itself included", once},
      {[](const Plots& plots, const Column&) { return sum_of(plots.values) / plots.groups; },
       "a group without rows gets the sum of all divided by the number of groups", once},
      {[](const Plots& plots, const Column& means) { return sum_of(plots.values) / count_of(means); },
       "a group without rows gets the sum of all divided by the number of groups", once},
      {[](const Plots& plots, const Column&) { return std::trunc(mean_of(plots.values)); },
       "the mean of all loses its fraction", "which of your numbers is of a type without fractions?"},
      {[](const Plots& plots, const Column&) { return std::trunc(mean_of(whole(plots.values))); },
       "the mean of all loses its fraction", "which of your numbers is of a type without fractions?"},
      {[](const Plots& plots, const Column&) { return mean_of(whole(plots.values)); },
       "the mean of all loses its fraction", "which of your numbers is of a type without fractions?"},
      {[](const Plots& plots, const Column&) { return sum_of(plots.values); },
       "a group without rows gets the sum of all", "how many rows are there in all?"},
  };
}

Column means_by(const Plots& plots, const GroupWay& way, const EmptyWay& of_an_empty_one) {
  Column of_others, means;
  for (int g = 0; g < plots.groups; ++g)
    if (const Column members = plots.of(g); !members.empty()) of_others.push_back(way.mean(plots, members));
  for (int g = 0; g < plots.groups; ++g) {
    const Column members = plots.of(g);
    means.push_back(members.empty() ? of_an_empty_one.mean(plots, of_others) : way.mean(plots, members));
  }
  return means;
}

Column means_of_groups(const Plots& plots) { return means_by(plots, group_ways()[0], empty_ways()[0]); }

std::vector<KnownMistake<Plots, Column>> group_mistakes() {
  std::vector<KnownMistake<Plots, Column>> known{
      {[](const Plots& plots) {
         Column means = means_of_groups(plots);
         means.resize(place(*std::max_element(plots.group.begin(), plots.group.end()) + 1));
         return means;
       },
       "there are only as many means as the largest group number says", "how many means were asked for?"},
      {[](const Plots& plots) {
         Column means;
         for (int g = 0; g < plots.groups; ++g)
           if (const Column members = plots.of(g); !members.empty()) means.push_back(mean_of(members));
         return means;
       },
       "groups without rows are left out", "how many means were asked for?"},
      {[](const Plots& plots) {
         Column means = means_of_groups(plots);
         means.pop_back();
         return means;
       },
       "the last group is missing", "how many means were asked for?"}};
  for (const GroupWay& way : group_ways())
    for (const EmptyWay& empty : empty_ways())
      if (!way.what.empty() || !empty.what.empty())
        known.push_back({[way, empty](const Plots& plots) { return means_by(plots, way, empty); },
                         both(way.what, empty.what), way.help.empty() ? empty.help : way.help});
  return known;
}

/// Rows of some of the groups; `empty` of them have none, and one has values that add up to 0.
Plots plots_with_gaps(int groups, int rows, int empty) {
  const std::vector<int> names = draws().permutation(groups);
  Plots plots{class_labels(rows, groups - empty), yields(rows), groups};
  for (int g = 0; g < groups - empty; ++g) plots.group[place(g)] = g;
  for (int& g : plots.group) g = names[place(g)];
  plots.group.insert(plots.group.end(), 2, names[place(groups - empty)]);
  plots.values.insert(plots.values.end(), {-4.5, 4.5});
  return plots;
}

// What a row's neighbours say, and what is said of a row without neighbours.

struct NeighbourWay {
  std::function<std::optional<double>(const Plots&, int row)> mean;  ///< nothing: as if it were alone
  std::string what{}, help{};
};

struct LonelyWay {
  std::function<double(const Plots&, int row)> mean;
  std::string what{}, help{};
};

std::vector<NeighbourWay> neighbour_ways() {
  const auto others = [](const Plots& plots, int row) { return plots.others(row, true); };
  const auto own = [](const Plots& plots, int row) { return plots.values[place(row)]; };
  const auto group_of = [](const Plots& plots, int row) { return plots.of(plots.group[place(row)]); };
  const std::string rest = "take it out of the sum, and out of the count", how_many = "how many others are there?";
  return {
      {[=](const Plots& plots, int row) { return mean_if_any(others(plots, row)); }},
      {[=](const Plots& plots, int row) { return mean_if_any(group_of(plots, row)); },
       "a row's own value has a part in its own answer", rest},
      {[=](const Plots& plots, int row) { return sum_of(others(plots, row)) / count_of(group_of(plots, row)); },
       "the row is out of the sum and still in the count", how_many},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return sum_of(others(plots, row)) / count_of(group_of(plots, row));
       },
       "the row is out of the sum and still in the count", how_many},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return sum_of(group_of(plots, row)) / count_of(others(plots, row));
       },
       "the row is out of the count and still in the sum", "whose value must not be in the sum?"},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return mean_of(group_of(plots, row));
       },
       "a row's own value has a part in its own answer", rest},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return mean_of(group_of(plots, row)) - own(plots, row);
       },
       "the row's value is taken from the mean, not from the sum", rest},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return sum_of(others(plots, row));
       },
       "these are sums", how_many},
      {[](const Plots& plots, int row) { return mean_if_any(plots.others(row, false)); },
       "all other rows count, whatever their group", "which rows are the row's neighbours?"},
      {[](const Plots& plots, int row) { return mean_if_any(plots.others(row, true, true, false)); },
       "only the rows before a row count, not those after it", "does it matter in which order the plots stand?"},
      {[](const Plots& plots, int row) { return mean_if_any(plots.others(row, true, false, true)); },
       "only the rows after a row count, not those before it", "does it matter in which order the plots stand?"},
      {[=](const Plots& plots, int row) {
         Column found;
         for (const double value : group_of(plots, row))
           if (value != own(plots, row)) found.push_back(value);
         return mean_if_any(found);
       },
       "neighbours with the same value are left out", "is a row known by its value or by its place?"},
      {[=](const Plots& plots, int row) -> std::optional<double> {
         if (others(plots, row).empty()) return std::nullopt;
         return std::trunc(mean_of(others(plots, row)));
       },
       "the means lose their fractions", "which of your numbers is of a type without fractions?"},
  };
}

std::vector<LonelyWay> lonely_ways() {
  const auto rest = [](const Plots& plots, int row) { return plots.others(row, false); };
  const std::string next_best = "what is the next best thing that is known?";
  return {
      {[=](const Plots& plots, int row) { return mean_of(rest(plots, row)); }},
      {[](const Plots& plots, int) { return mean_of(plots.values); },
       "a lonely row's own value leaks in through the mean of all", "the mean of all what?"},
      {[](const Plots& plots, int row) { return plots.values[place(row)]; }, "a lonely row gets its own value",
       "may it know the answer?"},
      {[](const Plots&, int) { return 0.0; }, "a lonely row gets 0", next_best},
      {[](const Plots&, int) { return kNan; }, "a lonely row gets 0 / 0", "how many others has it in its group?"},
      {[=](const Plots& plots, int row) { return sum_of(rest(plots, row)) / plots.rows(); },
       "a lonely row is out of the sum of all and still in the count", "how many others are there in all?"},
      {[=](const Plots& plots, int) { return sum_of(plots.values) / (plots.rows() - 1); },
       "a lonely row is out of the count of all and still in the sum", "whose value must not be in the sum?"},
      {[=](const Plots& plots, int row) { return sum_of(rest(plots, row)); }, "a lonely row gets the sum of all others",
       "how many others are there in all?"},
      {[](const Plots& plots, int row) {
         Column means;
         const int largest = *std::max_element(plots.group.begin(), plots.group.end());
         for (int g = 0; g <= largest; ++g)
           if (const Column found = plots.of(g); g != plots.group[place(row)] && !found.empty())
             means.push_back(mean_of(found));
         return mean_of(means);
       },
       "a lonely row gets the mean of the other groups' means", "each row counts once in the mean of all others"},
  };
}

Column others_by(const Plots& plots, const NeighbourWay& way, const LonelyWay& alone) {
  Column means;
  for (int row = 0; row < plots.rows(); ++row) {
    const std::optional<double> mean = way.mean(plots, row);
    means.push_back(mean ? *mean : alone.mean(plots, row));
  }
  return means;
}

Column means_of_others(const Plots& plots) { return others_by(plots, neighbour_ways()[0], lonely_ways()[0]); }

std::vector<KnownMistake<Plots, Column>> neighbour_mistakes() {
  std::vector<KnownMistake<Plots, Column>> known{
      {[](const Plots& plots) {
         const int groups = *std::max_element(plots.group.begin(), plots.group.end()) + 1;
         return means_by({plots.group, plots.values, groups}, group_ways()[0], empty_ways()[0]);
       },
       "there is one answer for each group, not one for each row", "how many answers were asked for?"}};
  for (const NeighbourWay& way : neighbour_ways())
    for (const LonelyWay& alone : lonely_ways())
      if (!way.what.empty() || !alone.what.empty())
        known.push_back({[way, alone](const Plots& plots) { return others_by(plots, way, alone); },
                         both(way.what, alone.what), way.help.empty() ? alone.help : way.help});
  return known;
}

Column ask_for_groups(const Plots& plots) { return student::group_means(plots.group, plots.values, plots.groups); }
Column ask_for_others(const Plots& plots) { return student::mean_of_the_others(plots.group, plots.values); }

}  // namespace

// group-means

TEST(GroupMeans, OfAnyGroups) {
  std::vector<Plots> cases{
      {{0, 1, 0, 1, 1}, {20, 40, 30, 50, 60}, 2, "group 0 has 20 and 30, group 1 has 40, 50 and 60"},
      {{0, 0, 0, 2, 2},
       {10, 20, 30, 50, 101},
       4,
       "of groups 1 and 3 nothing is known but what is known of all: the flat rate"},
      {{0, 1, 1, 0}, {3, 8, 6, -3}, 2, "group 0 has two rows, 3 and -3: their mean is 0"}};
  cases.push_back(plots_with_gaps(6, 40, 1));
  cases.push_back(plots_with_gaps(9, 12, 4));
  cases.push_back(plots_with_gaps(5, 9, 2));
  expect_answers(cases, ask_for_groups, means_of_groups, group_mistakes());
}

TEST(GroupMeans, AreTheSameWhenAskedAgain) {
  const std::vector<int> group{0, 1, 1};
  const Column values{8, 2, 4};
  (void)student::group_means(group, values, 2);
  EXPECT_ANSWER(student::group_means(group, values, 2), (Column{8, 3}))
      .because("a function without a memory gives the same answer to the same question");
}

// mean-of-the-others

TEST(MeanOfTheOthers, OfAnyGroups) {
  std::vector<Plots> cases{
      {{0, 0, 0, 1, 1}, {10, 20, 60, 5, 7}, 2, "the others of the first row, in its group, are 20 and 60"},
      {{0, 0, 1}, {10, 20, 90}, 2, "row 2 has no neighbour; the others are 10 and 20"},
      {{0, 0, 0}, {5, 5, 8}, 1, "two plots may give the same, and they are two plots"},
      {{3, 0}, {4, 9}, 4, "neither row has a neighbour: each gets what the only other one gave"}};
  for (int repeat = 0; repeat < 3; ++repeat) {
    Plots plots = plots_with_gaps(6, 18, 3);
    plots.group.push_back(*std::max_element(plots.group.begin(), plots.group.end()) + 2);  // a lonely row
    plots.values.push_back(yields(1)[0]);
    cases.push_back(plots);
  }
  expect_answers(cases, ask_for_others, means_of_others, neighbour_mistakes());
}

TEST(MeanOfTheOthers, DoesNotMoveWithTheRowItself) {
  const std::vector<int> group{0, 1, 0, 1, 0, 2};
  const Column values = yields(6);
  const Column before = student::mean_of_the_others(group, values);
  for (const int row : {0, 3, 5}) {
    Column changed = values;
    changed[place(row)] += 64;
    const Column after = student::mean_of_the_others(group, changed);
    if (before.size() != values.size() || after.size() != values.size()) continue;  // said by the test above
    EXPECT_PROPERTY(std::abs(after[place(row)] - before[place(row)]) < 1e-9,
                    "a row's answer stays when only its own value changes")
        .shows("row", row)
        .shows("before", before)
        .shows("after", after)
        .because("what is to be predicted must not stand in what predicts it: that is leakage");
  }
}

TEST(MeanOfTheOthers, TakesAnyGroupNumbers) {
  const Column answer = explaining_a_crash("group numbers are taken for places in a list that is too short",
                                           "how large may a group's number be?", [] {
                                             return student::mean_of_the_others({300000, 2, 300000, 2}, {1, 10, 3, 30});
                                           });
  EXPECT_ANSWER(answer, (Column{3, 30, 1, 10})).because("a group's number is only a name: there may be gaps");
}
