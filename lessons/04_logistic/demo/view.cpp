#include "lessons/04_logistic/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "lessons/page.hpp"

namespace handbuilt::lessons::logistic {
namespace {

using plot::Colour;
using plot::Point;
using Anchor = plot::Text::Anchor;

const Colour kWet = Colour::of_series(0), kDry = Colour::of_series(1), kChosen = Colour::of_series(2);
constexpr double kWeak = 0.3;  // opacity of what is called dry, and of shades

constexpr std::array<const char*, 4> kForecasterNames{"the base rate, every day", "as often as after a day like today",
                                                      "logistic regression", "logistic regression on balanced labels"};

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

/// What is left of an area for a chart, below its heading and right of and above the words of its axes.
Area chart_in(const Area& area) {
  constexpr double kLeft = 34, kBelow = 34, kRight = 8;
  return {area.x + kLeft, area.y + kHeadingHeight + 6, area.width - kLeft - kRight,
          area.height - kHeadingHeight - 6 - kBelow};
}

/// Lines and labels at 0, a quarter ... 1 of an axis of probabilities to the right.
void draw_probabilities_below(Page& page, const Area& chart, const std::string& words) {
  for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    const double x = chart.x + tick * chart.width;
    page.line({{x, chart.y}, {x, chart.y + chart.height}}, kGrid, 1);
    page.text({x, chart.y + chart.height + 13}, fmt::format("{:g}", tick), kCaptionSize, kFaint, Anchor::middle);
  }
  page.text({chart.x + chart.width / 2, chart.y + chart.height + 28}, words, kCaptionSize, kFaint, Anchor::middle);
}

/// The same at the left, upwards to `top`.
void draw_ticks_left(Page& page, const Area& chart, const std::vector<double>& ticks, double top) {
  for (const double tick : ticks) {
    const double y = chart.y + chart.height * (1 - tick / top);
    page.line({{chart.x, y}, {chart.x + chart.width, y}}, kGrid, 1);
    page.text({chart.x - 5, y + 4}, fmt::format("{:g}", tick), kCaptionSize, kFaint, Anchor::end);
  }
}

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  page.text({layout.header.x, layout.header.y + 19},
            scene.heavy() ? fmt::format("More than {:g} mm of rain tomorrow in Seattle? The days of 2015", kHeavyMm)
                          : "Rain tomorrow in Seattle? The days of 2015",
            kTitleSize, kText, Anchor::start, true);
  double error = regression::expected_calibration_error(scene.calibration());
  page.text({layout.header.x, layout.header.y + 38},
            fmt::format("{}, learned from 2012 to 2014: log loss {:.3f}, calibration error {:.1f} points",
                        kForecasterNames.at(static_cast<std::size_t>(scene.forecaster())), scene.loss(), 100 * error),
            kCaptionSize, kFaint);
  page.text({layout.help.x, layout.help.y + 15},
            "drag the line, or left, right: threshold    up, down: cost of a miss    t: theory    c: cheapest    "
            "h: heavy rain    1-4: forecaster    esc: close",
            kCaptionSize, kFaint);
}

void draw_year(Page& page, const Layout& layout, const Scene& scene) {
  page.heading(layout.year, {"What was said each day: blue where it came; pale days are below the line",
                             "What was said each day: blue where it came", "What was said each day"});
  const Area chart = chart_in(layout.year);
  draw_ticks_left(page, chart, {0, 0.25, 0.5, 0.75, 1}, 1);
  const Forecast& forecast = scene.forecast();
  const double day_width = chart.width / forecast.count();
  for (int day = 0; day < forecast.count(); ++day) {
    const double p = forecast.probability[day], height = std::max(1.0, p * chart.height);
    const bool came = forecast.labels[static_cast<std::size_t>(day)] == 1, yes = p >= scene.threshold();
    page.fill({chart.x + day * day_width, chart.y + chart.height - height, std::max(0.6, day_width - 0.4), height},
              (came ? kWet : kDry).faded(yes ? 1 : kWeak));
  }
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t month = 0; month < kMonths.size(); ++month)
    page.text({chart.x + (static_cast<double>(month) + 0.5) * chart.width / 12, chart.y + chart.height + 13},
              kMonths.at(month), kCaptionSize, kFaint, Anchor::middle);
  const double y = year_axis(layout).place_of(scene.threshold());
  page.line({{chart.x - 4, y}, {chart.x + chart.width, y}}, kText, 2);
}

