#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/01_flat_rate/demo/layout.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

class Demo01Window : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override { open(HANDBUILT_DEMO, "Handbuilt 01: one number for everything", layout_.models); }

  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Demo01Window, DraggingTheLineMovesItAndItsErrors) {
  const std::string field = look_at(layout_.field), curve = look_at(layout_.error_curve);
  const double x = layout_.field.x + layout_.field.width / 2;
  drag(x, y_of_yield(layout_, 34), x, y_of_yield(layout_, 55));
  EXPECT_TRUE(changes(layout_.field, field));
  EXPECT_TRUE(changes(layout_.error_curve, curve));
}

TEST_F(Demo01Window, ChoosingAnEstimateShowsWhatItLeavesOver) {
  const std::string residuals = look_at(layout_.residuals);
  press("8");
  EXPECT_TRUE(changes(layout_.residuals, residuals));
  const std::string of_cells = look_at(layout_.residuals);
  const Area line = model_line(layout_, 0);
  display_->click(title_, static_cast<int>(line.x + 30), static_cast<int>(line.y + line.height / 2));
  EXPECT_TRUE(changes(layout_.residuals, of_cells));
}

TEST_F(Demo01Window, DealingAgainMovesTheBars) {
  const std::string bars = look_at(layout_.models);
  press("d");
  EXPECT_TRUE(changes(layout_.models, bars));
}

TEST_F(Demo01Window, LaysItselfOutAnewAndClosesCleanly) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return ink_in(layout_for(800, 600).models) > 1000; }));
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST(Demo01Headless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_01_headless";
  std::filesystem::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command =
      std::string(HANDBUILT_DEMO) + " --headless --plain --seconds 1 --out " + folder.string() + " > " + log + " 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(log);
  for (const std::string name : {"yields", "flat_rate_errors", "models", "residuals"})
    for (const char* form : {".svg", ".png"}) EXPECT_TRUE(std::filesystem::exists(folder / (name + form))) << name;
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_NEAR(results.at("numbers").at("rmse_flat").at("value").get<double>(), 10.4, 0.3);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::flat_rate
