#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/03_three_parameters/demo/layout.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

class Demo03Window : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override { open(HANDBUILT_DEMO, "Handbuilt 03: three parameters of three hundred", layout_.curve); }

  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Demo03Window, AClickOnATileAddsItToTheFitAndAnotherTakesItOut) {
  const Area area = tile(layout_, 137);
  const std::string before = look_at(area), curve = look_at(layout_.curve);
  const auto click = [&] {
    display_->click(title_, static_cast<int>(area.x + area.width / 2), static_cast<int>(area.y + area.height / 2));
  };
  click();
  EXPECT_TRUE(changes(area, before));
  EXPECT_TRUE(changes(layout_.curve, curve));
  click();
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return look_at(layout_.curve) == curve; }));
}

TEST_F(Demo03Window, AddingTheBestMovesTheCurves) {
  const std::string curve = look_at(layout_.curve), scatter = look_at(layout_.scatter);
  press("a");
  EXPECT_TRUE(changes(layout_.curve, curve));
  EXPECT_TRUE(changes(layout_.scatter, scatter));
}

TEST_F(Demo03Window, LaysItselfOutAnewAndClosesCleanly) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return ink_in(layout_for(800, 600).curve) > 500; }));
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST(Demo03Headless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_03_headless";
  std::filesystem::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command =
      std::string(HANDBUILT_DEMO) + " --headless --plain --seconds 5 --out " + folder.string() + " > " + log + " 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(log);
  for (const std::string name : {"parting", "scatter"})
    for (const char* form : {".svg", ".png"}) EXPECT_TRUE(std::filesystem::exists(folder / (name + form))) << name;
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_LT(results.at("numbers").at("unseen_the_three").at("value"), results.at("numbers").at("unseen_0").at("value"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::three_parameters
