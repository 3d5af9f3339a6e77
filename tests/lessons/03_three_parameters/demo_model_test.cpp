#include "lessons/03_three_parameters/demo/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "lessons/03_three_parameters/demo/scene.hpp"
#include "lessons/03_three_parameters/demo/view.hpp"
#include "regression/forward_selection.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

using window::Event;
using window::Key;

class Lesson03Scene : public ::testing::Test {
 protected:
  void press(char character, Key key = Key::none) {
    Event event;
    event.character = character;
    event.key = key;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }
  void click(int driver) {
    const Area area = tile(layout_, driver);
    Event event;
    event.kind = Event::Kind::mouse_down;
    event.x = area.x + area.width / 2;
    event.y = area.y + area.height / 2;
    event.left_held = true;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }

  DemoModel model_{1};
  Scene scene_{model_};
  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Lesson03Scene, TheSameSeedGivesTheSameFields) {
  const DemoModel again(1), other(2);
  EXPECT_EQ(again.fields().drivers, model_.fields().drivers);
  EXPECT_NE(other.fields().drivers, model_.fields().drivers);
}

TEST_F(Lesson03Scene, ClickingATileAddsItsDriverAndClickingAgainTakesItOut) {
  click(217);
  EXPECT_EQ(model_.chosen(), std::vector<int>{217});
  click(0);
  click(217);
  EXPECT_EQ(model_.chosen(), std::vector<int>{0});
}

TEST_F(Lesson03Scene, AddingTheBestIsForwardSelection) {
  for (int k = 0; k < 6; ++k) press('a');
  EXPECT_EQ(model_.chosen(), regression::forward_selection(model_.fields().drivers, model_.fields().yields, 6).columns);
}

TEST_F(Lesson03Scene, TrainingErrorFallsWithEveryDriverAndNewFieldsDoNotFollow) {
  for (int k = 0; k < 40; ++k) press('a');
  const Curve& curve = model_.curve();
  ASSERT_EQ(curve.seen.size(), 41U);
  EXPECT_TRUE(std::is_sorted(curve.seen.rbegin(), curve.seen.rend()));
  EXPECT_LT(curve.seen.back(), 3);
  EXPECT_GT(curve.unseen.back(), curve.unseen.front());
}

TEST_F(Lesson03Scene, TheThreeAreBetterOnNewFieldsThanTheFlatRate) {
  press('3');
  EXPECT_EQ(model_.chosen(), model_.truth().matter);
  EXPECT_LT(model_.curve().unseen.back(), 0.85 * model_.curve().unseen.front());
}

TEST_F(Lesson03Scene, TakesOutTheLastAndClears) {
  press('r');
  press('a');
  const int first = model_.chosen().front();
  press(0, Key::backspace);
  EXPECT_EQ(model_.chosen(), std::vector<int>{first});
  press('c');
  press(0, Key::backspace);
  EXPECT_TRUE(model_.chosen().empty());
}

TEST_F(Lesson03Scene, HoldsNoMoreThanTheFieldsCanCarry) {
  scene_.add_random(100);
  EXPECT_EQ(static_cast<int>(model_.chosen().size()), kMostInTheFit);
  std::vector<int> chosen = model_.chosen();
  std::sort(chosen.begin(), chosen.end());
  EXPECT_EQ(std::adjacent_find(chosen.begin(), chosen.end()), chosen.end());
}

TEST_F(Lesson03Scene, TheCurveIsThatOfTheDriversInTheFitHoweverTheyGotThere) {
  scene_.add_best(6);
  click(model_.chosen()[2]);
  press('a');
  press(0, Key::backspace);
  press('r');
  const Curve anew = curve_of(model_.fields(), model_.fresh(), model_.chosen());
  EXPECT_EQ(model_.curve().seen, anew.seen);
  EXPECT_EQ(model_.curve().unseen, anew.unseen);
  press('n');
  EXPECT_EQ(model_.curve().unseen, curve_of(model_.fields(), model_.fresh(), {}).unseen);
}

TEST_F(Lesson03Scene, AChosenDriverPromisesNothing) {
  press('a');
  EXPECT_EQ(model_.promise()[static_cast<std::size_t>(model_.chosen().front())], 0);
}

TEST_F(Lesson03Scene, WalksThroughTheWorldsAndRoundTheEnd) {
  for (std::size_t k = 1; k <= kWorlds.size(); ++k) {
    press('w');
    EXPECT_EQ(model_.world(), kWorlds[k % kWorlds.size()]);
    EXPECT_TRUE(model_.chosen().empty());
  }
}

TEST_F(Lesson03Scene, ShowsWhichMatterOnlyWhenAsked) {
  EXPECT_FALSE(scene_.is_revealed());
  const auto hidden = draw(scene_, 1280, 800).items.size();
  press('s');
  EXPECT_GT(draw(scene_, 1280, 800).items.size(), hidden);
}

TEST_F(Lesson03Scene, EscapeEndsIt) {
  Event event;
  event.key = Key::escape;
  EXPECT_FALSE(scene_.handle(event, layout_));
}

TEST_F(Lesson03Scene, DrawsItselfAtEverySize) {
  for (const auto& [width, height] : {std::pair{480.0, 360.0}, {800.0, 600.0}, {1280.0, 800.0}, {1600.0, 1000.0}})
    for (int count = 0; count < 3; ++count) {
      EXPECT_GT(draw(scene_, width, height).items.size(), 600U);
      scene_.add_best(20);
    }
}

}  // namespace
}  // namespace handbuilt::lessons::three_parameters
