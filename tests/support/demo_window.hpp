#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/demo_process.hpp"
#include "support/virtual_display.hpp"
#include "window/canvas.hpp"

namespace handbuilt::testing {

/// A demo as a user runs it: the program itself, on a screen of its own. A test's SetUp calls `open`.
class DemoWindowTest : public ::testing::Test {
 protected:
  /// Starts the program and waits for its window to show something in `area`, on a page of 1280 x 800.
  void open(const char* program, const std::string& title, const window::Area& area,
            const std::vector<std::string>& arguments = {}) {
    if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
    title_ = title;
    display_.emplace(1400, 1000);
    demo_.emplace(program, arguments);
    ASSERT_TRUE(wait_until([&] { return display_->focus(title_); }));
    // The window may be black or white before its first frame: wait for one that is neither.
    ASSERT_TRUE(wait_until([&] {
      const int ink = ink_in(area);
      return ink > 500 && ink < 0.9 * area.width * area.height;
    }));
  }
  void TearDown() override { demo_.reset(); }

  /// How many pixels of an area of the window are not of the background's white.
  int ink_in(const window::Area& area) {
    return display_->marked_pixels(title_, area.x, area.y, area.width, area.height);
  }
  std::string look_at(const window::Area& area) {
    return display_->fingerprint(title_, area.x, area.y, area.width, area.height);
  }
  /// Whether what stands in an area becomes other than `before`.
  bool changes(const window::Area& area, const std::string& before) {
    return wait_until([&] { return look_at(area) != before; });
  }
  void press(const std::string& key) {
    display_->focus(title_);
    display_->press_key(key);
  }
  void drag(double from_x, double from_y, double to_x, double to_y) {
    const auto move = [&](double share) {
      display_->move_mouse(title_, static_cast<int>(from_x + share * (to_x - from_x)),
                           static_cast<int>(from_y + share * (to_y - from_y)));
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    };
    move(0);
    display_->hold_mouse();
    for (const double share : {0.2, 0.5, 0.8, 1.0}) move(share);
    display_->release_mouse();
  }
  /// Whether the program ends by itself, and well.
  bool ends_well() {
    return wait_until([&] { return demo_->ended(); }) && demo_->exit_code == 0;
  }

  std::string title_;
  std::optional<VirtualDisplay> display_;
  std::optional<DemoProcess> demo_;
};

}  // namespace handbuilt::testing
