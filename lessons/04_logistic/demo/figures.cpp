#include "lessons/04_logistic/demo/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "lessons/04_logistic/numbers.hpp"
#include "plot/figure.hpp"
#include "regression/classification_metrics.hpp"

namespace handbuilt::lessons::logistic {
namespace {

using plot::Figure;

constexpr double kWide = 380, kNarrow = 290, kPanelHeight = 310;

Figure calibration_panel(const std::string& title, const Forecast& forecast, double width) {
  std::vector<double> promised, came, low, high;
  for (const regression::CalibrationBin& bin :
       regression::calibration_curve(forecast.probability, forecast.labels, kBins)) {
    if (bin.count == 0) continue;
    promised.push_back(bin.predicted);
    came.push_back(bin.observed);
    low.push_back(bin.interval.low);
    high.push_back(bin.interval.high);
  }
  Figure figure(title);
  figure.size(width, kPanelHeight).axes("promised", "came").x_range(0, 1).y_range(0, 1);
  std::vector<double> diagonal;
  for (int step = 0; step <= 50; ++step) diagonal.push_back(step / 50.0);
  figure.line(diagonal, diagonal, "", {.colour = 5, .dashed = true});
  figure.points(promised, came, "", {.colour = 0}).error_bars(promised, low, high);
  return figure;
}

}  // namespace

plot::DisplayList calibration_figure(const Days& days) {
  const Question question;
  plot::DisplayList list =
      plot::page("Rain tomorrow: promised and come, 2015",
                 {calibration_panel("The base rate", base_rate(days, question), kNarrow),
                  calibration_panel("A day like today", like_today(days, question), kNarrow),
                  calibration_panel("Logistic regression", logistic_forecast(days, question), kNarrow)},
                 3);
  list.description =
      "Three calibration curves with their 95 % intervals. The base rate is one point near the diagonal, a day like "
      "today two points, logistic regression seven or eight points that follow the diagonal from 0.1 to 0.9.";
  return list;
}

plot::DisplayList balanced_figure(const Days& days) {
  const Question question{.more_than_mm = kHeavyMm};
  plot::DisplayList list = plot::page(
      fmt::format("More than {:g} mm tomorrow: promised and come, 2015", kHeavyMm),
      {calibration_panel("Learned from the days as they are", logistic_forecast(days, question), kWide),
       calibration_panel("Learned from balanced labels", logistic_forecast(days, question, {.balanced = true}), kWide)},
      2);
  list.description =
      "Two calibration curves of heavy rain. Learned from the days as they were, the points lie on the diagonal below "
      "0.4. Learned from balanced labels, they lie far below it: 0.75 is promised where 0.2 comes.";
  return list;
}

plot::DisplayList cost_figure(const Days& days) {
  const Forecast forecast = logistic_forecast(days, {});
  Figure figure("What each threshold costs, a false alarm being 1");
  figure.size(720, 360).axes("threshold", "cost of a day");
  std::vector<double> thresholds;
  for (int step = 0; step <= 100; ++step) thresholds.push_back(step / 100.0);
  int colour = 0;
  for (const double miss : {1.0, kMissCost, 10.0}) {
    std::vector<double> costs;
    for (const double threshold : thresholds) costs.push_back(cost_a_day(forecast, threshold, miss));
    figure.line(thresholds, costs, fmt::format("a miss costs {:g}", miss), {.colour = colour});
    const double theory = threshold_for(miss);
    figure.points({theory}, {cost_a_day(forecast, theory, miss)}, "", {.colour = colour++});
  }
  figure.description(
      "Three curves of the cost of a day against the threshold, for misses that cost 1, 5 and 10 false alarms. The "
      "dearer a miss, the lower the cheapest threshold; a dot marks 1 / (1 + cost of a miss), near the bottom of "
      "each.");
  return figure.draw();
}

plot::DisplayList days_figure(const Days& days) {
  const Forecast forecast = logistic_forecast(days, {});
  constexpr int kFirst = 243, kShown = 50;  // September is where dry turns into wet
  const VectorD losses = surprises(forecast);
  std::vector<double> wet_days, wet_said, dry_days, dry_said, all, surprise;
  for (int day = kFirst; day < kFirst + kShown; ++day) {
    const bool came = forecast.labels[static_cast<std::size_t>(day)] == 1;
    (came ? wet_days : dry_days).push_back(day - kFirst + 1);
    (came ? wet_said : dry_said).push_back(forecast.probability[day]);
    all.push_back(day - kFirst + 1);
    surprise.push_back(losses[day]);
  }
  Figure said("What was said, and what came");
  said.size(720, 230).axes("", "probability of rain").y_range(0, 1).x_range(0, kShown + 1);
  said.points(wet_days, wet_said, "it rained", {.colour = 0})
      .points(dry_days, dry_said, "it stayed dry", {.colour = 1});
  Figure losses_figure("How surprised that left the forecaster");
  losses_figure.size(720, 210)
      .axes("days from " + forecast.dates[kFirst] + " on", "-log(probability)")
      .x_range(0, kShown + 1)
      .line(all, surprise, "", {.colour = 2})
      .y_range(0, 2.5)
      .horizontal(std::log(2.0));
  plot::DisplayList list = plot::page("Fifty days of 2015", {said, losses_figure}, 1);
  list.description =
      "Above, the probability of rain said on each of fifty days, marked by whether it rained. Below, the surprise of "
      "each day: small where a high probability met rain or a low one a dry day, large in the other cases.";
  return list;
}

plot::DisplayList penguin_figure(const Penguins& penguins, std::uint64_t seed) {
  constexpr std::uint64_t kSplits = 20;
  const auto confusion = [&](const std::string& title, const std::vector<int>& columns) {
    std::vector<double> counts(9, 0);
    for (std::uint64_t split = seed; split < seed + kSplits; ++split) {
      const Identification seen = identify(penguins, split, 1, columns);
      const std::vector<int> named = seen.named();
      for (std::size_t bird = 0; bird < named.size(); ++bird)
        ++counts[static_cast<std::size_t>(3 * seen.species[bird] + named[bird])];
    }
    Figure figure(title);
    figure.size(400, 330).confusion(plot::Grid(3, 3, counts), penguins.classes);
    return figure;
  };
  plot::DisplayList list =
      plot::page("Birds it had not seen, named; twenty splits together",
                 {confusion("By all four measurements", {}), confusion("By flipper and weight only", {2, 3})}, 2);
  list.description =
      "Two confusion matrices of three species. By all four measurements nearly all birds lie on the diagonal. By "
      "flipper and weight only, Gentoo stay apart, and most of the Chinstrap are called Adelie.";
  return list;
}

}  // namespace handbuilt::lessons::logistic
