#include "window/window.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <thread>

#include "core/error.hpp"
#include "support/virtual_display.hpp"

namespace handbuilt::window {
namespace {

using handbuilt::testing::VirtualDisplay;
using plot::Colour;
using plot::DisplayList;
using plot::Rgb;

constexpr auto kPatience = std::chrono::seconds(20);
const std::string kTitle = "handbuilt window test";

Rgb pixel(const data::ByteTensor& pixels, int x, int y) { return {pixels(y, x, 0), pixels(y, x, 1), pixels(y, x, 2)}; }

/// One of everything.
DisplayList sampler() {
  return {400,
          300,
          "",
          "",
          {plot::Rectangle{20, 20, 60, 40, Colour::of_series(0)},
           plot::Polyline{{{100, 20}, {180, 70}, {240, 30}}, Colour::of_series(1), 3},
           plot::Polygon{{{20, 100}, {120, 100}, {70, 120}, {60, 180}}, Colour::of_series(2)},
           plot::Marker{{200, 150}, 8, Colour::of_series(3), plot::Marker::Kind::diamond},
           plot::Text{{20, 250}, "Ten digits, drawn by hand", 18, plot::Text::Anchor::start, false, false, {}},
           plot::Image{300, 100, 80, 80, 2, 2, {255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0}}}};
}

/// The sampler with a row of controls over it, as a window shows it.
data::ByteTensor window_pixels(const Window::Options& options) {
  Window window(options);
  for (int frame = 0; frame < 3 && window.next_frame(); ++frame) {
    window.paint(sampler());
    Panel panel(window, "controls", {0, 260, 400, 40});
    panel.button("Pause");
    double rate = 0.5;
    panel.slider("rate", rate, 0, 1);
  }
  return window.pixels();
}

class HeadlessWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
  }
};

TEST_F(HeadlessWindow, NeedsNoDisplay) {
  Window window({.title = kTitle, .width = 800, .height = 600, .headless = true});
  EXPECT_TRUE(window.next_frame());
}

TEST_F(HeadlessWindow, AWindowThatNeedsADisplaySaysThatThereIsNone) { EXPECT_THROW(Window({.title = kTitle}), Error); }

TEST_F(HeadlessWindow, ShowsThePagePixelByPixelAsACanvasPaintsIt) {
  Window window({.title = kTitle, .width = 640, .height = 480, .headless = true});
  ASSERT_TRUE(window.next_frame());
  window.paint(sampler());
  Canvas canvas(640, 480, plot::Theme::light);
  canvas.paint(sampler(), 0, 0, 1);
  EXPECT_TRUE(window.pixels() == canvas.pixels());
}

TEST_F(HeadlessWindow, NeedsPaintingUntilItIsPainted) {
  Window window({.title = kTitle, .headless = true});
  ASSERT_TRUE(window.next_frame());
  EXPECT_TRUE(window.needs_painting());
  window.paint(sampler());
  EXPECT_FALSE(window.needs_painting());
  ASSERT_TRUE(window.next_frame());
  EXPECT_FALSE(window.needs_painting());
}

TEST_F(HeadlessWindow, PageGrowsNoLargerThanALayoutCanUseOnAFourKScreen) {
  Window window({.title = kTitle, .width = 3840, .height = 2160, .headless = true});
  EXPECT_LE(window.width(), 1600);
  EXPECT_GE(window.height(), 800);
}

TEST_F(HeadlessWindow, ControlsAreDrawnOverThePageInTheirArea) {
  Window window({.title = kTitle, .width = 640, .height = 480, .headless = true});
  for (int frame = 0; frame < 3 && window.next_frame(); ++frame) {
    window.paint({640, 480, "", "", {}});
    Panel panel(window, "controls", {100, 200, 200, 60});
    panel.button("Pause");
  }
  const auto pixels = window.pixels();
  int inside = 0, outside = 0;
  for (int y = 0; y < 480; ++y)
    for (int x = 0; x < 640; ++x)
      if (pixel(pixels, x, y) != Rgb{255, 255, 255}) ++(Area{100, 200, 200, 60}.contains(x, y) ? inside : outside);
  EXPECT_GT(inside, 500);
  EXPECT_EQ(outside, 0);
}

TEST_F(HeadlessWindow, SaysHowMuchTimePassedSinceTheFrameBefore) {
  const auto began = std::chrono::steady_clock::now();
  Window window({.title = kTitle, .headless = true});
  ASSERT_TRUE(window.next_frame());
  double sum_s = window.passed_s();
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  ASSERT_TRUE(window.next_frame());
  EXPECT_GE(window.passed_s(), 0.059);
  sum_s += window.passed_s();
  ASSERT_TRUE(window.next_frame());
  EXPECT_GT(window.passed_s(), 0);
  sum_s += window.passed_s();
  EXPECT_LE(sum_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() + 0.001);
}

TEST_F(HeadlessWindow, ClosesWhenAsked) {
  Window window({.title = kTitle, .headless = true});
  ASSERT_TRUE(window.next_frame());
  window.close();
  EXPECT_FALSE(window.next_frame());
  EXPECT_FALSE(window.next_frame());
}

