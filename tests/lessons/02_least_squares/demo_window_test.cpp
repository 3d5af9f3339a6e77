#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "core/file.hpp"
#include "lessons/02_least_squares/demo/layout.hpp"
#include "support/demo_process.hpp"
#include "support/virtual_display.hpp"

// The demo as a user runs it: the program itself, on a screen of its own.
namespace handbuilt::lessons::least_squares {
namespace {

using handbuilt::testing::DemoProcess;
using handbuilt::testing::VirtualDisplay;
using handbuilt::testing::wait_until;

const std::string kTitle = "Handbuilt 02: one line, four stories";

class DemoWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
    display_.emplace(1400, 1000);
    demo_.emplace(HANDBUILT_DEMO);
    ASSERT_TRUE(wait_until([&] { return display_->focus(kTitle); }));
    // The window may be black or white before its first frame.
    ASSERT_TRUE(wait_until([&] {
      const int ink = display_->marked_pixels(kTitle, layout_.board.x, layout_.board.y, 400, 400);
      return ink > 500 && ink < 100'000;
    }));
    wait_until_still();
  }
  void TearDown() override { demo_.reset(); }

  std::string seen(const Area& area) { return display_->fingerprint(kTitle, area.x, area.y, area.width, area.height); }
  /// Waits until two looks at the numbers, a while apart, show the same.
  void wait_until_still() {
    ASSERT_TRUE(wait_until([&] {
      const std::string before = seen(layout_.numbers);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return seen(layout_.numbers) == before;
    }));
  }
  void move_mouse(double x, double y) {
    const plot::Point at = place_of(layout_, x, y);
    display_->move_mouse(kTitle, static_cast<int>(at.x), static_cast<int>(at.y));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }

  const Layout layout_ = layout_for(1280, 800);
  std::optional<VirtualDisplay> display_;
  std::optional<DemoProcess> demo_;
};

TEST_F(DemoWindow, ADraggedPointMovesLineNumbersAndResidualsUntilRPutsThemBack) {
  const std::string numbers = seen(layout_.numbers), residuals = seen(layout_.residuals);
  move_mouse(14, 9.96);
  display_->hold_mouse();
  for (const double y : {9.0, 7.0, 5.0, 3.0}) move_mouse(14, y);
  display_->release_mouse();
  EXPECT_TRUE(wait_until([&] { return seen(layout_.numbers) != numbers; }));
  EXPECT_TRUE(wait_until([&] { return seen(layout_.residuals) != residuals; }));
  ASSERT_TRUE(display_->focus(kTitle));
  display_->press_key("r");
  EXPECT_TRUE(wait_until([&] { return seen(layout_.numbers) == numbers && seen(layout_.residuals) == residuals; }));
}

TEST_F(DemoWindow, KeysChangeTheSet) {
  const std::string board = seen(layout_.field), residuals = seen(layout_.residuals);
  ASSERT_TRUE(display_->focus(kTitle));
  display_->press_key("2");
  EXPECT_TRUE(wait_until([&] { return seen(layout_.field) != board && seen(layout_.residuals) != residuals; }));
  display_->press_key("1");
  EXPECT_TRUE(wait_until([&] { return seen(layout_.field) == board; }));
}

TEST_F(DemoWindow, AButtonChangesTheSetToo) {
  const std::string board = seen(layout_.field);
  display_->click(kTitle, static_cast<int>(layout_.controls.x + 46), static_cast<int>(layout_.controls.y + 14));
  EXPECT_TRUE(wait_until([&] { return seen(layout_.field) != board; }));
}

TEST_F(DemoWindow, LaysItselfOutAnewForASmallWindow) {
  ASSERT_TRUE(display_->resize(kTitle, 800, 600));
  const Area field = layout_for(800, 600).field;
  EXPECT_TRUE(wait_until([&] {
    const int ink = display_->marked_pixels(kTitle, field.x, field.y, field.width, field.height);
    return ink > 2'000 && ink < 100'000;
  }));
}

TEST_F(DemoWindow, ClosesCleanly) {
  ASSERT_TRUE(display_->close(kTitle));
  ASSERT_TRUE(wait_until([&] { return demo_->ended(); }));
  EXPECT_EQ(demo_->exit_code, 0);
}

TEST_F(DemoWindow, EscapeEndsIt) {
  ASSERT_TRUE(display_->focus(kTitle));
  display_->press_key("Escape");
  ASSERT_TRUE(wait_until([&] { return demo_->ended(); }));
  EXPECT_EQ(demo_->exit_code, 0);
}

TEST(DemoHeadless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_02_headless";
  std::filesystem::remove_all(folder);
  const std::string command = std::string(HANDBUILT_DEMO) + " --headless --plain --out " + folder.string() + " > " +
                              folder.string() + ".log 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(folder.string() + ".log");
  for (const char* name : {"anscombe", "cars", "digits_lost", "valley"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".svg"))) << name;
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".png"))) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_GT(results.at("numbers").at("agreement_digits").at("value"), 8);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::least_squares
