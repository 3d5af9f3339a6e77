#include "lessons/02_least_squares/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace handbuilt::lessons::least_squares {

using window::Event;
using window::Key;

namespace {

/// To one decimal, so that the mouse can put a point exactly above another.
double on_grid(double value) { return std::round(10 * value) / 10; }

}  // namespace

void Scene::choose(int set) {
  model_.choose(set);
  selected_ = -1;
  dragging_ = false;
  changed_ = true;
}

void Scene::reset() { choose(model_.chosen()); }

void Scene::toggle_squares() {
  squares_ = !squares_;
  changed_ = true;
}

void Scene::select_next(int step) {
  const int count = static_cast<int>(model_.points().x.size());
  selected_ = selected_ < 0 ? 0 : (selected_ + step + count) % count;
  changed_ = true;
}

void Scene::nudge(double dx, double dy) {
  if (selected_ < 0) return;
  const auto n = static_cast<std::size_t>(selected_);
  move_selected(model_.points().x[n] + dx, model_.points().y[n] + dy);
}

void Scene::move_selected(double x, double y) {
  if (selected_ < 0) return;
  model_.move(selected_, std::clamp(x, kXRange.low, kXRange.high), std::clamp(y, kYRange.low, kYRange.high));
  changed_ = true;
}

bool Scene::handle(const Event& event, const Layout& layout) {
  switch (event.kind) {
    case Event::Kind::key:
      return handle_key(event);
    case Event::Kind::mouse_down:
      if (!event.left_held || !layout.board.contains(event.x, event.y)) break;
      selected_ = point_near(model_, layout, event.x, event.y);
      dragging_ = selected_ >= 0;
      changed_ = true;
      break;
    case Event::Kind::mouse_move:
      dragging_ = dragging_ && event.left_held;
      if (dragging_) {
        const plot::Point value = value_at(layout, event.x, event.y);
        move_selected(on_grid(value.x), on_grid(value.y));
      }
      break;
    case Event::Kind::mouse_up:
      dragging_ = false;
      break;
    case Event::Kind::wheel:
      break;
  }
  return true;
}

bool Scene::handle_key(const Event& event) {
  constexpr double kNudge = 0.25;
  if (event.key == Key::escape || event.character == 'q') return false;
  if (event.character >= '1' && event.character <= '9') choose(event.character - '1');
  if (event.character == 'r') reset();
  if (event.character == 's') toggle_squares();
  if (event.key == Key::tab || event.character == 'n') select_next(1);
  if (event.character == 'p') select_next(-1);
  if (event.key == Key::left) nudge(-kNudge, 0);
  if (event.key == Key::right) nudge(kNudge, 0);
  if (event.key == Key::up) nudge(0, kNudge);
  if (event.key == Key::down) nudge(0, -kNudge);
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

int point_near(const DemoModel& model, const Layout& layout, double page_x, double page_y) {
  constexpr double kReach = 18;
  int nearest = -1;
  double least = kReach;
  for (std::size_t n = 0; n < model.points().x.size(); ++n) {
    const plot::Point place = place_of(layout, model.points().x[n], model.points().y[n]);
    const double distance = std::hypot(place.x - page_x, place.y - page_y);
    if (distance >= least) continue;
    least = distance;
    nearest = static_cast<int>(n);
  }
  return nearest;
}

}  // namespace handbuilt::lessons::least_squares
