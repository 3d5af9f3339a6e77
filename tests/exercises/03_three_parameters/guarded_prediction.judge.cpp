#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"

using namespace columns;
using namespace handbuilt::grader;
using handbuilt::TensorD;
using three_parameters::Model;

STUDENT(three_parameters, guarded_prediction, model, drivers);

namespace {

struct GuardCase {
  Model model;
  Column drivers;
  std::string because;
};

/// What a guard does. By default what it should.
struct Guarding {
  enum class Clamp { kBoth, kNone, kLowerOnly, kUpperOnly, kFlatRate, kExchanged } clamp = Clamp::kBoth;
  bool checks = true, lets_nan_through = false, clamp_turns_nan_high = false, clamp_turns_nan_low = false;
  bool ends_are_outside = false, skips_first = false, skips_last = false, skips_unused = false, only_last = false;
  bool only_all = false, only_lowest = false, only_highest = false, range_of_first = false, reversed = false,
       reversed_for_each = false;
  bool drivers_in_range = false, flat_for_nan = false, flat_for_infinity = false, without_intercept = false,
       allows_equal_magnitude = false;
};

double guarded(const GuardCase& of, const Guarding& how = {}) {
  const auto& [model, drivers, unused] = of;
  bool any_outside = false, all_outside = true, last_outside = false, is_flat = false;
  Column used = drivers;
  double value = how.without_intercept ? 0 : model.intercept;
  for (std::size_t d = 0; d < drivers.size(); ++d) {
    const std::size_t range = how.range_of_first ? 0 : d;
    const double low = model.lowest[range], high = model.highest[range];
    bool outside = (!how.only_highest && (how.ends_are_outside ? drivers[d] <= low : drivers[d] < low)) ||
                   (!how.only_lowest && (how.ends_are_outside ? drivers[d] >= high : drivers[d] > high));
    if (how.allows_equal_magnitude) outside = std::abs(drivers[d]) > high;
    if (!how.lets_nan_through && std::isnan(drivers[d])) outside = true;
    is_flat = is_flat || (how.flat_for_nan && std::isnan(drivers[d])) ||
              (how.flat_for_infinity && std::isinf(drivers[d])) || (how.reversed_for_each && !outside);
    last_outside = outside;
    all_outside = all_outside && outside;
    if (how.skips_first && d == 0) outside = false;
    if (how.skips_last && d + 1 == drivers.size()) outside = false;
    if (how.skips_unused && model.coefficients[d] == 0) continue;
    any_outside = any_outside || outside;
    if (how.drivers_in_range) used[d] = std::clamp(drivers[d], low, high);
    value += model.coefficients[d] * used[d];
  }
  const bool outside = how.only_last ? last_outside : how.only_all ? all_outside : any_outside;
  if (is_flat) return model.flat_rate;
  if (how.checks && !how.drivers_in_range && !how.reversed_for_each && outside != how.reversed) return model.flat_rate;
  if (std::isnan(value) && how.clamp_turns_nan_high) return model.highest_yield;
  if (std::isnan(value) && how.clamp_turns_nan_low) return model.lowest_yield;
  using Clamp = Guarding::Clamp;
  const bool below = value<model.lowest_yield, above = value> model.highest_yield;
  if (how.clamp == Clamp::kFlatRate) return below || above ? model.flat_rate : value;
  if (how.clamp == Clamp::kExchanged) return below ? model.highest_yield : above ? model.lowest_yield : value;
  if (below && (how.clamp == Clamp::kBoth || how.clamp == Clamp::kLowerOnly)) return model.lowest_yield;
  if (above && (how.clamp == Clamp::kBoth || how.clamp == Clamp::kUpperOnly)) return model.highest_yield;
  return value;
}

std::vector<KnownMistake<GuardCase, double>> guard_mistakes() {
  using Clamp = Guarding::Clamp;
  const std::string unlike = "a field unlike any that was seen gets the model's prediction",
                    nan = "a missing driver slips through the checks",
                    ask = "NaN < lowest is false: how else can you ask?", loop = "where does your loop begin and end?",
                    range = "the answer leaves the range of the yields that were seen",
                    nearest = "which end of that range is nearest?";
  std::vector<KnownMistake<GuardCase, double>> mistakes;
  const auto add = [&](Guarding how, std::string what, std::string help) {
    mistakes.push_back({[how](const GuardCase& of) { return guarded(of, how); }, std::move(what), std::move(help)});
  };
  add({.clamp = Clamp::kNone, .checks = false}, unlike, "which checks come before it?");
  for (const auto& [high, low] : {std::pair{false, false}, {true, false}, {false, true}}) {
    const bool any = high || low;
    add({.checks = false, .lets_nan_through = any, .clamp_turns_nan_high = high, .clamp_turns_nan_low = low},
        unlike + ", held in range", "holding the answer in range is not the same as knowing it");
    add({.lets_nan_through = true, .clamp_turns_nan_high = high, .clamp_turns_nan_low = low}, nan, ask);
    add({.clamp_turns_nan_high = high, .clamp_turns_nan_low = low, .skips_first = true},
        "the first driver is not checked", loop);
    add({.clamp_turns_nan_high = high, .clamp_turns_nan_low = low, .skips_last = true},
        "the last driver is not checked", loop);
    add({.clamp_turns_nan_high = high, .clamp_turns_nan_low = low, .only_last = true}, "only the last driver decides",
        "what becomes of a driver outside when the next one is inside?");
    add({.clamp_turns_nan_high = high, .clamp_turns_nan_low = low, .only_all = true},
        "a field counts as odd only when all its drivers are", "how many odd drivers does it take?");
    add({.clamp_turns_nan_high = high, .clamp_turns_nan_low = low, .drivers_in_range = true},
        "a driver outside is moved to the end of its range", "what does tasks.hpp ask for here?");
  }
  add({.lets_nan_through = true, .only_lowest = true}, "only `lowest` is checked", "can a driver be too large?");
  add({.only_lowest = true}, "only `lowest` is checked", "can a driver be too large?");
  add({.lets_nan_through = true, .only_highest = true}, "only `highest` is checked", "can a driver be too small?");
  add({.only_highest = true}, "only `highest` is checked", "can a driver be too small?");
  add({.allows_equal_magnitude = true}, "a driver's magnitude is compared", "can a driver be -1 where 2 is normal?");
  add({.skips_unused = true}, "a driver whose coefficient is 0 is not checked",
      "the model does not use it: does it tell you nothing about the field?");
  add({.ends_are_outside = true}, "the ends of the range count as outside",
      "a driver was -1 before: that is where the -1 comes from");
  add({.range_of_first = true}, "every driver is compared with the first one's range", "which index has `lowest`?");
  for (const bool infinity : {false, true})
    add({.drivers_in_range = true, .flat_for_nan = true, .flat_for_infinity = infinity},
        "a driver outside is moved to the end of its range", "what does tasks.hpp ask for here?");
  add({.reversed_for_each = true}, "the flat rate and the prediction are exchanged",
      "are the conditions the right way round?");
  add({.reversed = true}, "the flat rate and the prediction are exchanged", "are the conditions the right way round?");
  add({.without_intercept = true}, "the intercept is missing", "where does the sum start?");
  add({.clamp = Clamp::kNone}, range, nearest);
  add({.clamp = Clamp::kLowerOnly}, range + ", upwards", nearest);
  add({.clamp = Clamp::kUpperOnly}, range + ", downwards", nearest);
  add({.clamp = Clamp::kFlatRate}, "an answer out of range becomes the flat rate", "what does tasks.hpp ask for here?");
  add({.clamp = Clamp::kExchanged}, "the two ends are exchanged", "which end is nearer?");
  mistakes.push_back({[](const GuardCase& of) { return of.model.flat_rate; },
                      "the flat rate is given though nothing is wrong", "are the conditions the right way round?"});
  return mistakes;
}

Model a_model(Column coefficients = {10, -5}) { return {100, std::move(coefficients), 101, {-2, -1}, {2, 3}, 70, 130}; }

/// A field with a few drivers, most of them within their ranges; now and then one is not, or is no number.
GuardCase any_field() {
  const int count = 2 + draws().below(4);
  GuardCase made{{draws().uniform(5, 15), {}, draws().uniform(5, 15), {}, {}, -10, 30}, {}, ""};
  const int odd = draws().below(2 * count);
  const bool all_are_odd = draws().chance(0.1);
  for (int d = 0; d < count; ++d) {
    made.model.coefficients.push_back(draws().chance(0.2) ? 0 : draws().uniform(-4, 4));
    const double low = draws().uniform(-4, 1), high = low + draws().uniform(2, 6);
    made.model.lowest.push_back(low);
    made.model.highest.push_back(high);
    double driver = draws().uniform(low, high);
    if (draws().chance(0.1)) driver = draws().chance(0.5) ? low : high;
    if (d == odd || all_are_odd) {
      const double beyond = draws().chance(0.3) ? 40 : draws().uniform(0.1, 3);
      driver = draws().chance(0.5) ? low - beyond : high + beyond;
      if (draws().chance(0.3)) driver = std::vector<double>{kNan, kInfinity, -kInfinity}[place(draws().below(3))];
    }
    made.drivers.push_back(driver);
  }
  return made;
}

}  // namespace

