#include "robot_sim/view/window.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "robot_sim/view/page.hpp"
#include "support/demo_window.hpp"
#include "support/temporary_folder.hpp"

// `./course robot run --view` as a user runs it: the program itself, on a screen of its own.
namespace handbuilt::robot_sim {
namespace {

using handbuilt::testing::wait_until;

class RobotWindow : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override {
    open(HANDBUILT_ROBOT, kWindowTitle, layout_.home,
         {"run", "--home", "7", "--minutes", "2", "--view", "--trace", trace_.string()});
  }

  /// The session that the program began with.
  static Session session() {
    RunSetup setup;
    setup.home = std::make_shared<const Home>(home_named("7"));
    setup.minutes = 2;
    return Session(Player(setup));
  }
  /// What an area shows when the session is as it is here.
  [[nodiscard]] std::string expected(const Session& session, const Area& area) const {
    Scene scene(session.player().home(), layout_.home.width, layout_.home.height);
    scene.leap(session.player().simulator());
    window::Canvas canvas(1280, 800, plot::Theme::light);
    canvas.paint(draw_page(session, scene, layout_), 0, 0, 1);
    const data::ByteTensor pixels = canvas.pixels();
    std::string bytes;
    const int left = static_cast<int>(area.x), top = static_cast<int>(area.y);
    for (int y = top; y < static_cast<int>(area.y + area.height); ++y)
      for (int x = left; x < static_cast<int>(area.x + area.width); ++x)
        for (int part = 0; part < 3; ++part) bytes += static_cast<char>(pixels(y, x, part));
    return bytes;
  }
  void click(double x, double y) { display_->click(title_, static_cast<int>(x), static_cast<int>(y)); }
  /// Whether an area looks the same twice, a while apart.
  bool stands_still(const Area& area) {
    const std::string before = look_at(area);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    return look_at(area) == before;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path trace_ = folder_ / "run.trace";
  const Layout layout_ = layout_for(1280, 800);
  /// The first words of the status: the time.
  const Area clock_{layout_.status.x, layout_.status.y, 60, layout_.status.height};
};

TEST_F(RobotWindow, PauseStopsTimeAndAClickOnTheTimeLineShowsTheMomentItself) {
  EXPECT_FALSE(stands_still(clock_));
  press("space");
  EXPECT_TRUE(wait_until([&] { return stands_still(clock_); }));

  const double x = std::round(layout_.time_left + 0.6 * (layout_.time_right - layout_.time_left));
  const double y = layout_.timeline.y + 40;
  click(x, y);
  Session same = session();
  same.play(false);
  window::Event down;
  down.kind = window::Event::Kind::mouse_down;
  down.x = x;
  down.y = y;
  down.left_held = true;
  same.handle(down, layout_);
  EXPECT_GT(same.player().tick(), 3000u);
  const std::string home = expected(same, layout_.home);
  EXPECT_TRUE(wait_until([&] { return look_at(layout_.home) == home; })) << "another moment is shown";
  EXPECT_EQ(look_at(layout_.readings), expected(same, layout_.readings));

  // Back by a tick, and the picture is that tick's.
  press("comma");
  same.step(-1);
  const std::string before = expected(same, layout_.readings);
  EXPECT_TRUE(wait_until([&] { return look_at(layout_.readings) == before; }));

  press("space");
  EXPECT_FALSE(stands_still(clock_));
  press("Escape");
  EXPECT_TRUE(ends_well());
}

TEST_F(RobotWindow, AFaultInjectedByClickAndACatAreOnTheTimeLineAndInTheTrace) {
  press("space");
  ASSERT_TRUE(wait_until([&] { return stands_still(clock_); }));
  const std::string before = look_at(layout_.timeline);
  // The second row of the controls of faults: Inject is its first button, Cat its last.
  const double row = layout_.faults.y + 18 + 38 + 14;
  click(layout_.faults.x + 24, row);
  ASSERT_TRUE(changes(layout_.timeline, before));
  const std::string with_fault = look_at(layout_.timeline);
  press("c");
  ASSERT_TRUE(changes(layout_.timeline, with_fault));
  press("period");
  press("space");
  ASSERT_TRUE(wait_until([&] { return !stands_still(clock_); }));
  ASSERT_TRUE(display_->close(title_));
  ASSERT_TRUE(ends_well());

  const Player seen(read_trace(trace_));
  ASSERT_EQ(seen.timeline().faults().size(), 1u);
  const Fault& fault = seen.timeline().faults().front().fault;
  EXPECT_EQ(fault.component, Component::kGyro);
  EXPECT_EQ(fault.type, FaultType::kStuck);
  EXPECT_TRUE(std::any_of(seen.timeline().incidents().begin(), seen.timeline().incidents().end(),
                          [](const auto& incident) { return incident.kind == Timeline::Incident::Kind::cat_dropped; }));
}

TEST_F(RobotWindow, AListLyingOverTheTimeLineChoosesWhatBreaksAndDoesNotSeek) {
  press("space");
  ASSERT_TRUE(wait_until([&] { return stands_still(clock_); }));
  const std::string clock = look_at(clock_);
  // The list of types opens downwards; its fifth entry lies over the time line.
  const double x = layout_.faults.x + 200, y = layout_.faults.y + 18 + 14;
  const Area below{x - 40, layout_.timeline.y + 2, 80, 40};
  const std::string beneath = look_at(below);
  click(x, y);
  ASSERT_TRUE(changes(below, beneath));
  click(x, layout_.timeline.y + 20);
  ASSERT_TRUE(wait_until([&] { return look_at(below) == beneath; }));
  EXPECT_EQ(look_at(clock_), clock);
  press("i");
  press("period");
  press("Escape");
  ASSERT_TRUE(ends_well());
  const Player seen(read_trace(trace_));
  ASSERT_EQ(seen.timeline().faults().size(), 1u);
  EXPECT_EQ(seen.timeline().faults().front().fault.component, Component::kGyro);
  EXPECT_NE(seen.timeline().faults().front().fault.type, FaultType::kStuck);
}

TEST_F(RobotWindow, LaysItselfOutAnewForASmallWindow) {
  ASSERT_TRUE(display_->resize(title_, 1024, 700));
  const Layout small = layout_for(1024, 700);
  EXPECT_TRUE(wait_until([&] { return ink_in(small.timeline) > 3000 && ink_in(small.home) > 20'000; }));
}

TEST(RobotScreenshot, NeedsNoDisplayAndShowsTheMomentThatWasAskedFor) {
  const test::TemporaryFolder folder;
  const auto take = [&](const std::string& name, const std::string& at) {
    const std::string command = std::string("env -u DISPLAY ") + HANDBUILT_ROBOT +
                                " run --home 7 --minutes 1 --screenshot " + (folder / name).string() + " --at " + at +
                                " > /dev/null 2>&1";
    return std::system(command.c_str());
  };
  ASSERT_EQ(take("a.png", "20"), 0);
  ASSERT_EQ(take("b.png", "20"), 0);
  ASSERT_EQ(take("c.png", "40"), 0);
  EXPECT_EQ(read_file(folder / "a.png"), read_file(folder / "b.png"));
  EXPECT_NE(read_file(folder / "a.png"), read_file(folder / "c.png"));
}

}  // namespace
}  // namespace handbuilt::robot_sim
