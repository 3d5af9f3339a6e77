#include "lessons/03_three_parameters/demo/scene.hpp"

#include <utility>

namespace handbuilt::lessons::three_parameters {

using window::Event;
using window::Key;

void Scene::toggle(int driver) {
  model_.toggle(driver);
  changed_ = true;
}

void Scene::add_best(int times) {
  for (; times > 0; --times) model_.add_best();
  changed_ = true;
}

void Scene::add_random(int times) {
  for (; times > 0; --times) model_.add_random();
  changed_ = true;
}

void Scene::take_out_last() {
  model_.take_out_last();
  changed_ = true;
}

void Scene::clear() {
  model_.clear();
  changed_ = true;
}

void Scene::take_the_three() {
  model_.take_the_three();
  changed_ = true;
}

void Scene::draw_new(World world) {
  model_.draw_new(world);
  changed_ = true;
}

void Scene::reveal(bool revealed) {
  revealed_ = revealed;
  changed_ = true;
}

bool Scene::handle(const Event& event, const Layout& layout) {
  if (event.kind == Event::Kind::key) return handle_key(event);
  if (event.kind == Event::Kind::mouse_down && event.left_held)
    if (const int driver = driver_at(layout, event.x, event.y); driver >= 0) toggle(driver);
  return true;
}

bool Scene::handle_key(const Event& event) {
  if (event.key == Key::escape) return false;
  if (event.key == Key::backspace) take_out_last();
  if (event.character == 'a' || event.character == ' ') add_best();
  if (event.character == 'r') add_random();
  if (event.character == 'c') clear();
  if (event.character == '3') take_the_three();
  if (event.character == 's') reveal(!revealed_);
  if (event.character == 'n') draw_new(model_.world());
  if (event.character == 'w') draw_new(kWorlds[(static_cast<std::size_t>(model_.world()) + 1) % kWorlds.size()]);
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

}  // namespace handbuilt::lessons::three_parameters
