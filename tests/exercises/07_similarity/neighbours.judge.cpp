#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "grader/judge/judge.hpp"
#include "rows.hpp"
#include "similarity/neighbours.hpp"
#include "tasks.hpp"

using namespace rows;
using namespace handbuilt::grader;

STUDENT(similarity, nearest, memories, situation, k);

namespace {

struct NearestCase {
  TensorD memories;
  Row situation;
  int k = 1;
  std::string because;
};
using Order = std::vector<int>;
using Measure = std::function<double(const Row& memory, const Row& situation)>;

Order right_order(const NearestCase& of) {
  const handbuilt::MatrixD query = Eigen::Map<const Eigen::RowVectorXd>(of.situation.data(), std::ssize(of.situation));
  const auto table = handbuilt::similarity::nearest_plain(handbuilt::as_matrix(of.memories), query, of.k);
  return {table.index.data(), table.index.data() + of.k};
}

/// All rows in the order of a measure; of equals the lower or the higher row first.
Order order_by(const NearestCase& of, const Measure& measure, bool higher_first = false) {
  Order order(place(of.memories.shape()[0]));
  std::iota(order.begin(), order.end(), 0);
  if (higher_first) std::reverse(order.begin(), order.end());
  Row measures;
  for (int n = 0; n < std::ssize(order); ++n) measures.push_back(measure(row_of(of.memories, n), of.situation));
  std::stable_sort(order.begin(), order.end(), [&](int m, int n) { return measures[place(m)] < measures[place(n)]; });
  return order;
}

Order first_of(Order order, int k) {
  order.resize(std::min(order.size(), place(k)));
  return order;
}

double inner(const Row& a, const Row& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

std::vector<KnownMistake<NearestCase, Order>> nearest_mistakes() {
  const auto by = [](Measure measure) {
    return [measure](const NearestCase& of) { return first_of(order_by(of, measure), of.k); };
  };
  const auto changed = [](std::function<void(Order&, const NearestCase&)> change) {
    return [change](const NearestCase& of) {
      Order order = right_order(of);
      change(order, of);
      return order;
    };
  };
  const std::string all = "do all readings count?";
  return {
      {by([](const Row& a, const Row& b) { return -distance(a, b); }), "the farthest rows are taken",
       "is a small distance near or far?"},
      {[](const NearestCase& of) { return first_of(order_by(of, distance, true), of.k); },
       "of rows at the same distance the higher number comes first", "what does your sorting do with equals?"},
      {changed([](Order& order, const NearestCase&) { std::sort(order.begin(), order.end()); }),
       "the right rows are there, in the order of their numbers", "which comes first?"},
      {changed([](Order& order, const NearestCase&) { std::reverse(order.begin(), order.end()); }),
       "the right rows are there, the nearest last", "which comes first?"},
      {changed([](Order& order, const NearestCase&) {
         for (int& row : order) ++row;
       }),
       "rows are counted from 1", "what is the number of the first row?"},
      {changed([](Order& order, const NearestCase&) { order.pop_back(); }), "one row is missing", "how many is k?"},
      {[](const NearestCase& of) {
         Order order = order_by(of, distance);
         order.erase(order.begin());
         return first_of(order, of.k);
       },
       "the nearest row is left out", "the situation itself is not among the memories: may the nearest be dropped?"},
      {[](const NearestCase& of) {
         Order order;
         for (const int row : order_by(of, distance))
           if (distance(row_of(of.memories, row), of.situation) > 0) order.push_back(row);
         return first_of(order, of.k);
       },
       "a memory at distance 0 is left out", "can anything be more like it?"},
      {[](const NearestCase& of) {
         Order order;
         for (const int row : order_by(of, distance)) {
           const auto is_copy = [&](int other) { return row_of(of.memories, row) == row_of(of.memories, other); };
           if (std::none_of(order.begin(), order.end(), is_copy)) order.push_back(row);
         }
         return first_of(order, of.k);
       },
       "copies of a row are left out", "are two memories one because they are alike?"},
      {by([](const Row& a, const Row& b) {
         double sum = 0;
         for (std::size_t d = 0; d < a.size(); ++d) sum += std::abs(a[d] - b[d]);
         return sum;
       }),
       "the differences are added without their squares", "what is the distance of (0, 0) and (3, 4)?"},
      {by([](const Row& a, const Row& b) {
         double most = 0;
         for (std::size_t d = 0; d < a.size(); ++d) most = std::max(most, std::abs(a[d] - b[d]));
         return most;
       }),
       "only the largest difference counts", all},
      {by([](const Row& a, const Row& b) {
         double sum = 0;
         for (std::size_t d = 0; d < a.size(); ++d) sum += a[d] - b[d];
         return sum;
       }),
       "the differences are added with their signs", "is a difference of -3 nearer than one of 2?"},
      {by([](const Row& a, const Row& b) {
         double sum = 0;
         for (std::size_t d = 0; d < a.size(); ++d) sum += a[d] - b[d];
         return std::abs(sum);
       }),
       "differences of opposite sign cancel", "what makes every reading's difference count as a loss?"},
      {by([](const Row& a, const Row& b) { return -inner(a, b); }),
       "the largest products are taken, not the smallest distances", "is the longest memory near to everything?"},
      {by([](const Row& a, const Row& b) {
         return -inner(a, b) / std::max(1e-300, std::sqrt(inner(a, a) * inner(b, b)));
       }),
       "directions are compared, not places", "how far apart are (1, 1) and (9, 9)?"},
      {by([](const Row& a, const Row& b) { return std::abs(a[0] - b[0]); }), "only the first reading counts", all},
      {by([](const Row& a, const Row& b) {
         return distance({a.begin() + 1, a.end()}, {b.begin() + 1, b.end()});
       }),
       "the first reading does not count", all},
      {by([](const Row& a, const Row& b) {
         return distance({a.begin(), a.end() - 1}, {b.begin(), b.end() - 1});
       }),
       "the last reading does not count", all},
      {[](const NearestCase& of) {
         NearestCase without = of;
         without.memories = TensorD({of.memories.shape()[0] - 1, of.memories.shape()[1]});
         std::copy_n(of.memories.begin(), without.memories.size(), without.memories.begin());
         return first_of(order_by(without, distance), of.k);
       },
       "the last memory is never looked at", "how many rows are there?"}};
}

/// Whole numbers, so that there are ties and copies, or Gaussian ones in some unit about some mean.
NearestCase any_memories() {
  const int count = 4 + draws().below(12), readings = 2 + draws().below(4);
  NearestCase made{TensorD({count, readings}), Row(place(readings)), 1 + draws().below(std::min(count - 1, 6)), ""};
  if (draws().chance(0.5)) {
    for (double& value : made.memories) value = draws().below(7) - 3;
    for (double& value : made.situation) value = draws().below(7) - 3;
    return made;
  }
  const double unit = std::vector<double>{1, 1e-10, 0.3, 1e6}[place(draws().below(4))], mean = 3 * draws().normal();
  for (double& value : made.memories) value = unit * (mean + draws().normal());
  for (double& value : made.situation) value = unit * (mean + draws().normal());
  return made;
}

}  // namespace

// nearest

TEST(Nearest, AreTheNearestRowsNearestFirst) {
  std::vector<NearestCase> cases{
      {TensorD({3, 2}, {9, 9, 1, 2, 4, 6}), {1, 1}, 2, "row 1 is 1 away, row 2 is 5.83 away, row 0 is 11.3 away"},
      {TensorD({4, 2}, {0, 5, 3, 4, -5, 0, 4, -3}), {0, 0}, 3, "all are 5 away: the lower numbers come first"},
      {TensorD({4, 1}, {7, 2, 2, 2}), {2}, 3, "three are copies of each other and of the situation; each is a memory"},
      {TensorD({2, 3}, {1, 2, 3, 1, 2, 4}), {1, 2, 3.4}, 2, "k may be all there are"},
      {TensorD({1, 2}, {100, 100}), {0, 0}, 1, "the only memory is the nearest one, however far"}};
  const auto mistakes = nearest_mistakes();
  for (const NearestCase& more : telling_cases(any_memories, right_order, mistakes, 3)) cases.push_back(more);
  expect_answers(
      cases, [](const NearestCase& of) { return student::nearest(of.memories, of.situation, of.k); }, right_order,
      mistakes);
}
