#include "robot_sim/view/session.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "robot_sim/view/readings.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::array<double, 10> kSpeeds = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};
constexpr double kLongestFrame_s = 0.1;  // a window that was held up does not catch up
constexpr double kSkip_s = 10, kMessage_s = 6;
constexpr double kLeastCloseUp = 80, kMostCloseUp = 800, kZoomANotch = 1.15;

}  // namespace

Session::Session(Player player) : player_(std::move(player)) {}

void Session::play(bool on) {
  playing_ = on && (backwards_ ? player_.tick() > 0 : player_.tick() < player_.end());
  owed_ = 0;
  changed_ = true;
}

void Session::play_backwards(bool on) {
  backwards_ = on;
  play(true);
}

void Session::set_speed(double speed) {
  speed_ = std::clamp(speed, kSlowest, kFastest);
  changed_ = true;
}

void Session::faster() {
  const auto next = std::upper_bound(kSpeeds.begin(), kSpeeds.end(), speed_ * 1.001);
  if (next != kSpeeds.end()) set_speed(*next);
}

void Session::slower() {
  const auto next = std::lower_bound(kSpeeds.begin(), kSpeeds.end(), speed_ * 0.999);
  if (next != kSpeeds.begin()) set_speed(*std::prev(next));
}

void Session::say(std::string message) {
  message_ = std::move(message);
  message_left_s_ = kMessage_s;
  changed_ = true;
}

void Session::advance(double seconds) {
  if (!message_.empty() && (message_left_s_ -= seconds) <= 0) {
    message_.clear();
    changed_ = true;
  }
  if (!playing_) return;
  owed_ += std::min(seconds, kLongestFrame_s) * speed_ * kTicksPerSecond;
  const auto ticks = static_cast<std::uint32_t>(owed_);
  owed_ -= ticks;
  if (ticks == 0) return;
  changed_ = true;
  if (backwards_) {
    player_.seek(player_.tick() - std::min(ticks, player_.tick()));
    if (player_.tick() == 0) playing_ = backwards_ = false;
  } else {
    player_.seek(player_.tick() + ticks);
    if (player_.tick() == player_.end()) playing_ = false;
  }
}

void Session::step(int ticks) {
  play(false);
  const auto here = static_cast<std::int64_t>(player_.tick());
  player_.seek(static_cast<std::uint32_t>(std::max<std::int64_t>(0, here + ticks)));
}

void Session::seek(std::uint32_t tick) {
  player_.seek(tick);
  owed_ = 0;
  changed_ = leapt_ = true;
}

void Session::skip(double seconds) {
  const double target = player_.tick() + seconds * kTicksPerSecond;
  seek(static_cast<std::uint32_t>(std::clamp(target, 0.0, static_cast<double>(player_.end()))));
}

const std::vector<Component>& Session::components() {
  static const std::vector<Component> all = [] {
    std::vector<Component> found;
    for (int i = 0; i < kComponents; ++i)
      if (static_cast<Component>(i) != Component::kBoard) found.push_back(static_cast<Component>(i));
    return found;
  }();
  return all;
}

std::vector<FaultType> Session::types() const {
  std::vector<FaultType> found;
  for (int i = 0; i < kFaultTypes; ++i)
    if (robot_sim::severities(choice_.component, static_cast<FaultType>(i)) > 0)
      found.push_back(static_cast<FaultType>(i));
  return found;
}

int Session::severities() const { return robot_sim::severities(choice_.component, choice_.type); }

void Session::choose(Component component) {
  choice_.component = component;
  const std::vector<FaultType> possible = types();
  if (std::find(possible.begin(), possible.end(), choice_.type) == possible.end()) choice_.type = possible.front();
  choose(choice_.type);
}

void Session::choose(FaultType type) {
  choice_.type = type;
  choose_severity(choice_.severity);
}

void Session::choose_severity(int severity) {
  choice_.severity = std::clamp(severity, 1, severities());
  changed_ = true;
}

void Session::choose_end(bool ends, double lasts_s) {
  choice_.ends = ends;
  choice_.lasts_s = lasts_s;
  changed_ = true;
}

void Session::inject() {
  const double end_s = choice_.ends ? choice_.lasts_s : std::numeric_limits<double>::infinity();
  try {
    player_.inject({choice_.component, choice_.type, choice_.severity, 0, end_s});
    say("injected " + to_string({player_.timeline().faults().back().fault}));
  } catch (const ValueError& error) {
    say(error.what());
  }
}

void Session::drop_cat() {
  try {
    player_.drop_cat();
    say("the cat is on it for ten seconds");
  } catch (const ValueError& error) {
    say(error.what());
  }
}

bool Session::handle(const window::Event& event, const Layout& layout) {
  using Kind = window::Event::Kind;
  if (event.kind == Kind::key) {
    if (event.key == window::Key::escape) return false;
    press(event);
  }
  if (event.kind == Kind::mouse_down && event.left_held) click(event, layout);
  if (event.kind == Kind::mouse_up) dragging_ = false;
  if (event.kind == Kind::mouse_move && dragging_ && event.left_held) seek(layout.tick_at(event.x, player_.end()));
  if (event.kind == Kind::wheel && layout.close_up.contains(event.x, event.y)) {
    close_up_ = std::clamp(close_up_ * std::pow(kZoomANotch, event.wheel), kLeastCloseUp, kMostCloseUp);
    changed_ = true;
  }
  return true;
}

void Session::press(const window::Event& key) {
  if (key.key == window::Key::left) skip(-kSkip_s);
  if (key.key == window::Key::right) skip(kSkip_s);
  switch (key.character) {
    case ' ':
      return play(!playing_);
    case '.':
      return step(1);
    case ',':
      return step(-1);
    case '+':
    case '=':  // the same key without shift
      return faster();
    case '-':
      return slower();
    case 'r':
      return play_backwards(!backwards_);
    case 'c':
      return drop_cat();
    case 'i':
      return inject();
    default:
      return;
  }
}

void Session::click(const window::Event& at, const Layout& layout) {
  if (layout.timeline.contains(at.x, at.y)) {
    dragging_ = true;
    seek(layout.tick_at(at.x, player_.end()));
  }
  if (const auto component = component_at(layout.readings, at.x, at.y)) choose(*component);
}

bool Session::take_change() { return std::exchange(changed_, false); }
bool Session::take_leap() { return std::exchange(leapt_, false); }

}  // namespace handbuilt::robot_sim
