#include "robot_sim/view/scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "robot_sim/robot/body.hpp"
#include "robot_sim/run/run.hpp"
#include "robot_sim/view/robot_drawing.hpp"

namespace handbuilt::robot_sim {
namespace {

/// A run that somebody watches.
struct Watched {
  std::shared_ptr<const Home> home;
  Simulator simulator;
  Observer observer;
  Controller controller = make_controller("bounce", 1);
  std::optional<CameraPatch> patch{};

  explicit Watched(const std::string& where, const std::string& faults = "")
      : home(std::make_shared<const Home>(home_named(where))),
        simulator(home, {.faults = parse_faults(faults)}),
        observer(simulator) {}

  void step() {
    const CommandFrame command = controller.step(simulator.frame(), patch ? &*patch : nullptr);
    simulator.step(command);
    patch = simulator.patch();
    observer.observe(command, patch, simulator);
  }
  void run(double seconds) {
    for (int tick = 0; tick < seconds * kTicksPerSecond; ++tick) step();
  }
  [[nodiscard]] double strayed_m() const {
    const Pose truth = simulator.truth().pose, reckoned = observer.reckoned();
    return std::hypot(truth.x_m - reckoned.x_m, truth.y_m - reckoned.y_m);
  }
};

/// How bright the floor is at a place of the grid, 0 ... 765.
int brightness(const Floor& floor, const HomeView& view, double x_m, double y_m) {
  const plot::Image& image = floor.image();
  const plot::Point at = view.place(x_m, y_m);
  const auto pixel =
      static_cast<std::size_t>(at.y) * static_cast<std::size_t>(image.columns) + static_cast<std::size_t>(at.x);
  return image.rgb[3 * pixel] + image.rgb[3 * pixel + 1] + image.rgb[3 * pixel + 2];
}

TEST(Floor, DirtFadesWhereItWasTakenAwayAndNowhereElse) {
  const auto home = std::make_shared<const Home>(bare_room());
  const HomeView view(*home, 400, 400);
  Floor floor(home, view);
  const plot::Image before = floor.image();
  CellBits dirt = home->cleanable;
  const int x = 40, y = 50;
  ASSERT_TRUE(dirt.get(x, y));
  dirt.words[static_cast<std::size_t>(y * dirt.words_per_row)] &= ~(std::uint64_t{1} << x);

  const double at_x = (x + 0.5) * home->cell_m, at_y = (y + 0.5) * home->cell_m;
  const int dirty = brightness(floor, view, at_x, at_y);
  floor.fade_to(dirt.words, 0.02);
  floor.fade_to(dirt.words, Floor::kFade_s / 2);
  const int half = brightness(floor, view, at_x, at_y);
  floor.fade_to(dirt.words, Floor::kFade_s);
  const int clean = brightness(floor, view, at_x, at_y);
  EXPECT_GT(half, dirty + 20);
  EXPECT_GT(clean, half + 20);

  // A cell is cell_m * pixels_per_m wide.
  int changed = 0;
  for (std::size_t i = 0; i < before.rgb.size(); i += 3) changed += floor.image().rgb[i] != before.rgb[i] ? 1 : 0;
  const double cell_px = home->cell_m * view.pixels_per_m;
  EXPECT_GT(changed, 0);
  EXPECT_LE(changed, std::pow(std::ceil(cell_px), 2));
}

TEST(Floor, ALeapInTimeLeavesNothingOfBefore) {
  Watched run("bare_room");
  const HomeView view(*run.home, 400, 400);
  Floor played(run.home, view), leapt(run.home, view);
  const plot::Image at_first = played.image();
  for (int tick = 0; tick < 1000; ++tick) {
    run.step();
    played.fade_to(run.simulator.dirt(), 0.02);
  }
  leapt.show(run.simulator.dirt());
  EXPECT_NE(played.image().rgb, leapt.image().rgb);  // the newest is still fading
  played.fade_to(run.simulator.dirt(), Floor::kFade_s);
  EXPECT_EQ(played.image().rgb, leapt.image().rgb);
  leapt.show(run.home->cleanable.words);
  EXPECT_EQ(leapt.image().rgb, at_first.rgb);
}

TEST(Observer, ReckonsFromHealthyFramesWhereTheRobotIs) {
  Watched run("bare_room");
  run.run(20);
  EXPECT_LT(run.strayed_m(), 0.15);  // wheels slip, and the gyro's zero drifts
  EXPECT_GT(run.simulator.tally().distance_m, 2);
}

TEST(Observer, IsLedAstrayByABrokenGyroAndByNothingThatOnlyTheWorldKnows) {
  Watched run("bare_room", "gyro:wrong:3@0");
  run.run(20);
  EXPECT_GT(run.strayed_m(), 0.5);
}

TEST(Observer, BelievesWhatCommandsSayFromTheStartOn) {
  Watched run("bare_room");
  run.run(1);
  EXPECT_FALSE(run.observer.believed());
  CommandFrame command;
  command.believed_x = 100;
  command.believed_y = -20;
  command.believed_heading = 16384;  // a quarter turn
  command.believed_error = 7;
  run.observer.observe(command, std::nullopt, run.simulator);
  const Pose start = run.home->start;
  ASSERT_TRUE(run.observer.believed());
  const Pose believed = *run.observer.believed();
  const double along = std::cos(start.heading_rad) * (believed.x_m - start.x_m) +
                       std::sin(start.heading_rad) * (believed.y_m - start.y_m);
  const double left = -std::sin(start.heading_rad) * (believed.x_m - start.x_m) +
                      std::cos(start.heading_rad) * (believed.y_m - start.y_m);
  EXPECT_NEAR(along, 1.0, 1e-5);
  EXPECT_NEAR(left, -0.2, 1e-5);
  EXPECT_NEAR(believed.heading_rad - start.heading_rad, std::acos(0), 1e-4);
  EXPECT_DOUBLE_EQ(run.observer.believed_error_m(), 0.07);
}

TEST(Observer, KeepsTheLastMinuteOfItsWayOldestFirst) {
  Watched run("bare_room");
  run.run(2);
  EXPECT_EQ(run.observer.trail().poses().size(), 20u);
  run.run(70);
  const std::vector<Pose> poses = run.observer.trail().poses();
  ASSERT_EQ(poses.size(), Trail::kMost);
  EXPECT_EQ(poses.back().x_m, run.simulator.truth().pose.x_m);
}

/// The places of all markers of a colour.
std::vector<plot::Point> markers_of(const plot::DisplayList& page, const plot::Colour& colour) {
  std::vector<plot::Point> found;
  for (const auto& item : page.items)
    if (const auto* marker = std::get_if<plot::Marker>(&item); marker != nullptr && marker->colour.red == colour.red &&
                                                               marker->colour.green == colour.green &&
                                                               marker->colour.blue == colour.blue)
      found.push_back(marker->centre);
  return found;
}

TEST(Scene, RaysEndWhereTheirFramesSaySo) {
  Watched run("bare_room");
  run.run(7);
  const Scene scene(run.home, 900, 640);
  const plot::DisplayList page = scene.draw(run.simulator, run.observer);
  int seen = 0;
  for (const std::uint8_t range : run.simulator.frame().range) seen += range != 255 ? 1 : 0;
  ASSERT_GT(seen, 0);
  const auto ends = markers_of(page, paint::kRay);
  ASSERT_EQ(static_cast<int>(ends.size()), seen);
  // In an empty room of 6 x 4 m they end at its walls, 0.3 m from the grid's border, but for noise and 8 mm steps.
  for (const plot::Point& end : ends) {
    const double x = end.x / scene.view().pixels_per_m + scene.view().left * scene.view().cell_m;
    const double y =
        (scene.view().page_height() - end.y) / scene.view().pixels_per_m + scene.view().bottom * scene.view().cell_m;
    const double off = std::min({std::abs(x - 0.3), std::abs(x - 6.3), std::abs(y - 0.3), std::abs(y - 4.3)});
    EXPECT_LT(off, 0.07) << x << ", " << y;
  }
}

TEST(Scene, ABrokenSensorsRayIsMarked) {
  Watched run("bare_room", "range_left:stuck:2@1");
  run.run(0.9);
  const Scene scene(run.home, 900, 640);
  const auto broken = [&] { return markers_of(scene.draw(run.simulator, run.observer), paint::kBroken).size(); };
  EXPECT_EQ(broken(), 0u);
  run.run(0.3);
  EXPECT_EQ(broken(), 1u);
}

TEST(Scene, TheCloseUpShowsTheRobotInItsMiddle) {
  Watched run("7");
  run.run(5);
  Scene scene(run.home, 900, 640);
  scene.leap(run.simulator);
  const plot::DisplayList page = scene.draw_close_up(run.simulator, run.observer, 340, 240, 220);
  const auto middle = markers_of(page, paint::kTruth);
  ASSERT_FALSE(middle.empty());
  EXPECT_NEAR(middle.front().x, 170, 1e-6);
  EXPECT_NEAR(middle.front().y, 120, 1e-6);
  // The floor beneath it is the scene's, enlarged: it covers the whole page.
  const auto* ground = std::get_if<plot::Image>(&page.items.at(1));
  ASSERT_NE(ground, nullptr);
  EXPECT_LE(ground->x, 0);
  EXPECT_GE(ground->x + ground->width, 340);
  EXPECT_LE(ground->y, 0);
  EXPECT_GE(ground->y + ground->height, 240);
  EXPECT_LT(ground->columns, 200);
}

}  // namespace
}  // namespace handbuilt::robot_sim
