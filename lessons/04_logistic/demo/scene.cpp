#include "lessons/04_logistic/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lessons/04_logistic/demo/view.hpp"

namespace handbuilt::lessons::logistic {
namespace {

constexpr double kStep = 0.01;       // of the threshold, by key
constexpr double kCostFactor = 1.2;  // of a miss, by key

}  // namespace

Layout layout_for(double width, double height) {
  constexpr double kHeader = 44, kControls = 30, kHelp = 22;
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  const double wide = width - 2 * margin;
  Layout layout;
  layout.header = {margin, margin / 2, wide, kHeader};
  layout.controls = {margin, margin / 2 + kHeader, 0.55 * wide, kControls};
  layout.costs = {margin, layout.controls.y + kControls + 4, wide, kControls};
  layout.help = {margin, height - kHelp, wide, kHelp};

  const double top = layout.costs.y + kControls + margin / 2, tall = layout.help.y - margin / 2 - top;
  const double upper = 0.36 * tall, left = 0.62 * wide;
  layout.year = {margin, top, left - margin, upper};
  layout.strips = {margin + left, top, wide - left, upper};
  const double third = (wide - 2 * margin) / 3, lower = top + upper + margin;
  const double rest = tall - upper - margin;
  layout.confusion = {margin, lower, third, rest};
  layout.calibration = {2 * margin + third, lower, third, rest};
  layout.cost_curve = {3 * margin + 2 * third, lower, third, rest};
  return layout;
}

Scene::Scene(const Days& days) : days_(days) { refresh(); }

void Scene::set_threshold(double threshold) {
  threshold_ = std::clamp(threshold, 0.0, 1.0);
  decisions_ = regression::decide(forecast_.probability, forecast_.labels, threshold_);
  changed_ = true;
}

void Scene::set_miss_cost(double false_alarms) {
  miss_cost_ = std::clamp(false_alarms, 0.1, kLargestMissCost);
  changed_ = true;
}

void Scene::set_forecaster(Forecaster forecaster) {
  forecaster_ = forecaster;
  refresh();
}

void Scene::set_heavy(bool heavy) {
  heavy_ = heavy;
  refresh();
}

void Scene::use_theory() { set_threshold(threshold_for(miss_cost_)); }

void Scene::use_cheapest() { set_threshold(cheapest().threshold); }

regression::CostedThreshold Scene::cheapest() const {
  return regression::cheapest_threshold(forecast_.probability, forecast_.labels, 1, miss_cost_);
}

double Scene::cost_curve_at(double threshold) const { return cost_a_day(forecast_, threshold, miss_cost_); }

bool Scene::handle(const window::Event& event, const Layout& layout) {
  using Kind = window::Event::Kind;
  if (event.kind == Kind::key) return handle_key(event);
  if (event.kind == Kind::mouse_down && event.left_held) {
    if (layout.year.contains(event.x, event.y))
      held_ = Held::year;
    else if (layout.strips.contains(event.x, event.y))
      held_ = Held::strips;
    else if (layout.cost_curve.contains(event.x, event.y))
      held_ = Held::cost_curve;
  }
  if (event.kind == Kind::mouse_up || !event.left_held) held_ = Held::nothing;
  if (held_ == Held::year) set_threshold(year_axis(layout).probability_at(event.y));
  if (held_ == Held::strips) set_threshold(strips_axis(layout).probability_at(event.x));
  if (held_ == Held::cost_curve) set_threshold(cost_axis(layout).probability_at(event.x));
  if (event.kind == Kind::wheel) set_threshold(threshold_ + kStep * event.wheel);
  return true;
}

bool Scene::handle_key(const window::Event& event) {
  using window::Key;
  if (event.key == Key::escape || event.character == 'q') return false;
  if (event.key == Key::right) set_threshold(threshold_ + kStep);
  if (event.key == Key::left) set_threshold(threshold_ - kStep);
  if (event.key == Key::up) set_miss_cost(miss_cost_ * kCostFactor);
  if (event.key == Key::down) set_miss_cost(miss_cost_ / kCostFactor);
  if (event.character == 't') use_theory();
  if (event.character == 'c') use_cheapest();
  if (event.character == 'h') set_heavy(!heavy_);
  if (event.character >= '1' && event.character <= '4') set_forecaster(static_cast<Forecaster>(event.character - '1'));
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

void Scene::refresh() {
  const Question question{.more_than_mm = heavy_ ? kHeavyMm : 0};
  switch (forecaster_) {
    case Forecaster::base_rate:
      forecast_ = base_rate(days_, question);
      break;
    case Forecaster::like_today:
      forecast_ = like_today(days_, question);
      break;
    case Forecaster::logistic:
      forecast_ = logistic_forecast(days_, question);
      break;
    case Forecaster::balanced:
      forecast_ = logistic_forecast(days_, question, {.balanced = true});
      break;
  }
  calibration_ = regression::calibration_curve(forecast_.probability, forecast_.labels, kBins);
  loss_ = surprises(forecast_).mean();
  set_threshold(threshold_);
}

}  // namespace handbuilt::lessons::logistic
