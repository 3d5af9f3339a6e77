#include "lessons/06_mixtures/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lessons/06_mixtures/cloud_picture.hpp"
#include "lessons/06_mixtures/demo/view.hpp"

namespace handbuilt::lessons::mixtures {

using clustering::CovarianceForm;
using window::Event;
using window::Key;

void Scene::step() {
  model_.step();
  changed_ = true;
}

void Scene::run(bool running) {
  running_ = running && !model_.has_converged();
  frames_ = 0;
  changed_ = true;
}

void Scene::finish() {
  running_ = false;
  model_.run();
  changed_ = true;
}

void Scene::restart() {
  model_.restart();
  changed_ = true;
}

void Scene::add_components(int count) {
  model_.set_components(model_.components() + count);
  changed_ = true;
}

void Scene::set_form(CovarianceForm form) {
  model_.set_form(form);
  changed_ = true;
}

void Scene::choose(Cloud cloud) {
  running_ = false;
  model_.choose(cloud);
  changed_ = true;
}

void Scene::clear() {
  running_ = false;
  model_.clear();
  changed_ = true;
}

void Scene::drop(const Layout& layout, double place_x, double place_y) {
  const Plane plane = board_plane(layout);
  if (!plane.area.contains(place_x, place_y)) return;
  const plot::Point point = plane.point_at(place_x, place_y);
  model_.add_row(point.x, point.y);
  last_x_ = place_x;
  last_y_ = place_y;
  changed_ = true;
}

bool Scene::handle(const Event& event, const Layout& layout) {
  constexpr double kBetweenDrops = 9;
  if (event.kind == Event::Kind::key) return handle_key(event);
  if (!event.left_held) return true;
  if (event.kind == Event::Kind::mouse_down) drop(layout, event.x, event.y);
  if (event.kind == Event::Kind::mouse_move && std::hypot(event.x - last_x_, event.y - last_y_) > kBetweenDrops)
    drop(layout, event.x, event.y);
  return true;
}

bool Scene::handle_key(const Event& event) {
  if (event.key == Key::escape) return false;
  if (event.character == ' ' || event.key == Key::right) step();
  if (event.key == Key::enter) finish();
  if (event.key == Key::up) add_components(1);
  if (event.key == Key::down) add_components(-1);
  switch (event.character) {
    case 'r':
      run(!running_);
      break;
    case 'n':
      restart();
      break;
    case 'c':
      clear();
      break;
    case 'f':
      set_form(static_cast<CovarianceForm>((static_cast<int>(model_.form()) + 1) % 3));
      break;
    default:
      break;
  }
  if (event.character >= '1' && event.character < '1' + static_cast<int>(kClouds.size()))
    choose(kClouds.at(static_cast<std::size_t>(event.character - '1')));
  return true;
}

void Scene::pass_frame() {
  constexpr int kFramesAStep = 10;
  if (!running_ || ++frames_ % kFramesAStep != 0) return;
  step();
  running_ = !model_.has_converged();
}

bool Scene::take_change() { return std::exchange(changed_, false); }

}  // namespace handbuilt::lessons::mixtures
