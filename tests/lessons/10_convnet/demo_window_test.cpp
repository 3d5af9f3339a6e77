#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "core/file.hpp"
#include "lessons/10_convnet/demo/layout.hpp"
#include "support/demo_process.hpp"
#include "support/virtual_display.hpp"

// The demo as a user runs it: the program itself, on a screen of its own.
namespace handbuilt::lessons::convnet {
namespace {

using handbuilt::testing::DemoProcess;
using handbuilt::testing::VirtualDisplay;
using handbuilt::testing::wait_until;

const std::string kTitle = "Handbuilt 10: a network learns to read digits";

class DemoWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
    display_.emplace(1400, 1000);
    demo_.emplace(HANDBUILT_DEMO);
    ASSERT_TRUE(wait_until([&] { return display_->focus(kTitle); }));
    // The window may be black or white before its first frame: wait for the frame of an empty pad and for the bars.
    const Layout layout = layout_for(1280, 800);
    ASSERT_TRUE(wait_until([&] {
      const int frame = ink(layout.pad);
      return frame > 500 && frame < 5'000 && ink(layout.probabilities) > 1'000;
    }));
  }
  void TearDown() override { demo_.reset(); }

  /// How many pixels of an area of the window are not of the background's white.
  int ink(const Area& area) { return display_->marked_pixels(kTitle, area.x, area.y, area.width, area.height); }

  void draw_on_pad() {
    const Area pad = layout_for(1280, 800).pad;
    const auto move = [&](double x, double y) {
      display_->move_mouse(kTitle, static_cast<int>(pad.x + x * pad.width), static_cast<int>(pad.y + y * pad.height));
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    };
    move(0.5, 0.2);
    display_->hold_mouse();
    for (const double y : {0.3, 0.5, 0.7, 0.8}) move(0.5, y);
    display_->release_mouse();
  }

  std::optional<VirtualDisplay> display_;
  std::optional<DemoProcess> demo_;
};

TEST_F(DemoWindow, DrawsItsNetworkAndItsPad) { EXPECT_GT(ink(layout_for(1280, 800).probabilities), 1000); }

TEST_F(DemoWindow, WhatTheMouseDrawsAppearsOnThePadAndInTheNetworksInput) {
  const Layout layout = layout_for(1280, 800);
  const int pad_before = ink(layout.pad);
  const std::string input_before = display_->fingerprint(kTitle, layout.input.x, layout.input.y, 300, 90);
  draw_on_pad();
  EXPECT_TRUE(wait_until([&] { return ink(layout.pad) > pad_before + 1000; }));
  EXPECT_TRUE(wait_until(
      [&] { return display_->fingerprint(kTitle, layout.input.x, layout.input.y, 300, 90) != input_before; }));
  ASSERT_TRUE(display_->focus(kTitle));
  display_->press_key("c");
  EXPECT_TRUE(wait_until([&] { return ink(layout.pad) == pad_before; }))
      << ink(layout.pad) << " against " << pad_before;
}

TEST_F(DemoWindow, LaysItselfOutAnewForASmallWindow) {
  ASSERT_TRUE(display_->resize(kTitle, 800, 600));
  EXPECT_TRUE(wait_until([&] { return ink(layout_for(800, 600).network) > 5'000; }));
  EXPECT_TRUE(wait_until([&] { return ink(layout_for(800, 600).pad) > 100; }));
}

TEST_F(DemoWindow, ClosesCleanlyWhileItTrains) {
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
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_10_headless";
  std::filesystem::remove_all(folder);
  const std::string command = std::string(HANDBUILT_DEMO) + " --headless --plain --seconds 1 --out " + folder.string() +
                              " > " + folder.string() + ".log 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(folder.string() + ".log");
  for (const char* name :
       {"training_curves", "filters", "activations", "hidden_nodes", "mistakes", "drawing", "confusion"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".svg"))) << name;
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".png"))) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  const double accuracy = results.at("numbers").at("test_accuracy").at("value");
  EXPECT_GT(accuracy, 0.05);
  EXPECT_LE(accuracy, 1);
  EXPECT_THAT(read_file(folder.string() + ".log"),
              ::testing::ContainsRegex("test accuracy [0-9.]+ % \\(95 % interval"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::convnet
