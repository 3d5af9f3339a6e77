#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "lessons/02_least_squares/demo/model.hpp"
#include "lessons/02_least_squares/demo/scene.hpp"
#include "lessons/02_least_squares/demo/view.hpp"
#include "lessons/demo.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

using Kind = window::Event::Kind;

const std::vector<Points>& sets() {
  static const std::vector<Points> all = load_anscombe(datasets_folder() / "anscombe/anscombe.csv");
  return all;
}

class Board : public ::testing::Test {
 protected:
  void mouse(Kind kind, double x, double y) {
    const plot::Point at = place_of(layout_, x, y);
    scene_.handle({.kind = kind, .x = at.x, .y = at.y, .left_held = true}, layout_);
  }
  bool press(char character, window::Key key = window::Key::none) {
    return scene_.handle({.key = key, .character = character}, layout_);
  }

  DemoModel model_{sets()};
  Scene scene_{model_};
  Layout layout_ = layout_for(1280, 800);
};

TEST(DemoModel, RefusesToShowNothing) { EXPECT_THROW(DemoModel({}), ValueError); }

TEST(DemoModel, RefusesAPointThatIsNotThere) {
  DemoModel model(sets());
  EXPECT_THROW(model.move(11, 0, 0), IndexError);
  EXPECT_THROW(model.move(-1, 0, 0), IndexError);
}

TEST_F(Board, ADraggedPointTakesTheLineWithIt) {
  const double slope = model_.fit().slope, r_squared = model_.fit().r_squared;
  mouse(Kind::mouse_down, 14, 9.96);  // the point furthest to the right
  ASSERT_EQ(scene_.selected(), 5);
  mouse(Kind::mouse_move, 14, 2);
  EXPECT_NEAR(model_.points().y[5], 2, 1e-9);
  EXPECT_LT(model_.fit().slope, slope - 0.2);
  EXPECT_LT(model_.fit().r_squared, r_squared);
  EXPECT_NEAR(model_.published().slope, slope, 1e-12);
  mouse(Kind::mouse_up, 14, 2);
  mouse(Kind::mouse_move, 5, 13);
  EXPECT_NEAR(model_.points().y[5], 2, 1e-9) << "let go means let go";
}

TEST_F(Board, TheLineAlwaysLeavesResidualsThatAddUpToZero) {
  mouse(Kind::mouse_down, 14, 9.96);
  for (const double y : {3.0, 12.0, 14.5}) {
    mouse(Kind::mouse_move, 17, y);
    const std::vector<double> residuals = model_.residuals();
    EXPECT_NEAR(std::accumulate(residuals.begin(), residuals.end(), 0.0), 0, 1e-10);
  }
}

TEST_F(Board, WithoutTheLonelyPointOfSetFourThereIsNoSlope) {
  press('4');
  mouse(Kind::mouse_down, 19, 12.5);
  mouse(Kind::mouse_move, 8.02, 12.5);  // the mouse goes in tenths
  EXPECT_TRUE(std::isnan(model_.fit().slope));
  EXPECT_FALSE(draw(scene_, 1280, 800).items.empty());
  press('r');
  EXPECT_NEAR(model_.fit().slope, 0.5, 0.001);
}

TEST_F(Board, PointsStayOnTheField) {
  mouse(Kind::mouse_down, 14, 9.96);
  mouse(Kind::mouse_move, 50, -30);
  EXPECT_DOUBLE_EQ(model_.points().x[5], kXRange.high);
  EXPECT_DOUBLE_EQ(model_.points().y[5], kYRange.low);
}

TEST_F(Board, AClickBesideThePointsHoldsNone) {
  mouse(Kind::mouse_down, 5, 13);
  EXPECT_EQ(scene_.selected(), -1);
  mouse(Kind::mouse_move, 6, 12);
  EXPECT_FALSE(model_.is_moved());
}

TEST_F(Board, KeysDoAllThatTheMouseDoes) {
  EXPECT_TRUE(press('3'));
  EXPECT_EQ(model_.chosen(), 2);
  press('9');
  EXPECT_EQ(model_.chosen(), 2) << "there is no ninth set";
  press(0, window::Key::up);
  EXPECT_FALSE(model_.is_moved()) << "nothing was selected";
  press(0, window::Key::tab);
  press(0, window::Key::up);
  EXPECT_NEAR(model_.points().y[0], sets()[2].y[0] + 0.25, 1e-12);
  press('p');
  EXPECT_EQ(scene_.selected(), 10);
  press('r');
  EXPECT_EQ(model_.points().y, sets()[2].y);
  press('s');
  EXPECT_FALSE(scene_.shows_squares());
  EXPECT_FALSE(press('q'));
  EXPECT_FALSE(press(0, window::Key::escape));
}

TEST_F(Board, ChangesAreToldOnce) {
  EXPECT_TRUE(scene_.take_change());
  EXPECT_FALSE(scene_.take_change());
  press('s');
  EXPECT_TRUE(scene_.take_change());
}

TEST_F(Board, SquaresAreSquare) {
  for (const auto& [width, height] : {std::pair{800.0, 600.0}, {1280.0, 800.0}, {1000.0, 1400.0}}) {
    const Layout layout = layout_for(width, height);
    const plot::Point a = place_of(layout, 4, 4), b = place_of(layout, 5, 5);
    EXPECT_NEAR(b.x - a.x, a.y - b.y, 1e-9) << width << " x " << height;
    const plot::Point back = value_at(layout, a.x, a.y);
    EXPECT_NEAR(back.x, 4, 1e-9);
    EXPECT_NEAR(back.y, 4, 1e-9);
  }
}

TEST_F(Board, NoWordLeavesThePage) {
  press('3');
  press(0, window::Key::tab);
  press(0, window::Key::up);
  for (const auto& [width, height] : {std::pair{800.0, 600.0}, {1280.0, 800.0}, {1422.0, 800.0}, {1000.0, 1400.0}})
    for (const plot::DisplayList::Item& item : draw(scene_, width, height).items)
      if (const auto* text = std::get_if<plot::Text>(&item); text != nullptr && !text->upwards) {
        const double reach = plot::text_width(text->text, text->size, text->bold);
        const double right = text->baseline.x + (text->anchor == plot::Text::Anchor::start    ? reach
                                                 : text->anchor == plot::Text::Anchor::middle ? reach / 2
                                                                                              : 0);
        EXPECT_LE(right, width) << text->text << " at " << width << " x " << height;
        EXPECT_LE(text->baseline.y, height) << text->text << " at " << width << " x " << height;
      }
}

}  // namespace
}  // namespace handbuilt::lessons::least_squares
