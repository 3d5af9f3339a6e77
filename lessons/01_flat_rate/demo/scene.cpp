#include "lessons/01_flat_rate/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "regression/baseline.hpp"
#include "regression/metrics.hpp"

namespace handbuilt::lessons::flat_rate {

using window::Event;
using window::Key;

Scene::Scene(DemoModel& model) : model_(model) {
  set_rate_to_mean();
  choose(4);
}

void Scene::set_rate(double rate) {
  rate_ = std::clamp(rate, 0.0, 70.0);
  changed_ = true;
}

void Scene::set_rate_to_mean() { set_rate(regression::flat_mean(model_.barley().yields)); }
void Scene::set_rate_to_median() { set_rate(regression::flat_median(model_.barley().yields)); }

void Scene::choose(int index) {
  if (index < 0 || index >= static_cast<int>(kModels.size())) return;
  chosen_ = index;
  changed_ = true;
}

void Scene::deal() {
  model_.deal();
  changed_ = true;
}

void Scene::exchange_morris() {
  model_.exchange_morris();
  changed_ = true;
}

bool Scene::handle(const Event& event, const Layout& layout) {
  switch (event.kind) {
    case Event::Kind::key:
      return handle_key(event);
    case Event::Kind::mouse_down:
      dragging_ = event.left_held && layout.field.contains(event.x, event.y);
      for (int i = 0; i < static_cast<int>(kModels.size()); ++i)
        if (event.left_held && model_line(layout, i).contains(event.x, event.y)) choose(i);
      break;
    case Event::Kind::mouse_up:
      dragging_ = false;
      break;
    case Event::Kind::mouse_move:
      dragging_ = dragging_ && event.left_held;
      break;
    case Event::Kind::wheel:
      if (layout.field.contains(event.x, event.y)) set_rate(rate_ + event.wheel);
      break;
  }
  if (dragging_) set_rate(yield_at(layout, event.y));
  return true;
}

bool Scene::handle_key(const Event& event) {
  if (event.key == Key::escape) return false;
  if (event.key == Key::up) set_rate(rate_ + 0.5);
  if (event.key == Key::down) set_rate(rate_ - 0.5);
  if (event.character >= '1' && event.character <= '9') choose(event.character - '1');
  if (event.character == 'd' || event.character == ' ') deal();
  if (event.character == 'm') set_rate_to_mean();
  if (event.character == 'n') set_rate_to_median();
  if (event.character == 'x') exchange_morris();
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

double Scene::rate_mae() const {
  const VectorD& yields = model_.barley().yields;
  return regression::mean_absolute_error(VectorD::Constant(yields.size(), rate_), yields);
}

double Scene::rate_rmse() const {
  const VectorD& yields = model_.barley().yields;
  return regression::root_mean_squared_error(VectorD::Constant(yields.size(), rate_), yields);
}

}  // namespace handbuilt::lessons::flat_rate
