#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "clustering/dbscan.hpp"
#include "grader/judge/judge.hpp"
#include "reference.hpp"

using namespace handbuilt::grader;
namespace clustering = handbuilt::clustering;

STUDENT(mixtures, density_clusters, rows, radius, min_rows);

namespace {

using Labels = std::vector<int>;

struct Asked {
  TensorD rows;
  double radius = 0;
  int min_rows = 1;
  std::string because;
};

Labels right_labels(const Asked& of) {
  return clustering::dbscan(handbuilt::as_matrix(of.rows), {.radius = of.radius, .min_rows = of.min_rows}).labels;
}

/// How clusters may be grown; by default as they should be.
struct Growing {
  bool counts_itself = true, borders_hand_on = false, includes_radius = true, takes_borders = true,
       borders_begin = false;
  bool is_squared = false;     ///< the squared distance is compared with the radius
  bool is_city_block = false;  ///< distances are sums of differences
  bool first_column = false;   ///< only it counts
  bool reclaims_noise = true;  ///< a row that was looked at and left as noise may still be joined
  bool last_claims = false;    ///< a row at the rim goes to the last cluster that reaches it
  bool one_step = false;       ///< only the neighbours of the first core join
  bool more_than = false;      ///< a core needs more than min_rows
};

Labels grown(const Asked& of, const Growing& how) {
  const int count = of.rows.shape()[0], columns = of.rows.shape()[1];
  const auto near = [&](int a, int b) {
    double sum = 0;
    for (int i = 0; i < (how.first_column ? 1 : columns); ++i) {
      const double away = of.rows(a, i) - of.rows(b, i);
      sum += how.is_city_block ? std::abs(away) : away * away;
    }
    const double distance = how.is_city_block || how.is_squared ? sum : std::sqrt(sum);
    return how.includes_radius ? distance <= of.radius : distance < of.radius;
  };
  std::vector<std::vector<int>> neighbours(place(count));
  for (int a = 0; a < count; ++a)
    for (int b = 0; b < count; ++b)
      if (near(a, b) && (how.counts_itself || a != b)) neighbours[place(a)].push_back(b);
  const auto is_dense = [&](int row) {
    const int size = static_cast<int>(neighbours[place(row)].size());
    return how.more_than ? size > of.min_rows : size >= of.min_rows;
  };
  constexpr int kUnseen = -2;
  Labels labels(place(count), kUnseen);
  int clusters = 0;
  for (int first = 0; first < count; ++first) {
    if (labels[place(first)] >= 0) continue;
    if (!is_dense(first) && !(how.borders_begin && neighbours[place(first)].size() > 1)) {
      labels[place(first)] = -1;
      continue;
    }
    Labels open{first};
    labels[place(first)] = clusters;
    while (!open.empty()) {
      const int row = open.back();
      open.pop_back();
      if (!is_dense(row) && !how.borders_hand_on) continue;
      if (how.one_step && row != first) continue;
      for (const int other : neighbours[place(row)]) {
        const bool is_free = labels[place(other)] == kUnseen || (labels[place(other)] == -1 && how.reclaims_noise) ||
                             (how.last_claims && labels[place(other)] != clusters && !is_dense(other));
        if (!is_free || (!how.takes_borders && !is_dense(other))) continue;
        labels[place(other)] = clusters;
        open.push_back(other);
      }
    }
    ++clusters;
  }
  for (int& label : labels) label = std::max(label, -1);
  return labels;
}

std::vector<KnownMistake<Asked, Labels>> density_mistakes() {
  using Function = std::function<Labels(const Asked&)>;
  const auto growing = [](Growing how) -> Function { return [how](const Asked& of) { return grown(of, how); }; };
  const auto relabelled = [](auto change) -> Function {
    return [change](const Asked& of) {
      Labels labels = right_labels(of);
      for (int& label : labels) label = change(label);
      return labels;
    };
  };
  const std::string itself = "is a row its own neighbour, and does your count say so?",
                    rim = "a row at the rim gets a label: may it hand the label on?",
                    distance = "which distance does tasks.hpp ask for?";
  return {{growing({.counts_itself = false}),
           "a row is not counted as its own neighbour, or a core needs more than min_rows (which comes to the same)",
           itself},
          {growing({.counts_itself = false, .more_than = true}),
           "a row is not counted as its own neighbour, and a core needs more than min_rows, too", itself},
          {growing({.borders_hand_on = true}), "rows that are no cores hand the cluster on", rim},
          {growing({.borders_hand_on = true, .borders_begin = true}),
           "every row that has a neighbour is taken for a core", "how many neighbours does a core have?"},
          {growing({.takes_borders = false}), "rows beside a core are left as noise",
           "what becomes of a core's neighbours?"},
          {growing({.reclaims_noise = false}), "a row that was called noise too early stays noise",
           "a row that is no core was looked at before its cluster was found: what should become of it then?"},
          {growing({.last_claims = true}), "a row between two clusters goes to the last that reaches it",
           "which of the two does tasks.hpp ask for?"},
          {growing({.includes_radius = false}), "a distance of exactly the radius is left out", "at most, or less?"},
          {growing({.is_squared = true}), "squared distances are compared with the radius", distance},
          {growing({.is_city_block = true}), "differences are added without squares", distance},
          {growing({.first_column = true}), "only the first column counts", distance},
          {growing({.one_step = true}), "only the neighbours of a cluster's first core join it",
           "a neighbour that is a core itself has neighbours too: who asks them?"},
          {[](const Asked& of) {
             Asked chained = of;
             chained.min_rows = 1;
             return right_labels(chained);
           },
           "every row is taken for a core: this is single linkage", "how many neighbours does a core have?"},
          {relabelled([](int label) { return label + 1; }), "clusters are numbered from 1, and noise is 0",
           "what numbers does tasks.hpp ask for?"},
          {relabelled([](int label) { return label < 0 ? label : label + 1; }), "clusters are numbered from 1",
           "what numbers does tasks.hpp ask for?"},
          {relabelled([](int label) { return std::max(label, 0); }), "noise has the number of the first cluster",
           "what does tasks.hpp ask for noise?"},
          {[](const Asked& of) {
             Labels labels = right_labels(of);
             int next = *std::max_element(labels.begin(), labels.end());
             for (int& label : labels)
               if (label < 0) label = ++next;
             return labels;
           },
           "every noisy row is a cluster of its own", "what does tasks.hpp ask for noise?"}};
}

/// Whether no two rows are so nearly the radius apart that rounding would decide.
bool is_clear(const TensorD& rows, double radius) {
  for (int a = 0; a < rows.shape()[0]; ++a)
    for (int b = 0; b < a; ++b) {
      double sum = 0;
      for (int i = 0; i < rows.shape()[1]; ++i) sum += std::pow(rows(a, i) - rows(b, i), 2);
      if (std::abs(std::sqrt(sum) / radius - 1) < 1e-9) return false;
    }
  return true;
}

Asked scattered(int rows, int columns, double unit = 1) {
  for (;;) {
    Asked of{times(gaussian_d({rows, columns}), unit), unit * draws().uniform(0.3, 0.9), 2 + draws().below(3), ""};
    if (is_clear(of.rows, of.radius)) return of;
  }
}

/// A chain of whole numbers, so that distances are exact: rows 3 and 4 apart, at the radius.
Asked on_a_grid() {
  constexpr int kRows = 14;
  Asked of{TensorD({kRows, 2}), 5, 3 + draws().below(2), "at a distance of exactly the radius rows are neighbours"};
  for (int n = 0; n < kRows; ++n) {
    of.rows(n, 0) = 3 * draws().below(7);
    of.rows(n, 1) = 4 * draws().below(5);
  }
  return of;
}

Labels ask(const Asked& of) { return student::density_clusters(of.rows, of.radius, of.min_rows); }

TEST(DensityClusters, OfAFewRowsOnALine) {
  const std::vector<Asked> cases{
      {TensorD({7, 1}, {0, 1, 2, 10, 11, 12, 20}), 1.5, 3,
       "1 and 11 have three neighbours with themselves: two clusters, with a row on each side; 20 is alone"},
      {TensorD({7, 1}, {0, 1, 2, 3.5, 5, 6, 7}), 1.5, 3,
       "3.5 has 2 and 5 beside it and is a core: all rows hang together"},
      {TensorD({8, 1}, {0, 0.5, 1, 2, 3, 3.5, 4, 9}), 1, 4,
       "2 has only 1 and 3 beside it, with itself three: no core. It joins the first cluster and does not hand it on"}};
  expect_answers(cases, ask, right_labels, density_mistakes());
}

TEST(DensityClusters, AreWhatCanBeReachedFromCoreToCore) {
  const auto mistakes = density_mistakes();
  int turn = 0;
  const auto cases =
      telling_cases([&] { return ++turn % 2 == 0 ? on_a_grid() : scattered(18, 2); }, right_labels, mistakes, 3, 300);
  expect_answers(cases, ask, right_labels, mistakes);
}

TEST(DensityClusters, TakeAnyUnitAndAnyNumberOfColumns) {
  for (const double unit : {1e-10, 0.1 * 3, 1e12})
    for (const int columns : {1, 3}) {
      const Asked of = scattered(20, columns, unit);
      EXPECT_ANSWER(ask(of), right_labels(of)).because("rows and radius are in the same unit, whichever that is");
    }
}

TEST(DensityClusters, OfOneRow) {
  EXPECT_ANSWER(student::density_clusters(TensorD({1, 2}, {3, 4}), 1, 1), Labels{0})
      .because("one row within the radius, itself, is enough for a core here");
  EXPECT_ANSWER(student::density_clusters(TensorD({1, 2}, {3, 4}), 1, 2), Labels{-1})
      .because("a core would need two rows here");
}

TEST(DensityClusters, OfRowsThatAreAllAlike) {
  EXPECT_ANSWER(student::density_clusters(filled_with({4, 2}, 0.3), 1e-12, 4), Labels(4, 0))
      .because("they are at distance 0 of each other");
}

TEST(DensityClusters, FollowsALongChainWithoutEnd) {
  constexpr int kRows = 600;
  TensorD rows({kRows, 1});
  std::vector<int> order = draws().permutation(kRows);
  for (int n = 0; n < kRows; ++n) rows(n, 0) = order[place(n)];
  EXPECT_ANSWER(student::density_clusters(rows, 1, 2), Labels(kRows, 0))
      .because("each row has the next one of the chain as a neighbour, and all are cores");
}

}  // namespace
