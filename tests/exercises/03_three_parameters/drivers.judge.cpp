#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "columns.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace columns;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(three_parameters, best_driver, drivers, values);
STUDENT(three_parameters, forward_select, drivers, values, count);

namespace {

/// What drivers are compared by: by how much a line explains, or by something that is not quite it.
enum class By {
  kExplained,
  kSlope,
  kSignedSlope,
  kCovariance,
  kSigned,
  kSquaresUncentred,  ///< only the values are centred
  kResiduals,         ///< the sum of absolute residuals
  kLeast              ///< the worst is taken for the best
};

/// A driver and the values have been centred, or have not; `length` is the driver's sum of squares.
double merit(const Column& driver, const Column& rest, double length, By by) {
  if (length < 1e-12) return -1e300;
  const double products = product(driver, rest), explained = products * products / length;
  if (by == By::kSlope) return std::abs(products / length);
  if (by == By::kSignedSlope) return products / length;
  if (by == By::kCovariance) return std::abs(products);
  if (by == By::kSigned) return products / std::sqrt(length);
  if (by == By::kLeast) return -explained;
  if (by != By::kResiduals) return explained;
  double sum = 0;
  for (const double left : minus(rest, products / length, driver)) sum += std::abs(left);
  return -sum;
}

struct Fields {
  TensorD drivers;
  Column values;
  int count = 1;  ///< drivers to choose
  std::string because;
};

/// How a selection goes about it.
struct Selecting {
  enum class TakeOut { kOfBoth, kOfValues, kOfNothing, kOfThoseBefore } take_out = TakeOut::kOfBoth;
  By by = By::kExplained;
  bool centres = true, centres_what_is_left = true, may_repeat = false, old_lengths = false;
};

std::vector<int> selected(const Fields& fields, const Selecting& how = {}) {
  using TakeOut = Selecting::TakeOut;
  const std::vector<Column> originals = columns_of(fields.drivers);
  std::vector<Column> left = originals;
  Column rest = fields.values;
  const auto centre_all = [&] {
    for (Column& column : left) column = centred(column);
    rest = centred(rest);
  };
  if (how.centres) centre_all();
  const std::vector<Column> at_first = left;
  std::vector<int> chosen;
  for (int step = 0; step < fields.count; ++step) {
    int best = -1;
    double most = -1e301;
    for (int d = 0; d < static_cast<int>(left.size()); ++d) {
      if (!how.may_repeat && std::find(chosen.begin(), chosen.end(), d) != chosen.end()) continue;
      const Column& column = left[place(d)];
      const Column& measured = how.by == By::kSquaresUncentred ? originals[place(d)]
                               : how.old_lengths               ? at_first[place(d)]
                                                               : column;
      const double of_driver = merit(column, rest, product(measured, measured), how.by);
      if (of_driver <= most) continue;
      most = of_driver;
      best = d;
    }
    chosen.push_back(best);
    if (!how.centres && how.centres_what_is_left && how.take_out != TakeOut::kOfNothing) centre_all();
    const Column taken = left[place(best)];
    const double length = product(taken, taken);
    if (how.take_out != TakeOut::kOfNothing) rest = minus(rest, product(taken, rest) / length, taken);
    if (how.take_out == TakeOut::kOfBoth || how.take_out == TakeOut::kOfThoseBefore)
      for (int d = 0; d < static_cast<int>(left.size()); ++d)
        if (how.take_out == TakeOut::kOfBoth || d <= best)
          left[place(d)] = minus(left[place(d)], product(taken, left[place(d)]) / length, taken);
  }
  return chosen;
}

template <class Answer>
using FieldsMistakes = std::vector<KnownMistake<Fields, Answer>>;

/// What `selected` answers for a mistake in comparing drivers, for one driver or several.
template <class Answer, class Turn>
FieldsMistakes<Answer> mistakes_in_comparing(Turn turn) {
  const auto by = [turn](Selecting how) {
    return [turn, how](const Fields& fields) { return turn(selected(fields, how)); };
  };
  const std::string slope = "the steepest line is taken",
                    units = "what happens to a slope when a driver is counted in centimetres instead of metres?",
                    means = "which means have to be taken away first?";
  return {
      {by({.centres = false}), "the lines have no intercept", means},
      {by({.centres = false, .centres_what_is_left = false}), "the lines have no intercept", means},
      {by({.by = By::kSquaresUncentred}), "the values are centred and the drivers are not", means},
      {by({.by = By::kSlope}), slope, units},
      {by({.by = By::kSlope, .centres = false}), slope, units},
      {by({.by = By::kSignedSlope}), slope + ", and only upwards", "is a relation of -1 worse than none?"},
      {by({.by = By::kSigned}), "a driver that works downwards is passed over", "is a relation of -1 worse than none?"},
      {by({.by = By::kCovariance}), "the drivers are compared without their scales",
       "what happens to the sum of products when a driver is counted in other units?"},
      {by({.by = By::kCovariance, .centres = false}), "the drivers are compared without their scales",
       "what happens to the sum of products when a driver is counted in other units?"},
      {by({.by = By::kResiduals}), "the residuals are added without their squares", "the smallest sum of what?"},
      {by({.by = By::kLeast}), "the driver that helps least is taken", "which way does your comparison point?"}};
}

FieldsMistakes<int> best_driver_mistakes() {
  FieldsMistakes<int> mistakes = mistakes_in_comparing<int>([](const std::vector<int>& chosen) { return chosen[0]; });
  mistakes.push_back({[](const Fields& fields) { return selected(fields)[0] + 1; }, "the drivers are counted from 1",
                      "which number has the first column?"});
  const auto without = [](int skipped) {
    return [skipped](const Fields& fields) {
      const int rows = fields.drivers.shape()[0], all = fields.drivers.shape()[1];
      TensorD fewer = fields.drivers;
      for (int n = 0; n < rows; ++n) fewer(n, skipped < 0 ? all - 1 : skipped) = 0;
      return selected({fewer, fields.values, 1, ""})[0];
    };
  };
  mistakes.push_back({without(0), "the first driver is left out", "where does your loop begin?"});
  mistakes.push_back({without(-1), "the last driver is left out", "where does your loop end?"});
  return mistakes;
}

FieldsMistakes<std::vector<int>> forward_select_mistakes() {
  using TakeOut = Selecting::TakeOut;
  const auto by = [](Selecting how) { return [how](const Fields& fields) { return selected(fields, how); }; };
  const std::string twin = "what is a driver still worth when its twin has been taken?",
                    only_values = "the chosen driver is taken out of the values but not out of the other drivers",
                    what_is_new = "fitted together with those before: what of a new driver is really new?";
  FieldsMistakes<std::vector<int>> mistakes =
      mistakes_in_comparing<std::vector<int>>([](const std::vector<int>& chosen) { return chosen; });
  const FieldsMistakes<std::vector<int>> own{
      {by({.take_out = TakeOut::kOfNothing}), "each driver is judged alone", twin},
      {by({.take_out = TakeOut::kOfNothing, .may_repeat = true}), "a driver is chosen twice",
       "which drivers are still free?"},
      {by({.take_out = TakeOut::kOfValues}), only_values, what_is_new},
      {by({.take_out = TakeOut::kOfValues, .may_repeat = true}), only_values, what_is_new},
      {by({.take_out = TakeOut::kOfThoseBefore}),
       "the chosen driver is taken out of the drivers before it and not out of those after it",
       "what is left of the chosen driver once it has been taken out of itself, and does your loop go on with that?"},
      {by({.old_lengths = true}), "a driver is measured by its whole length, not by that of what is left of it",
       "by whose sum of squares do you divide?"},
      {[](const Fields& fields) {
         const std::vector<int> chosen = selected(fields);
         return std::vector<int>(chosen.rbegin(), chosen.rend());
       },
       "the order is turned round", "which was chosen first?"},
      {[](const Fields& fields) {
         std::vector<int> chosen = selected(fields);
         std::sort(chosen.begin(), chosen.end());
         return chosen;
       },
       "the chosen drivers are sorted", "which of them helped most?"},
      {[](const Fields& fields) {
         std::vector<int> chosen = selected(fields);
         for (int& d : chosen) ++d;
         return chosen;
       },
       "the drivers are counted from 1", "which number has the first column?"}};
  mistakes.insert(mistakes.end(), own.begin(), own.end());
  return mistakes;
}

/// Drivers that have much to do with each other, on different scales, far from 0, and values that three of them make.
Fields related_fields(int fields, int drivers, int count) {
  Fields made{gaussian_d({fields, drivers}), {}, count, ""};
  for (int n = 0; n < fields; ++n) {
    for (int d = 1; d < drivers; ++d) made.drivers(n, d) += 1.2 * made.drivers(n, d - 1);
    made.values.push_back(20 + 3 * made.drivers(n, 1) - 4 * made.drivers(n, 2) + 2 * made.drivers(n, drivers - 1) +
                          draws().normal());
  }
  for (int d = 0; d < drivers; ++d) {
    const double scale = draws().uniform(0.5, 4), shift = draws().uniform(-5, 5), sign = draws().chance(0.5) ? 1 : -1;
    for (int n = 0; n < fields; ++n) made.drivers(n, d) = sign * scale * made.drivers(n, d) + shift;
  }
  // One works upwards at least.
  if (product(centred(column_of(made.drivers, 0)), centred(made.values)) < 0)
    for (int n = 0; n < fields; ++n) made.drivers(n, 0) *= -1;
  return made;
}

/// Each driver once, whatever they are, and none that is not there.
void expect_each_once(const TensorD& drivers, const Column& values, const std::string& which) {
  const int all = drivers.shape()[1];
  const std::vector<int> answer = student::forward_select(drivers, values, all);
  std::vector<int> sorted_answer = answer, each_once(place(all));
  std::sort(sorted_answer.begin(), sorted_answer.end());
  std::iota(each_once.begin(), each_once.end(), 0);
  EXPECT_PROPERTY(sorted_answer == each_once, "asked for all drivers, each comes once; " + which)
      .shows("forward_select", answer)
      .help("which drivers are still free, and what is chosen when none of them helps any more?");
}

}  // namespace

