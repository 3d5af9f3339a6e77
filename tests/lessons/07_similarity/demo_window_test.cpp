#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.hpp"
#include "lessons/07_similarity/demo/layout.hpp"
#include "support/demo_window.hpp"

namespace handbuilt::lessons::likeness {
namespace {

class Demo07Window : public handbuilt::testing::DemoWindowTest {
 protected:
  void SetUp() override {
    open(HANDBUILT_DEMO, "Handbuilt 07: what is this like?", layout_.map);
    press("space");
  }

  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Demo07Window, AClickOnTheMapShowsWhatTheDotIsLike) {
  const std::string details = look_at(layout_.details);
  display_->click(title_, static_cast<int>(layout_.map.x + 0.3 * layout_.map.width),
                  static_cast<int>(layout_.map.y + 0.4 * layout_.map.height));
  EXPECT_TRUE(changes(layout_.details, details));
}

TEST_F(Demo07Window, AnotherKindOfHomeBeginsANewDrive) {
  const std::string scores = look_at(layout_.scores);
  press("2");
  press("Right");
  EXPECT_TRUE(changes(layout_.scores, scores));
}

TEST_F(Demo07Window, LaysItselfOutAnewAndClosesCleanly) {
  ASSERT_TRUE(display_->resize(title_, 800, 600));
  EXPECT_TRUE(handbuilt::testing::wait_until([&] { return ink_in(layout_for(800, 600).map) > 500; }));
  ASSERT_TRUE(display_->close(title_));
  EXPECT_TRUE(ends_well());
}

TEST(Demo07Headless, WritesEveryFigureInBothFormsAndItsResults) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "demo_07_headless";
  std::filesystem::remove_all(folder);
  const std::string log = folder.string() + ".log";
  const std::string command =
      std::string(HANDBUILT_DEMO) + " --headless --plain --out " + folder.string() + " > " + log + " 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(log);
  for (const std::string name : {"map", "scores_ordinary", "scores_legs"})
    for (const char* form : {".svg", ".png"}) EXPECT_TRUE(std::filesystem::exists(folder / (name + form))) << name;
  EXPECT_TRUE(std::filesystem::exists(folder / "window.png"));
  const auto results = nlohmann::json::parse(read_file(folder / "results.json"));
  EXPECT_EQ(results.at("schema"), "handbuilt/results/v1");
  EXPECT_GT(results.at("numbers").at("new_rug").at("value").get<double>(), 0.9);
  EXPECT_LT(results.at("numbers").at("new_ordinary").at("value").get<double>(), 0.25);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace handbuilt::lessons::likeness
