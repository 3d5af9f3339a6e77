#include "lessons/10_convnet/demo/scene.hpp"

#include <algorithm>
#include <utility>

namespace handbuilt::lessons::convnet {

Scene::Scene(const data::LabelledImages& digits, std::shared_ptr<const Snapshot> snapshot) : digits_(digits) {
  show(std::move(snapshot));
}

void Scene::show(std::shared_ptr<const Snapshot> snapshot) {
  if (snapshot == snapshot_) return;
  snapshot_ = std::move(snapshot);
  network_ = snapshot_->network;
  refresh();
}

void Scene::show_digit(int index) {
  digit_ = (index % digits_.count() + digits_.count()) % digits_.count();
  shows_drawing_ = false;
  refresh();
}

void Scene::show_next_of_class(int c) {
  for (int step = 1; step <= digits_.count(); ++step) {
    const int candidate = (digit_ + step) % digits_.count();
    if (digits_.labels[static_cast<std::size_t>(candidate)] == c) return show_digit(candidate);
  }
}

void Scene::show_next_mistake(int step) {
  const std::vector<Mistake>& mistakes = snapshot_->insight->mistakes;
  const int count = static_cast<int>(mistakes.size());
  if (count == 0) return;
  const auto current =
      std::find_if(mistakes.begin(), mistakes.end(), [this](const Mistake& m) { return m.image == digit_; });
  const int place = current == mistakes.end() ? (step > 0 ? -1 : 0) : static_cast<int>(current - mistakes.begin());
  show_digit(mistakes[static_cast<std::size_t>(((place + step) % count + count) % count)].image);
}

void Scene::put_pen_down(plot::Point at) {
  pad_.put_pen_down(at);
  shows_drawing_ = true;
  refresh();
}

void Scene::move_pen(plot::Point to) {
  if (!pad_.pen_is_down()) return;
  pad_.move_pen(to);
  refresh();
}

void Scene::lift_pen() { pad_.lift_pen(); }

void Scene::clear_pad() {
  pad_.clear();
  shows_drawing_ = false;
  refresh();
}

void Scene::set_framing(Framing framing) {
  framing_ = framing;
  refresh();
}

void Scene::draw(const std::vector<Stroke>& strokes) {
  pad_.clear();
  for (const Stroke& stroke : strokes) {
    for (std::size_t i = 0; i < stroke.size(); ++i) i == 0 ? pad_.put_pen_down(stroke[i]) : pad_.move_pen(stroke[i]);
    pad_.lift_pen();
  }
  shows_drawing_ = true;
  refresh();
}

bool Scene::handle(const window::Event& event, const Layout& layout) {
  using Kind = window::Event::Kind;
  const plot::Point on_pad{(event.x - layout.pad.x) / layout.pad.width, (event.y - layout.pad.y) / layout.pad.height};
  switch (event.kind) {
    case Kind::key:
      return handle_key(event);
    case Kind::mouse_down:
      if (!event.left_held) break;
      if (layout.pad.contains(event.x, event.y)) {
        put_pen_down(on_pad);
      } else {
        const auto mistake = static_cast<std::size_t>(mistake_tiles(layout).at(event.x, event.y));
        if (mistake < snapshot_->insight->mistakes.size()) show_digit(snapshot_->insight->mistakes[mistake].image);
      }
      break;
    case Kind::mouse_move:
      event.left_held ? move_pen(on_pad) : lift_pen();
      break;
    case Kind::mouse_up:
      lift_pen();
      break;
    case Kind::wheel:
      break;
  }
  return true;
}

bool Scene::handle_key(const window::Event& event) {
  using window::Key;
  if (event.key == Key::escape || event.character == 'q') return false;
  if (event.key == Key::right || event.character == 'n') show_digit(digit_ + 1);
  if (event.key == Key::left || event.character == 'p') show_digit(digit_ - 1);
  if (event.key == Key::down) show_next_mistake(1);
  if (event.key == Key::up) show_next_mistake(-1);
  if (event.character >= '0' && event.character <= '9') show_next_of_class(event.character - '0');
  if (event.character == 'c') clear_pad();
  if (event.character == 'm') set_framing(framing_ == Framing::as_mnist ? Framing::as_drawn : Framing::as_mnist);
  if (event.character == ' ') paused = !paused;
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

void Scene::refresh() {
  picture_ = shows_drawing_ ? rasterised(pad_.strokes(), framing_) : data::slice(digits_, digit_, digit_ + 1).images;
  answer_ = convnet::answer(network_, picture_);
  changed_ = true;
}

}  // namespace handbuilt::lessons::convnet