void draw_strips(Page& page, const Layout& layout, const Scene& scene) {
  page.heading(layout.strips, {"The same days by what was said", "By what was said"});
  const Area chart = chart_in(layout.strips);
  draw_probabilities_below(page, chart, "probability; yes is said right of the line");
  const Forecast& forecast = scene.forecast();
  // Days with nearly the same probability stand above each other.
  constexpr int kColumns = 100;
  constexpr double kGap = 22;  // above each half, for its words
  const double half = chart.height / 2, square = std::max(1.0, chart.width / kColumns - 0.8);
  std::array<std::array<int, kColumns>, 2> counts{};
  for (int day = 0; day < forecast.count(); ++day)
    ++counts.at(static_cast<std::size_t>(forecast.labels[static_cast<std::size_t>(day)]))
          .at(static_cast<std::size_t>(std::min(kColumns - 1, static_cast<int>(forecast.probability[day] * kColumns))));
  int tallest = 1;
  for (const auto& of_label : counts) tallest = std::max(tallest, *std::max_element(of_label.begin(), of_label.end()));
  const double unit = std::min(2 * square, (half - kGap) / tallest);
  for (std::size_t label = 0; label < 2; ++label) {
    const double floor = chart.y + (label == 1 ? half : chart.height);
    for (int column = 0; column < kColumns; ++column) {
      const int count = counts.at(label).at(static_cast<std::size_t>(column));
      const bool yes = (column + 0.5) / kColumns >= scene.threshold();
      page.fill({chart.x + column * chart.width / kColumns, floor - count * unit, square, count * unit},
                (label == 1 ? kWet : kDry).faded(yes ? 1 : kWeak));
    }
    page.line({{chart.x, floor}, {chart.x + chart.width, floor}}, kFaint, 1);
  }
  const regression::Decisions& d = scene.decisions();
  const double x = strips_axis(layout).place_of(scene.threshold());
  const auto name = [&](double top, const char* left, int left_count, const char* right, int right_count) {
    page.text({chart.x + 2, top + 12}, fmt::format("{} {}", left_count, left), kCaptionSize);
    page.text({chart.x + chart.width, top + 12}, fmt::format("{} {}", right_count, right), kCaptionSize, kText,
              Anchor::end);
  };
  name(chart.y, "missed", d.false_negatives, "caught", d.true_positives);
  name(chart.y + half, "rightly left", d.true_negatives, "false alarms", d.false_positives);
  page.line({{x, chart.y - 4}, {x, chart.y + chart.height}}, kText, 2);
}

void draw_confusion(Page& page, const Layout& layout, const Scene& scene) {
  const Area area =
      page.heading(layout.confusion, {"Confusion matrix: what was said against what came", "Confusion matrix"});
  const regression::Decisions& d = scene.decisions();
  constexpr double kNames = 70, kTop = 20, kBelow = 58;
  const double width = (area.width - kNames) / 2, height = (area.height - kTop - kBelow) / 2;
  const auto cell = [&](int row, int column, int count, const char* words, const Colour& colour) {
    const Area box{area.x + kNames + column * width, area.y + kTop + row * height, width - 4, height - 4};
    page.fill(box, colour);
    page.text({box.x + box.width / 2, box.y + box.height / 2 + 4}, fmt::format("{}", count), 24, kText, Anchor::middle,
              true);
    page.text({box.x + box.width / 2, box.y + box.height / 2 + 22}, words, kCaptionSize, kText, Anchor::middle);
  };
  const Colour calm = kFaint.faded(0.15), alarm = kDry.faded(kWeak);
  cell(0, 0, d.false_negatives, "misses", alarm);
  cell(0, 1, d.true_positives, "caught", calm);
  cell(1, 0, d.true_negatives, "rightly left", calm);
  cell(1, 1, d.false_positives, "false alarms", alarm);
  page.text({area.x + kNames + width / 2, area.y + 13}, "said no", kCaptionSize, kText, Anchor::middle);
  page.text({area.x + kNames + 1.5 * width, area.y + 13}, "said yes", kCaptionSize, kText, Anchor::middle);
  page.text({area.x, area.y + kTop + height / 2}, "it came", kCaptionSize);
  page.text({area.x, area.y + kTop + 1.5 * height}, "it did not", kCaptionSize);

  const int came = d.true_positives + d.false_negatives, said = d.true_positives + d.false_positives;
  const double right = static_cast<double>(d.true_positives + d.true_negatives) / scene.forecast().count();
  const double y = area.y + area.height - kBelow;
  page.text({area.x, y + 16}, fmt::format("right {}", percent(right)), kHeadingSize);
  page.text({area.x, y + 34},
            fmt::format("of {} that came, caught {}", came,
                        came == 0 ? "-" : percent(static_cast<double>(d.true_positives) / came)),
            kCaptionSize);
  page.text({area.x, y + 50},
            fmt::format("of {} alarms, true {}", said,
                        said == 0 ? "-" : percent(static_cast<double>(d.true_positives) / said)),
            kCaptionSize);
}