/// A user in front of a window of 640 x 480 on a screen of its own.
class WindowOnAScreen : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
    display_.emplace(1400, 1000);
  }

  /// Runs frames, gathering events, until `done` or the window closes; false when patience ends first.
  bool run_until(
      Window& window, const std::function<bool()>& done, const std::function<void()>& frame = [] {}) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline) {
      if (!window.next_frame()) return done();
      if (window.needs_painting()) window.paint(sampler());
      events_.insert(events_.end(), window.events().begin(), window.events().end());
      frame();
      if (done()) return true;
    }
    return false;
  }
  /// Runs until the window is on the screen and has the keyboard.
  bool run_until_shown(Window& window) {
    return run_until(window, [&] { return display_->focus(kTitle); }) && run_frames(window, 5);
  }
  bool run_frames(Window& window, int frames) {
    return run_until(window, [&] { return frames-- <= 0; });
  }
  [[nodiscard]] bool saw(const std::function<bool(const Event&)>& wanted) const {
    return std::any_of(events_.begin(), events_.end(), wanted);
  }

  static Window::Options options() { return {.title = kTitle, .width = 640, .height = 480}; }

  std::optional<VirtualDisplay> display_;
  std::vector<Event> events_;
};

TEST_F(WindowOnAScreen, HasTheSamePixelsAsWithoutOne) {
  const auto shown = window_pixels(options());
  Window::Options headless = options();
  headless.headless = true;
  EXPECT_TRUE(shown == window_pixels(headless));
}

TEST_F(WindowOnAScreen, HasTheSamePixelsOnTheOffscreenDriver) {
  const auto shown = window_pixels(options());
  setenv("SDL_VIDEODRIVER", "offscreen", 1);
  const auto offscreen = window_pixels(options());
  unsetenv("SDL_VIDEODRIVER");
  EXPECT_TRUE(shown == offscreen);
}

TEST_F(WindowOnAScreen, HearsLettersDigitsAndNamedKeys) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  for (const char* key : {"c", "7", "space", "Left"}) display_->press_key(key);
  EXPECT_TRUE(run_until(window, [&] { return saw([](const Event& e) { return e.key == Key::left; }); }));
  for (const char character : {'c', '7', ' '})
    EXPECT_TRUE(saw([&](const Event& e) { return e.kind == Event::Kind::key && e.character == character; }))
        << character;
}

TEST_F(WindowOnAScreen, FollowsTheMouseThroughADrag) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  display_->move_mouse(kTitle, 100, 120);
  display_->hold_mouse();
  display_->move_mouse(kTitle, 300, 220);
  display_->release_mouse();
  ASSERT_TRUE(run_until(window, [&] { return saw([](const Event& e) { return e.kind == Event::Kind::mouse_up; }); }));
  EXPECT_TRUE(saw([](const Event& e) { return e.kind == Event::Kind::mouse_down && e.x == 100 && e.y == 120; }));
  EXPECT_TRUE(
      saw([](const Event& e) { return e.kind == Event::Kind::mouse_move && e.left_held && e.x == 300 && e.y == 220; }));
}

TEST_F(WindowOnAScreen, AClickOnAButtonPressesItOnceAndReachesNobodyElse) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  int presses = 0;
  const auto controls = [&] {
    Panel panel(window, "controls", {20, 20, 200, 40});
    presses += panel.button("Pause") ? 1 : 0;
  };
  ASSERT_TRUE(run_until(
      window, [&] { return !window.needs_painting(); }, controls));
  display_->move_mouse(kTitle, 40, 32);
  ASSERT_TRUE(run_until(
      window, [&] { return saw([](const Event& e) { return e.x == 40; }); }, controls));
  events_.clear();
  display_->click(kTitle, 40, 32);
  EXPECT_TRUE(run_until(
      window, [&] { return presses > 0; }, controls));
  int more_frames = 10;
  run_until(
      window, [&] { return more_frames-- <= 0; }, controls);
  EXPECT_EQ(presses, 1);
  EXPECT_FALSE(saw([](const Event& e) { return e.kind == Event::Kind::mouse_down; }));
}

TEST_F(WindowOnAScreen, ASliderFollowsTheMouse) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  double value = 0.5;
  const auto controls = [&] {
    Panel panel(window, "controls", {20, 20, 300, 40});
    panel.slider("rate", value, 0, 1);
  };
  run_until(
      window, [&] { return !window.needs_painting(); }, controls);
  display_->move_mouse(kTitle, 25, 32);
  int frames = 5;
  run_until(
      window, [&] { return frames-- <= 0; }, controls);
  display_->hold_mouse();
  EXPECT_TRUE(run_until(
      window, [&] { return value < 0.1; }, controls))
      << value;
  display_->release_mouse();
}

TEST_F(WindowOnAScreen, ANewSizeMakesANewPage) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  ASSERT_TRUE(display_->resize(kTitle, 900, 700));
  EXPECT_TRUE(run_until(window, [&] { return window.width() == 900 && window.height() == 700; }));
  const auto pixels = window.pixels();
  EXPECT_EQ(pixels.shape(), (Shape{700, 900, 3}));
  EXPECT_EQ(pixel(pixels, 50, 40), plot::rgb_of(Colour::of_series(0), plot::Theme::light));
}

TEST_F(WindowOnAScreen, EndsWhenTheUserClosesIt) {
  Window window(options());
  ASSERT_TRUE(run_until_shown(window));
  ASSERT_TRUE(display_->close(kTitle));
  bool closed = false;
  run_until(
      window, [&] { return closed; }, [&] { closed = false; });
  EXPECT_FALSE(window.next_frame());
}

TEST_F(WindowOnAScreen, ASecondWindowOpensAfterTheFirstIsGone) {
  for (int round = 0; round < 3; ++round) {
    Window window(options());
    EXPECT_TRUE(run_until_shown(window));
  }
}

}  // namespace
}  // namespace handbuilt::window
