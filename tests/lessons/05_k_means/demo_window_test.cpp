#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/05_k_means/demo/scene.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::k_means {
namespace {

class Demo05Window : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override { open(HANDBUILT_DEMO, "Handbuilt 05: groups without names", layout_.upper); }

  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Demo05Window, AClickDropsAPointAndSpaceDoesHalfAStep) {
  const std::string before = look_at(layout_.space), curve = look_at(layout_.upper);
  const plot::Point at = on_page(layout_, 50, 4);
  display_->click(title_, static_cast<int>(at.x), static_cast<int>(at.y));
  EXPECT_TRUE(changes(layout_.space, before));
  press("space");
  EXPECT_TRUE(changes(layout_.upper, curve));
}

TEST_F(Demo05Window, ACentroidCanBeDragged) {
  press("space");
  const MatrixD centroids = Scene(1).play().centroids();
  const plot::Point from = on_page(layout_, centroids(0, 0), centroids(0, 1)), to = on_page(layout_, 97, 97);
  const Area corner{to.x - 14, to.y - 14, 28, 28};
  const std::string before = look_at(corner);
  drag(from.x, from.y, to.x, to.y);
  EXPECT_TRUE(changes(corner, before));
}

TEST_F(Demo05Window, ThePhotographIsRecolouredAndItsSpaceTurns) {
  const std::string points = look_at(layout_.space);
  press("m");
  ASSERT_TRUE(changes(layout_.space, points));
  const std::string plain = look_at(layout_.upper);
  press("space");
  EXPECT_TRUE(changes(layout_.upper, plain));
  const std::string space = look_at(layout_.space);
  drag(layout_.space.x + 200, layout_.space.y + 200, layout_.space.x + 320, layout_.space.y + 200);
  EXPECT_TRUE(changes(layout_.space, space));
}

TEST_F(Demo05Window, LaysItselfOutAnewAndClosesCleanly) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return ink_in(layout_for(800, 600).upper) > 500; }));
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST(Demo05Headless, WritesEveryFigureAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_05_headless";
  std::filesystem::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command =
      std::string(HANDBUILT_DEMO) + " --headless --plain --seconds 5 --out " + folder.string() + " > " + log + " 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(log);
  for (const char* file : {"inertia.svg", "inertia.png", "how_many.svg", "how_many.png", "china_4.png", "flower_4.png",
                           "window_points.png", "window_china.png", "window_flower.png"})
    EXPECT_TRUE(std::filesystem::exists(folder / file)) << file;
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  const auto& numbers = results.at("numbers");
  EXPECT_EQ(numbers.at("groups_that_come_back").at("value"), 5);
  EXPECT_LE(numbers.at("worst_plus_plus").at("value"), numbers.at("worst_any_rows").at("value"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::k_means
