#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "lessons/demo.hpp"
#include "penguins.hpp"
#include "weather.hpp"

namespace handbuilt::lessons::logistic {

/// What a missed rain and a false alarm cost in the lesson's text: an umbrella carried for nothing is the unit.
inline constexpr double kMissCost = 5, kFalseAlarmCost = 1;
inline constexpr double kMildMissCost = 2;
/// More than this much is heavy rain; and what missing it costs, in false alarms.
inline constexpr double kHeavyMm = 10, kHeavyMissCost = 9;
/// Bins of the text's calibration errors.
inline constexpr int kBins = 10;

/// Saying yes from here on is cheapest for probabilities that mean what they say.
constexpr double threshold_for(double miss_cost, double false_alarm_cost = 1) {
  return false_alarm_cost / (false_alarm_cost + miss_cost);
}

/// All numbers that the lesson's text quotes. `seed` decides the draws of the intervals and the penguins' splits.
std::map<std::string, Number> measure(const Days& days, const Penguins& penguins, std::uint64_t seed);

/// The mean cost of a day when yes is said from `threshold` on.
double cost_a_day(const Forecast& forecast, double threshold, double miss_cost, double false_alarm_cost = 1);

/// Mean over the days of |promised - came| of their bin.
double calibration_error(const Forecast& forecast);

}  // namespace handbuilt::lessons::logistic
