#include "lessons/04_logistic/demo/scene.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "lessons/04_logistic/demo/view.hpp"

namespace handbuilt::lessons::logistic {
namespace {

using Forecaster = Scene::Forecaster;
using window::Event;
using window::Key;

const Days& days() {
  static const Days loaded = load_days(datasets_folder() / "seattle-weather");
  return loaded;
}

class DemoScene : public ::testing::Test {
 protected:
  bool press(char character) { return scene_.handle({.kind = Event::Kind::key, .character = character}, layout_); }
  bool press(Key key) { return scene_.handle({.kind = Event::Kind::key, .key = key}, layout_); }
  void mouse(Event::Kind kind, double x, double y, bool held = true) {
    scene_.handle({.kind = kind, .x = x, .y = y, .left_held = held}, layout_);
  }

  Layout layout_ = layout_for(1280, 800);
  Scene scene_{days()};
};

TEST_F(DemoScene, CountsEveryDayOfTheYearOnce) {
  const regression::Decisions& d = scene_.decisions();
  EXPECT_EQ(d.true_positives + d.false_positives + d.true_negatives + d.false_negatives, 365);
}

TEST_F(DemoScene, ALowerThresholdTradesMissesForFalseAlarms) {
  scene_.set_threshold(0.8);
  const regression::Decisions strict = scene_.decisions();
  scene_.set_threshold(0.2);
  const regression::Decisions lax = scene_.decisions();
  EXPECT_LT(lax.false_negatives, strict.false_negatives);
  EXPECT_GT(lax.false_positives, strict.false_positives);
}

TEST_F(DemoScene, TheEndsOfTheThresholdAreAlwaysAndNever) {
  scene_.set_threshold(-3);
  EXPECT_EQ(scene_.threshold(), 0);
  EXPECT_EQ(scene_.decisions().false_negatives + scene_.decisions().true_negatives, 0);
  scene_.set_threshold(7);
  EXPECT_EQ(scene_.threshold(), 1);
  EXPECT_EQ(scene_.decisions().false_positives + scene_.decisions().true_positives, 0);
}

TEST_F(DemoScene, TheCostIsWhatTheConfusionMatrixCosts) {
  scene_.set_miss_cost(3);
  scene_.set_threshold(0.4);
  const regression::Decisions& d = scene_.decisions();
  EXPECT_NEAR(scene_.cost(), (3.0 * d.false_negatives + d.false_positives) / 365, 1e-12);
}

TEST_F(DemoScene, NothingIsCheaperThanTheCheapest) {
  for (const double miss : {0.5, 2.0, 9.0}) {
    scene_.set_miss_cost(miss);
    scene_.use_cheapest();
    const double cheapest = scene_.cost();
    for (double threshold = 0; threshold <= 1; threshold += 0.01)
      EXPECT_GE(scene_.cost_curve_at(threshold), cheapest - 1e-12) << miss << " " << threshold;
  }
}

TEST_F(DemoScene, TheoryFollowsTheCostOfAMiss) {
  scene_.set_miss_cost(4);
  press('t');
  EXPECT_DOUBLE_EQ(scene_.threshold(), 0.2);
  press(Key::up);
  EXPECT_GT(scene_.miss_cost(), 4);
  press(Key::down);
  EXPECT_NEAR(scene_.miss_cost(), 4, 1e-12);
}

TEST_F(DemoScene, AnotherForecasterOrQuestionKeepsTheThreshold) {
  scene_.set_threshold(0.3);
  const double loss = scene_.loss();
  press('1');
  EXPECT_EQ(scene_.forecaster(), Forecaster::base_rate);
  EXPECT_GT(scene_.loss(), loss);
  EXPECT_EQ(scene_.threshold(), 0.3);
  press('h');
  EXPECT_TRUE(scene_.heavy());
  EXPECT_EQ(scene_.threshold(), 0.3);
  EXPECT_EQ(scene_.decisions().true_positives, 0) << "the base rate of heavy rain never says 0.3";
}

TEST_F(DemoScene, BalancingRuinsTheCalibrationOfARareEvent) {
  press('h');
  press('3');
  const double honest = regression::expected_calibration_error(scene_.calibration());
  press('4');
  EXPECT_GT(regression::expected_calibration_error(scene_.calibration()), honest + 0.1);
}

TEST_F(DemoScene, TheLineCanBeDraggedInEachPictureThatShowsIt) {
  const Area& strips = layout_.strips;
  mouse(Event::Kind::mouse_down, strips_axis(layout_).place_of(0.25), strips.y + strips.height / 2);
  EXPECT_NEAR(scene_.threshold(), 0.25, 1e-9);
  mouse(Event::Kind::mouse_move, strips_axis(layout_).place_of(0.6), strips.y);
  EXPECT_NEAR(scene_.threshold(), 0.6, 1e-9);
  mouse(Event::Kind::mouse_up, strips_axis(layout_).place_of(0.6), strips.y);
  mouse(Event::Kind::mouse_move, strips_axis(layout_).place_of(0.1), strips.y, false);
  EXPECT_NEAR(scene_.threshold(), 0.6, 1e-9) << "let go";

  mouse(Event::Kind::mouse_down, layout_.year.x + 100, year_axis(layout_).place_of(0.7));
  EXPECT_NEAR(scene_.threshold(), 0.7, 1e-9);
  mouse(Event::Kind::mouse_up, layout_.year.x + 100, year_axis(layout_).place_of(0.7));
  mouse(Event::Kind::mouse_down, cost_axis(layout_).place_of(0.35), layout_.cost_curve.y + 100);
  EXPECT_NEAR(scene_.threshold(), 0.35, 1e-9);
}

TEST_F(DemoScene, OnlyChangesAskForPainting) {
  EXPECT_TRUE(scene_.take_change());
  EXPECT_FALSE(scene_.take_change());
  press(Key::right);
  EXPECT_TRUE(scene_.take_change());
}

TEST_F(DemoScene, EscapeAndQEndIt) {
  EXPECT_FALSE(press(Key::escape));
  EXPECT_FALSE(press('q'));
  EXPECT_TRUE(press('x'));
}

TEST_F(DemoScene, IsDrawnAtEverySize) {
  for (const auto& [width, height] : {std::pair{800.0, 600.0}, {1280.0, 800.0}, {1600.0, 1000.0}})
    for (const char forecaster : {'1', '2', '3', '4'}) {
      press(forecaster);
      EXPECT_GT(draw(scene_, width, height).items.size(), 300U);
    }
}

TEST(LayoutOfTheDemo, HasAreasThatDoNotOverlapAndLieOnThePage) {
  for (const auto& [width, height] : {std::pair{800.0, 600.0}, {1280.0, 800.0}}) {
    const Layout l = layout_for(width, height);
    const std::vector<Area> areas{l.header,    l.controls,    l.costs,      l.year, l.strips,
                                  l.confusion, l.calibration, l.cost_curve, l.help};
    for (std::size_t a = 0; a < areas.size(); ++a) {
      EXPECT_GE(areas[a].x, 0);
      EXPECT_GT(areas[a].height, 15);
      EXPECT_LE(areas[a].x + areas[a].width, width);
      EXPECT_LE(areas[a].y + areas[a].height, height);
      for (std::size_t b = a + 1; b < areas.size(); ++b)
        EXPECT_FALSE(areas[a].x < areas[b].x + areas[b].width && areas[b].x < areas[a].x + areas[a].width &&
                     areas[a].y < areas[b].y + areas[b].height - 1e-9 &&
                     areas[b].y < areas[a].y + areas[a].height - 1e-9)
            << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace handbuilt::lessons::logistic
