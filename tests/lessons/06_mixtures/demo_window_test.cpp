#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/06_mixtures/demo/view.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

class Demo06Window : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override { open(HANDBUILT_DEMO, "Handbuilt 06: groups that overlap", layout_.board); }

  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Demo06Window, AStepMovesTheEllipsesAndTheCurveAndNoMethod) {
  const std::string board = look_at(layout_.board), curve = look_at(layout_.curve), found = look_at(layout_.found[0]);
  press("space");
  EXPECT_TRUE(changes(layout_.board, board));
  EXPECT_TRUE(changes(layout_.curve, curve));
  EXPECT_EQ(look_at(layout_.found[0]), found);
}

TEST_F(Demo06Window, RunningBreathesByItself) {
  press("r");
  std::string board = look_at(layout_.board);
  for (int k = 0; k < 3; ++k) {
    EXPECT_TRUE(changes(layout_.board, board));
    board = look_at(layout_.board);
  }
}

TEST_F(Demo06Window, DraggingDropsRowsThatEveryMethodSees) {
  const std::string board = look_at(layout_.board), found = look_at(layout_.found[5]);
  const Plane plane = board_plane(layout_);
  const plot::Point from = plane.place_of(-4, 3.5), to = plane.place_of(-1, 4);
  drag(from.x, from.y, to.x, to.y);
  EXPECT_TRUE(changes(layout_.board, board));
  EXPECT_TRUE(changes(layout_.found[5], found));
}

TEST_F(Demo06Window, AKeyBringsAnotherCloud) {
  const std::string found = look_at(layout_.found[4]);
  press("4");
  EXPECT_TRUE(changes(layout_.found[4], found));
}

TEST_F(Demo06Window, LaysItselfOutAnewAndClosesCleanly) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return ink_in(layout_for(800, 600).board) > 500; }));
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST(Demo06Headless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_06_headless";
  std::filesystem::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command =
      std::string(HANDBUILT_DEMO) + " --headless --plain --seconds 5 --out " + folder.string() + " > " + log + " 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(log);
  for (const std::string name : {"part_way", "at_rest", "likelihood"})
    for (const char* form : {".svg", ".png"}) EXPECT_TRUE(std::filesystem::exists(folder / (name + form))) << name;
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_GT(results.at("numbers").at("rand_floors_mixture").at("value"),
            results.at("numbers").at("rand_floors_k_means").at("value"));
  for (const Cloud cloud : kClouds)
    EXPECT_LT(results.at("numbers").at("em_largest_loss_" + name_of(cloud)).at("value"), 1e-9) << name_of(cloud);
  EXPECT_THAT(read_file(log), ::testing::HasSubstr("none of them a loss"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::mixtures