// best-driver

TEST(BestDriver, LeavesTheSmallestResiduals) {
  const auto right = [](const Fields& fields) { return selected(fields)[0]; };
  const auto mistakes = best_driver_mistakes();
  std::vector<Fields> cases{
      // Values and the first driver both lie far from 0 and have nothing to do with each other.
      {TensorD({4, 2}, {1000, -0.8, 1001, 0, 1000, 0, 1001, 0.8}),
       {500, 510, 510, 520},
       1,
       "the line 510 + 12.5 * driver fits the second driver exactly"},
      {TensorD({4, 2}, {1, 2.1, 2, 1.63, 2, 0.93, 3, 0.23}),
       {1, 3, 6, 9},
       1,
       "the second driver falls as the values rise, nearly exactly"},
      // The second driver follows the values exactly, downwards; the first is nearly the third in other units.
      {TensorD({4, 3}, {0.01, 8, 10, 0.02, 6, 20, 0.011, 4, 10, 0.05, 2, 50}),
       {1, 2, 3, 4},
       1,
       "values = 5 - driver / 2 fits the second driver exactly: nothing is left over"}};
  for (const Fields& more : telling_cases([] { return related_fields(12, 6, 1); }, right, mistakes))
    cases.push_back(more);
  expect_answers(
      cases, [](const Fields& fields) { return student::best_driver(fields.drivers, fields.values); }, right, mistakes);
}

