#include "numbers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "regression/classification_metrics.hpp"

namespace handbuilt::lessons::logistic {
namespace {

using Numbers = std::map<std::string, Number>;
using Statistic = std::function<double(const Forecast&)>;

constexpr int kSplits = 20;  // of the penguins

double mean_of(const VectorD& values, const std::vector<int>& rows) {
  double sum = 0;
  for (const int row : rows) sum += values[row];
  return sum / static_cast<double>(rows.size());
}

double share_wet(const Forecast& forecast) {
  return static_cast<double>(std::count(forecast.labels.begin(), forecast.labels.end(), 1)) / forecast.count();
}

double mean_loss(const Forecast& forecast) { return surprises(forecast).mean(); }

double share_right(const Forecast& forecast) {
  const regression::Decisions decisions = regression::decide(forecast.probability, forecast.labels, 0.5);
  return static_cast<double>(decisions.true_positives + decisions.true_negatives) / forecast.count();
}

/// A statistic of a forecast with its interval over weeks.
Number with_interval(const Forecast& forecast, const Statistic& statistic, std::uint64_t seed, std::string unit) {
  Random random(seed, "weeks");
  const Interval interval = week_interval(
      forecast.count(), [&](const std::vector<int>& rows) { return statistic(take(forecast, rows)); }, random);
  return {statistic(forecast), interval.low, interval.high, forecast.count(), std::move(unit)};
}

/// The mean of a difference of two forecasters on the same days, with its interval over weeks.
Number paired(const VectorD& difference, std::uint64_t seed, std::string unit) {
  Random random(seed, "weeks");
  const Interval interval = week_interval(
      static_cast<int>(difference.size()), [&](const std::vector<int>& rows) { return mean_of(difference, rows); },
      random);
  return {difference.mean(), interval.low, interval.high, static_cast<int>(difference.size()), std::move(unit)};
}

Number plain(double value, int n, std::string unit) { return {value, {}, {}, n, std::move(unit)}; }

/// The calibration error of a forecaster whose every probability is exactly right, on as many days: chance alone.
Number calibration_error_by_chance(Forecast forecast, std::uint64_t seed) {
  constexpr int kDraws = 2000;
  Random random(seed, "chance");
  std::vector<double> errors;
  for (int draw = 0; draw < kDraws; ++draw) {
    for (int day = 0; day < forecast.count(); ++day)
      forecast.labels[static_cast<std::size_t>(day)] = random.chance(forecast.probability[day]) ? 1 : 0;
    errors.push_back(calibration_error(forecast));
  }
  std::sort(errors.begin(), errors.end());
  double sum = 0;
  for (const double error : errors) sum += error;
  return {sum / kDraws, errors[kDraws / 40], errors[kDraws - 1 - kDraws / 40], kDraws, "share"};
}

VectorD costs(const Forecast& forecast, double threshold, double miss_cost) {
  VectorD result(forecast.count());
  for (int day = 0; day < forecast.count(); ++day) {
    const bool yes = forecast.probability[day] >= threshold, came = forecast.labels[static_cast<std::size_t>(day)] == 1;
    result[day] = yes && !came ? kFalseAlarmCost : (!yes && came ? miss_cost : 0);
  }
  return result;
}

void measure_rain(const Days& days, std::uint64_t seed, Numbers& numbers) {
  const Question question;
  const Forecast base = base_rate(days, question), logistic = logistic_forecast(days, question);
  const std::map<std::string, Forecast> forecasters{{"base", base},
                                                    {"month", month_rates(days, question)},
                                                    {"today", like_today(days, question)},
                                                    {"logistic", logistic}};
  numbers["wet_share_learned"] =
      plain(base.probability[0], static_cast<int>(rows_of_years(days, question.first_year, question.last_year).size()),
            "share");
  numbers["wet_share_2015"] = plain(share_wet(base), base.count(), "share");
  for (const auto& [name, forecast] : forecasters) {
    numbers["loss_" + name] = with_interval(forecast, mean_loss, seed, "nats");
    numbers["right_" + name] = with_interval(forecast, share_right, seed, "share");
    numbers["calibration_error_" + name] = with_interval(forecast, calibration_error, seed, "share");
    if (name != "base") numbers["gain_" + name] = paired(surprises(base) - surprises(forecast), seed, "nats");
  }
  numbers["gain_logistic_over_today"] = paired(surprises(forecasters.at("today")) - surprises(logistic), seed, "nats");
  numbers["calibration_error_by_chance"] = calibration_error_by_chance(logistic, seed);
  numbers["highest_probability"] = plain(logistic.probability.maxCoeff(), logistic.count(), "probability");

  for (const int year : {2013, 2014}) {
    const Question earlier{.last_year = year - 1, .test_year = year};
    numbers["gain_" + std::to_string(year)] =
        paired(surprises(base_rate(days, earlier)) - surprises(logistic_forecast(days, earlier)), seed, "nats");
  }

  // A leak: the day's own temperatures and wind, which nobody knows the evening before.
  Days leaked = days;
  for (const char* name : {"warmest", "coldest", "wind", "warming"}) {
    const auto column = std::find(days.names.begin(), days.names.end(), name) - days.names.begin();
    leaked.x.col(column).head(days.count() - 1) = days.x.col(column).tail(days.count() - 1);
  }
  numbers["gain_leaked"] = paired(surprises(base) - surprises(logistic_forecast(leaked, question)), seed, "nats");
}

void measure_costs(const Days& days, std::uint64_t seed, Numbers& numbers) {
  const Forecast forecast = logistic_forecast(days, {});
  const VectorD always = costs(forecast, 0, kMissCost);
  const double theory = threshold_for(kMissCost, kFalseAlarmCost);
  numbers["cost_threshold"] = plain(theory, 1, "probability");
  for (const auto& [name, threshold] :
       std::map<std::string, double>{{"always", 0}, {"never", 2}, {"half", 0.5}, {"theory", theory}})
    numbers["cost_" + name] = paired(costs(forecast, threshold, kMissCost), seed, "false alarms a day");
  numbers["cost_saved"] = paired(always - costs(forecast, theory, kMissCost), seed, "false alarms a day");

  numbers["cost_saved_over_half"] =
      paired(costs(forecast, 0.5, kMissCost) - costs(forecast, theory, kMissCost), seed, "false alarms a day");
  // Where both mistakes cost about the same, a forecast has more to decide.
  const VectorD mild = costs(forecast, threshold_for(kMildMissCost), kMildMissCost);
  numbers["cost_mild"] = paired(mild, seed, "false alarms a day");
  numbers["cost_mild_always"] = paired(costs(forecast, 0, kMildMissCost), seed, "false alarms a day");
  numbers["cost_mild_saved"] = paired(costs(forecast, 0, kMildMissCost) - mild, seed, "false alarms a day");

  // The threshold that was cheapest on 2014, for a forecaster that had not seen 2014.
  const Forecast before = logistic_forecast(days, {.last_year = 2013, .test_year = 2014});
  const double learned =
      regression::cheapest_threshold(before.probability, before.labels, kFalseAlarmCost, kMissCost).threshold;
  numbers["cost_learned_threshold"] = plain(learned, before.count(), "probability");
  numbers["cost_learned"] = paired(costs(forecast, learned, kMissCost), seed, "false alarms a day");
  const regression::CostedThreshold hindsight =
      regression::cheapest_threshold(forecast.probability, forecast.labels, kFalseAlarmCost, kMissCost);
  numbers["cost_hindsight_threshold"] = plain(hindsight.threshold, forecast.count(), "probability");
  numbers["cost_hindsight"] = plain(hindsight.cost, forecast.count(), "false alarms a day");
}

void measure_heavy(const Days& days, std::uint64_t seed, Numbers& numbers) {
  const Question question{.more_than_mm = kHeavyMm};
  const Forecast base = base_rate(days, question), honest = logistic_forecast(days, question),
                 balanced = logistic_forecast(days, question, {.balanced = true});
  const auto put = [&](const std::string& name, const Forecast& forecast, double threshold) {
    const regression::Decisions d = regression::decide(forecast.probability, forecast.labels, threshold);
    numbers["heavy_" + name + "_caught"] = plain(d.true_positives, forecast.count(), "days");
    numbers["heavy_" + name + "_alarms"] = plain(d.false_positives, forecast.count(), "days");
    numbers["heavy_" + name + "_right"] =
        plain(static_cast<double>(d.true_positives + d.true_negatives) / forecast.count(), forecast.count(), "share");
    numbers["heavy_" + name + "_cost"] = paired(costs(forecast, threshold, kHeavyMissCost), seed, "false alarms a day");
  };
  numbers["heavy_days"] = plain(share_wet(base) * base.count(), base.count(), "days");
  put("never", honest, 2);
  put("half", honest, 0.5);
  put("tenth", honest, threshold_for(kHeavyMissCost));
  put("balanced", balanced, 0.5);
  numbers["heavy_loss_base"] = with_interval(base, mean_loss, seed, "nats");
  numbers["heavy_loss_logistic"] = with_interval(honest, mean_loss, seed, "nats");
  numbers["heavy_loss_balanced"] = with_interval(balanced, mean_loss, seed, "nats");
  numbers["heavy_gain"] = paired(surprises(base) - surprises(honest), seed, "nats");
  numbers["heavy_calibration_error"] = with_interval(honest, calibration_error, seed, "share");
  numbers["heavy_calibration_error_balanced"] = with_interval(balanced, calibration_error, seed, "share");
  numbers["heavy_said_balanced"] = plain(balanced.probability.mean(), balanced.count(), "probability");
  numbers["heavy_share"] = plain(share_wet(base), base.count(), "share");
}

void measure_penguins(const Penguins& penguins, std::uint64_t seed, Numbers& numbers) {
  std::vector<double> right, gain, loss, base, right_two;
  double wrong = 0, birds = 0;
  for (std::uint64_t split = seed; split < seed + kSplits; ++split) {
    const Identification seen = identify(penguins, split);
    right.push_back(regression::accuracy(seen.named(), seen.species));
    loss.push_back(regression::log_loss(seen.probabilities, seen.species));
    base.push_back(seen.base_rate_loss);
    gain.push_back(base.back() - loss.back());
    wrong += (1 - right.back()) * static_cast<double>(seen.species.size());
    birds = static_cast<double>(seen.species.size());
    const Identification by_two = identify(penguins, split, 1, {2, 3});  // flipper and weight
    right_two.push_back(regression::accuracy(by_two.named(), by_two.species));
  }
  const auto put = [&](const char* name, const std::vector<double>& values, const char* unit) {
    const MeanInterval mean = mean_interval(values);
    numbers[name] = {mean.mean, mean.low, mean.high, kSplits, unit};
  };
  put("penguins_right", right, "share");
  put("penguins_right_flipper_and_weight", right_two, "share");
  put("penguins_loss", loss, "nats");
  put("penguins_loss_base", base, "nats");
  put("penguins_gain", gain, "nats");
  numbers["penguins_wrong"] = plain(wrong / kSplits, kSplits, "birds");
  numbers["penguins_tested"] = plain(birds, kSplits, "birds");
  const auto adelie = static_cast<double>(std::count(penguins.species.begin(), penguins.species.end(), 0));
  numbers["penguins_commonest"] =
      plain(adelie / static_cast<double>(penguins.species.size()), static_cast<int>(penguins.species.size()), "share");
}

}  // namespace

double cost_a_day(const Forecast& forecast, double threshold, double miss_cost, double false_alarm_cost) {
  const regression::Decisions d = regression::decide(forecast.probability, forecast.labels, threshold);
  return (miss_cost * d.false_negatives + false_alarm_cost * d.false_positives) / forecast.count();
}

double calibration_error(const Forecast& forecast) {
  return regression::expected_calibration_error(
      regression::calibration_curve(forecast.probability, forecast.labels, kBins));
}

Numbers measure(const Days& days, const Penguins& penguins, std::uint64_t seed) {
  Numbers numbers;
  measure_rain(days, seed, numbers);
  measure_costs(days, seed, numbers);
  measure_heavy(days, seed, numbers);
  measure_penguins(penguins, seed, numbers);
  return numbers;
}

}  // namespace handbuilt::lessons::logistic
