#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/file.hpp"
#include "lessons/04_logistic/demo/scene.hpp"
#include "lessons/04_logistic/demo/view.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::logistic {
namespace {

class LogisticWindow : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override {
    open(HANDBUILT_DEMO, "Handbuilt 04: rain tomorrow, and what mistakes cost", layout_.cost_curve);
  }

  const Layout layout_ = layout_for(1280, 800);
};

TEST_F(LogisticWindow, DraggingTheLineChangesTheConfusionMatrixAndTheCost) {
  const std::string matrix = look_at(layout_.confusion), curve = look_at(layout_.cost_curve);
  const double y = layout_.strips.y + layout_.strips.height / 2;
  drag(strips_axis(layout_).place_of(0.5), y, strips_axis(layout_).place_of(0.2), y);
  EXPECT_TRUE(changes(layout_.confusion, matrix));
  EXPECT_TRUE(changes(layout_.cost_curve, curve));
}

TEST_F(LogisticWindow, TheCostOfAMissMovesTheCurveAndNotTheMatrix) {
  const std::string matrix = look_at(layout_.confusion), curve = look_at(layout_.cost_curve);
  press("Up");
  EXPECT_TRUE(changes(layout_.cost_curve, curve));
  EXPECT_EQ(look_at(layout_.confusion), matrix);
}

TEST_F(LogisticWindow, AnotherForecasterHasAnotherCalibrationCurve) {
  const std::string curve = look_at(layout_.calibration);
  press("1");
  EXPECT_TRUE(changes(layout_.calibration, curve));
}

TEST_F(LogisticWindow, LaysItselfOutAnewForASmallWindow) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  const Layout small = layout_for(800, 600);
  EXPECT_TRUE(handbuilt::testing::wait_until(
      [&] { return ink_in(small.confusion) > 5'000 && ink_in(small.cost_curve) > 500; }));
}

TEST_F(LogisticWindow, ClosesCleanly) {
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST_F(LogisticWindow, EscapeEndsIt) {
  press("Escape");
  EXPECT_TRUE(ends_well());
}

TEST(DemoHeadless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_04_headless";
  std::filesystem::remove_all(folder);
  const std::string command = std::string(HANDBUILT_DEMO) + " --headless --plain --out " + folder.string() + " > " +
                              folder.string() + ".log 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(folder.string() + ".log");
  for (const char* name : {"calibration", "balanced", "costs", "days", "penguins"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".svg"))) << name;
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(name) + ".png"))) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_GT(results.at("numbers").at("gain_logistic").at("value"), 0.05);
  EXPECT_THAT(read_file(folder.string() + ".log"), ::testing::ContainsRegex("better by 0\\.[0-9]+ \\(95 % interval"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::logistic