TEST(BestDriver, PassesOverADriverThatDoesNotVary) {
  const TensorD drivers({3, 3}, {7, 1, 0.5, 7, 2, 0.5, 7, 4, 0.5});
  EXPECT_ANSWER(student::best_driver(drivers, {1, 2, 3}), 1)
      .mistake(0, "a driver that is the same everywhere is taken",
               "what is 0 / 0, and how does it compare with a number?")
      .mistake(2, "a driver that is the same everywhere is taken",
               "what is 0 / 0, and how does it compare with a number?")
      .because("what is the same in every field cannot tell one from another");
}

// forward-select

TEST(ForwardSelect, TakesWhatHelpsMostBesideThoseBefore) {
  const auto right = [](const Fields& fields) { return selected(fields); };
  const auto mistakes = forward_select_mistakes();
  // Driver 1 is driver 0 with a little on top; driver 2 is small and new.
  std::vector<Fields> cases{{TensorD({6, 3}, {-3, -3.1, 1, -2, -1.8, -1, -1, -1.1, 1, 1, 0.9, -1, 2, 2.1, 1, 3, 3, -1}),
                             {},
                             2,
                             "driver 1 says nearly the same as driver 0; driver 2 explains all that is left"}};
  for (int n = 0; n < 6; ++n) cases[0].values.push_back(5 * cases[0].drivers(n, 0) + cases[0].drivers(n, 2));
  for (const Fields& more : telling_cases([] { return related_fields(20, 7, 4); }, right, mistakes))
    cases.push_back(more);
  expect_answers(
      cases, [](const Fields& fields) { return student::forward_select(fields.drivers, fields.values, fields.count); },
      right, mistakes);
}

TEST(ForwardSelect, FindsTheThreeThatMatterAmongMany) {
  TensorD drivers = gaussian_d({80, 60});
  Column values;
  for (int n = 0; n < 80; ++n)
    values.push_back(100 + 12 * drivers(n, 41) + 8 * drivers(n, 7) - 6 * drivers(n, 23) + 0.5 * draws().normal());
  std::vector<int> chosen = student::forward_select(drivers, values, 3);
  std::sort(chosen.begin(), chosen.end());
  EXPECT_ANSWER(chosen, (std::vector<int>{7, 23, 41})).because("with so little noise nobody can miss them");
}

TEST(ForwardSelect, GivesAsManyAsWereAskedFor) {
  const Fields fields = related_fields(12, 5, 0);
  EXPECT_ANSWER(student::forward_select(fields.drivers, fields.values, 0), std::vector<int>{});
  expect_each_once(fields.drivers, fields.values, "these are five that have much to do with each other");
}

TEST(ForwardSelect, TakesNoDriverTwiceThoughNoneHelpsAnyMore) {
  Fields fields = related_fields(14, 6, 0);
  for (int n = 0; n < 14; ++n) fields.drivers(n, 4) = fields.drivers(n, 1);
  expect_each_once(fields.drivers, fields.values, "drivers 1 and 4 are copies of each other");
  for (int n = 0; n < 14; ++n) fields.drivers(n, 4) = 7;
  expect_each_once(fields.drivers, fields.values, "driver 4 is the same in every field");
  fields = related_fields(14, 6, 0);
  fields.values = column_of(fields.drivers, 3);
  expect_each_once(fields.drivers, fields.values, "driver 3 says it all");
}