// guarded-prediction

TEST(GuardedPrediction, IsTheModelsWhereItMaySpeakAndTheFlatRateElsewhere) {
  const std::string well = "all is well: each driver lies within what was seen, and so does the answer",
                    outside =
                        "nobody knows what the line does out there; the flat rate is off by as much as ever, and "
                        "not by more",
                    no_number = "a driver that is no number says nothing about the field";
  const Model steep = a_model({30, 0});
  std::vector<GuardCase> cases{{a_model(), {1, 2}, well},
                               {a_model(), {1, -1}, "-1 is the lowest that was seen, and it was seen"},
                               {a_model(), {2, 3}, "both are the highest that was seen, and were seen"},
                               {a_model(), {2.01, 0}, outside},
                               {a_model(), {-2.5, 0}, outside},
                               {a_model(), {0, 3.5}, outside},
                               {a_model(), {0, -1.2}, outside},
                               {a_model(), {999, 0}, outside},
                               {a_model(), {3, -2}, outside},
                               {a_model(), {-4, 50}, outside},
                               {a_model(), {kNan, 0}, no_number},
                               {a_model(), {0, kNan}, no_number},
                               {a_model(), {kInfinity, 0}, no_number},
                               {a_model(), {0, -kInfinity}, no_number},
                               {steep, {1.5, 0}, "the line says 145, and no field ever gave more than 130"},
                               {steep, {-1.5, 0}, "the line says 55, and no field ever gave less than 70"},
                               {steep, {0, 99}, "the line does not use driver 1, but no such field was ever seen"},
                               {steep, {0, kNan}, "the line does not use driver 1, but no such field was ever seen"}};
  const auto right = [](const GuardCase& of) { return guarded(of); };
  const auto mistakes = guard_mistakes();
  for (const GuardCase& more : telling_cases(any_field, right, mistakes, 4)) cases.push_back(more);
  expect_answers(
      cases, [](const GuardCase& of) { return student::guarded_prediction(of.model, of.drivers); }, right, mistakes);
}
