#include "robot_sim/drive/drive_window.hpp"

#include <algorithm>
#include <optional>

namespace handbuilt::robot_sim {

namespace {

using window::Event;
using window::Key;

constexpr double kMostAtOnce_s = 0.1;  // after a pause of the whole window, no leap

Push push_now(window::Window& window) {
  const Push keys =
      push_of_keys(window.is_held(Key::up) || window.is_held('w'), window.is_held(Key::down) || window.is_held('s'),
                   window.is_held(Key::left) || window.is_held('a'), window.is_held(Key::right) || window.is_held('d'));
  const std::optional<window::Window::Stick> stick = window.stick();
  if (!stick) return keys;
  const Push by_stick = push_of_stick(stick->x, stick->y);
  return {keys.ahead != 0 ? keys.ahead : by_stick.ahead, keys.left != 0 ? keys.left : by_stick.left};
}

}  // namespace

void run_drive_window(Race& race, const window::Window::Options& options) {
  window::Window window(options);
  std::optional<Scene> scene;
  double owed_s = 0;
  bool paused = false;
  while (window.next_frame()) {
    const double passed_s = std::min(window.passed_s(), kMostAtOnce_s);
    for (const Event& event : window.events()) {
      if (event.kind != Event::Kind::key) continue;
      if (event.key == Key::escape) window.close();
      if (event.character == ' ') paused = !paused;
      if (event.character == 'c') race.drop_cat();
    }
    const Push push = push_now(window);
    for (owed_s += paused ? 0 : passed_s; owed_s >= 0.02; owed_s -= 0.02) race.step(push);

    const Layout layout = layout_for(window.width(), window.height());
    if (window.needs_painting()) {
      scene.emplace(race.home(), layout.home.width, layout.home.height);
      scene->leap(race.simulator());
    }
    scene->update(race.simulator(), passed_s);
    window.paint(draw_drive_page(race, *scene, layout, paused));
  }
}

}  // namespace handbuilt::robot_sim