void draw_calibration(Page& page, const Layout& layout, const Scene& scene) {
  page.heading(layout.calibration, {"Calibration: what was promised against what came", "Calibration"});
  const Area chart = chart_in(layout.calibration);
  draw_probabilities_below(page, chart, "promised");
  draw_ticks_left(page, chart, {0, 0.25, 0.5, 0.75, 1}, 1);
  const auto at = [&](double promised, double came) {
    return Point{chart.x + promised * chart.width, chart.y + (1 - came) * chart.height};
  };
  page.line({at(0, 0), at(1, 1)}, kFaint, 1);
  for (const regression::CalibrationBin& bin : scene.calibration()) {
    if (bin.count == 0) continue;
    const Point place = at(bin.predicted, bin.observed);
    page.line({at(bin.predicted, bin.interval.low), at(bin.predicted, bin.interval.high)}, kWet.faded(0.6), 2);
    const double side = 4 + std::sqrt(bin.count);
    page.fill({place.x - side / 2, place.y - side / 2, side, side}, kWet);
    page.text({place.x, at(0, bin.interval.high).y - 3}, fmt::format("{}", bin.count), kCaptionSize, kFaint,
              Anchor::middle);
  }
  const double x = chart.x + scene.threshold() * chart.width;
  page.line({{x, chart.y}, {x, chart.y + chart.height}}, kText, 1);
}

/// The upper end of the axis of costs: a round number above the dearest threshold.
double top_of(double dearest) {
  double top = 0.1;
  for (const double step : {0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0})
    if (top < dearest) top = step;
  return top;
}

void draw_cost_curve(Page& page, const Layout& layout, const Scene& scene) {
  page.heading(layout.cost_curve, {fmt::format("Cost of a day, in false alarms: now {:.3f}", scene.cost()),
                                   fmt::format("Cost of a day: now {:.3f}", scene.cost())});
  const Area chart = chart_in(layout.cost_curve);
  const ProbabilityAxis axis = cost_axis(layout);
  constexpr int kSteps = 200;
  std::vector<double> costs;
  for (int step = 0; step <= kSteps; ++step) costs.push_back(scene.cost_curve_at(static_cast<double>(step) / kSteps));
  const double top = top_of(*std::max_element(costs.begin(), costs.end()));
  draw_probabilities_below(page, chart, "threshold");
  draw_ticks_left(page, chart, {0, top / 2, top}, top);
  const auto at = [&](double threshold, double cost) {
    return Point{axis.place_of(threshold), chart.y + chart.height * (1 - cost / top)};
  };
  std::vector<Point> curve;
  for (int step = 0; step <= kSteps; ++step)
    curve.push_back(at(static_cast<double>(step) / kSteps, costs[static_cast<std::size_t>(step)]));
  page.line(std::move(curve), kWet, 2);

  const double theory = threshold_for(scene.miss_cost());
  page.line({at(theory, 0), at(theory, top)}, kDry, 1);
  page.text({axis.place_of(theory) + 4, chart.y + 11}, "t: theory", kCaptionSize, kDry);
  const regression::CostedThreshold best = scene.cheapest();
  const Point cheapest = at(std::min(best.threshold, 1.0), best.cost);
  page.fill({cheapest.x - 4, cheapest.y - 4, 8, 8}, kChosen);
  page.text({cheapest.x, cheapest.y + 18}, fmt::format("c: cheapest, {:.3f}", best.cost), kCaptionSize, kChosen,
            best.threshold < 0.5 ? Anchor::start : Anchor::end);
  const Point now = at(scene.threshold(), scene.cost());
  page.line({{now.x, chart.y}, {now.x, chart.y + chart.height}}, kText, 2);
  page.fill({now.x - 4, now.y - 4, 8, 8}, kText);
}

}  // namespace

ProbabilityAxis year_axis(const Layout& layout) {
  const Area chart = chart_in(layout.year);
  return {chart.y + chart.height, chart.y};
}
ProbabilityAxis strips_axis(const Layout& layout) {
  const Area chart = chart_in(layout.strips);
  return {chart.x, chart.x + chart.width};
}
ProbabilityAxis cost_axis(const Layout& layout) {
  const Area chart = chart_in(layout.cost_curve);
  return {chart.x, chart.x + chart.width};
}

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  draw_header(page, layout, scene);
  draw_year(page, layout, scene);
  draw_strips(page, layout, scene);
  draw_confusion(page, layout, scene);
  draw_calibration(page, layout, scene);
  draw_cost_curve(page, layout, scene);
  return page.take();
}

}  // namespace handbuilt::lessons::logistic
