#include "robot_sim/view/window.hpp"

#include <algorithm>
#include <optional>

#include "data/image.hpp"
#include "robot_sim/view/page.hpp"

namespace handbuilt::robot_sim {

namespace {

void draw_time_controls(window::Window& window, Session& session, const Area& area) {
  window::Panel panel(window, "time", area);
  if (panel.button("Start")) session.seek(0);
  if (panel.button("- 10 s")) session.skip(-10);
  if (panel.button(session.playing() ? "Pause" : "Play", !session.playing())) session.play(!session.playing());
  if (panel.button("Step")) session.step(1);
  if (panel.button("+ 10 s")) session.skip(10);
  if (panel.button("Backwards", session.backwards())) session.play_backwards(!session.backwards());
  if (panel.button("Slower")) session.slower();
  if (panel.button("Faster")) session.faster();
  for (const auto& [label, speed] : {std::pair{"1x", 1.0}, {"10x", 10.0}, {"100x", 100.0}})
    if (panel.button(label, session.speed() == speed)) session.set_speed(speed);
}

void draw_fault_controls(window::Window& window, Session& session, const Area& area) {
  constexpr double kHeading = 18, kRow = 38;
  const FaultChoice choice = session.choice();
  {
    window::Panel panel(window, "fault", {area.x, area.y + kHeading, area.width, kRow});
    std::vector<std::string> names;
    const std::vector<Component>& components = Session::components();
    for (const Component component : components) names.emplace_back(name_of(component));
    auto chosen =
        static_cast<int>(std::find(components.begin(), components.end(), choice.component) - components.begin());
    if (panel.choice("component", names, chosen, 150)) session.choose(components[static_cast<std::size_t>(chosen)]);

    const std::vector<FaultType> types = session.types();
    names.clear();
    for (const FaultType type : types) names.emplace_back(name_of(type));
    chosen = static_cast<int>(std::find(types.begin(), types.end(), session.choice().type) - types.begin());
    if (panel.choice("type", names, chosen, 116)) session.choose(types[static_cast<std::size_t>(chosen)]);

    names.clear();
    for (int severity = 1; severity <= session.severities(); ++severity) names.push_back(std::to_string(severity));
    chosen = session.choice().severity - 1;
    if (panel.choice("severity", names, chosen, 50)) session.choose_severity(chosen + 1);
  }
  window::Panel panel(window, "do", {area.x, area.y + kHeading + kRow, area.width, kRow});
  if (panel.button("Inject")) session.inject();
  bool ends = choice.ends;
  double lasts_s = choice.lasts_s;
  const bool switched = panel.toggle("for", ends);
  const bool moved = panel.slider("s", lasts_s, 1, 300);
  if (switched || moved) session.choose_end(ends || moved, lasts_s);
  if (panel.button("Cat")) session.drop_cat();
}

}  // namespace

void draw_controls(window::Window& window, Session& session) {
  const Layout layout = layout_for(window.width(), window.height());
  draw_time_controls(window, session, layout.bar);
  draw_fault_controls(window, session, layout.faults);
}

void run_window(Session& session, const window::Window::Options& options) {
  window::Window window(options);
  std::optional<Scene> scene;
  while (window.next_frame()) {
    const Layout layout = layout_for(window.width(), window.height());
    for (const window::Event& event : window.events())
      if (!session.handle(event, layout)) window.close();
    draw_controls(window, session);
    session.advance(window.passed_s());

    const bool is_new = window.needs_painting();
    if (is_new) scene.emplace(session.player().home(), layout.home.width, layout.home.height);
    if (session.take_leap() || is_new) scene->leap(session.player().simulator());
    if (!session.take_change() && !is_new && !scene->is_fading()) continue;
    scene->update(session.player().simulator(), window.passed_s());
    window.paint(draw_page(session, *scene, layout));
  }
}

void write_screenshot(Session& session, std::uint32_t tick, const std::filesystem::path& path) {
  window::Window window({.title = kWindowTitle, .headless = true});
  session.play(false);
  session.seek(tick);
  const Layout layout = layout_for(window.width(), window.height());
  Scene scene(session.player().home(), layout.home.width, layout.home.height);
  scene.leap(session.player().simulator());
  for (int frame = 0; frame < 2 && window.next_frame(); ++frame) {  // controls need one to find their places
    draw_controls(window, session);
    window.paint(draw_page(session, scene, layout));
  }
  data::write_png(path, window.pixels());
}

}  // namespace handbuilt::robot_sim
