// `./course robot drive` as a user plays it: the program itself on a screen of its own, driven by real keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <string>
#include <thread>

#include "core/file.hpp"
#include "robot_sim/drive/drive_window.hpp"
#include "robot_sim/trace/trace.hpp"
#include "support/demo_window.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using handbuilt::testing::wait_until;

class DriveWindow : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override {
    open(HANDBUILT_ROBOT, kDriveTitle, layout_.home,
         {"drive", "--home", "bare_room", "--minutes", "10", "--delay", "0.4", "--faults", "gyro:off@5", "--trace",
          trace_.string(), "--json", (folder_ / "drive.json").string()});
  }
  /// Holds a key until the robot, as the picture shows, has been driving for a while.
  void hold(const std::string& key, double seconds) {
    display_->focus(title_);
    display_->hold_key(key);
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    display_->release_key(key);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path trace_ = folder_ / "drive.trace";
  const Layout layout_ = layout_for(1280, 800);
};

TEST_F(DriveWindow, AHeldKeyDrivesAfterTheDelayAndAllOfItIsInTheTrace) {
  const std::string before = look_at(layout_.close_up);
  hold("Up", 2.5);
  EXPECT_TRUE(changes(layout_.close_up, before));
  hold("a", 1.0);
  press("c");
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  press("Escape");
  ASSERT_TRUE(ends_well());

  Replay replay(read_trace(trace_));  // which compares every state with the one that was
  EXPECT_TRUE(replay.trace().complete);
  EXPECT_EQ(replay.trace().header.controller, "human");
  int asked = -1, turned = -1, left_turns = 0;
  bool cat = false;
  for (int tick = 0; replay.step(); ++tick) {
    const Truth truth = replay.simulator().truth();
    if (asked < 0 && replay.command().left > 20) asked = tick;  // beyond the dead band of 12 mm/s
    if (turned < 0 && truth.left_mps > 0.001f) turned = tick;
    left_turns += replay.command().right > replay.command().left ? 1 : 0;
    cat |= truth.cat_on_robot;
  }
  ASSERT_GE(asked, 0) << "the key did not reach the robot";
  EXPECT_NEAR(turned - asked, 20, 1) << "0.4 s from the command to the wheels";
  EXPECT_GT(left_turns, 5);
  EXPECT_TRUE(cat);
  EXPECT_GT(replay.simulator().tally().distance_m, 0.2);
  EXPECT_GT(replay.simulator().cleanliness().coverage, 0);
  const std::string json = read_file(folder_ / "drive.json");
  EXPECT_THAT(json, ::testing::HasSubstr("\"human\""));
}

TEST_F(DriveWindow, SpaceStopsTheTimeForAll) {
  const auto stands_still = [&] {
    const std::string before = look_at(layout_.status) + look_at(layout_.timeline);
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    return look_at(layout_.status) + look_at(layout_.timeline) == before;
  };
  EXPECT_FALSE(stands_still());
  press("space");
  EXPECT_TRUE(wait_until(stands_still));
  press("space");
  EXPECT_FALSE(stands_still());
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

}  // namespace
}  // namespace handbuilt::robot_sim
