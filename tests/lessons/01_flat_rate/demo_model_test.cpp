#include "lessons/01_flat_rate/demo/model.hpp"

#include <gtest/gtest.h>

#include "lessons/01_flat_rate/demo/scene.hpp"
#include "lessons/01_flat_rate/demo/view.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

using window::Event;
using window::Key;

class Lesson01Scene : public ::testing::Test {
 protected:
  Lesson01Scene() : model_(load_barley(datasets_folder() / "barley/barley.csv"), 1), scene_(model_) {}

  void press(char character, Key key = Key::none) {
    Event event;
    event.character = character;
    event.key = key;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }
  void mouse(Event::Kind kind, double x, double y) {
    Event event;
    event.kind = kind;
    event.x = x;
    event.y = y;
    event.left_held = true;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }

  DemoModel model_;
  Scene scene_;
  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Lesson01Scene, TheSameSeedGivesTheSameDealings) {
  const DemoModel again(model_.barley(), 1), other(model_.barley(), 7);
  EXPECT_EQ(again.held_out(Model::kFull), model_.held_out(Model::kFull));
  EXPECT_NE(other.held_out(Model::kFull), model_.held_out(Model::kFull));
}

TEST_F(Lesson01Scene, NoRateHasASmallerSquaredErrorThanTheMeanNorASmallerAbsoluteOneThanTheMedian) {
  press('m');
  const double least_rmse = scene_.rate_rmse();
  press('n');
  const double least_mae = scene_.rate_mae();
  for (double rate = 0; rate <= 70; rate += 0.25) {
    scene_.set_rate(rate);
    EXPECT_GE(scene_.rate_rmse(), least_rmse);
    EXPECT_GE(scene_.rate_mae(), least_mae);
  }
}

TEST_F(Lesson01Scene, DraggingInTheFieldMovesTheRateAndLettingGoEndsIt) {
  const double x = layout_.field.x + 100;
  mouse(Event::Kind::mouse_down, x, y_of_yield(layout_, 50));
  EXPECT_NEAR(scene_.rate(), 50, 1e-9);
  mouse(Event::Kind::mouse_move, x, y_of_yield(layout_, 20));
  EXPECT_NEAR(scene_.rate(), 20, 1e-9);
  mouse(Event::Kind::mouse_up, x, y_of_yield(layout_, 20));
  mouse(Event::Kind::mouse_move, x, y_of_yield(layout_, 60));
  EXPECT_NEAR(scene_.rate(), 20, 1e-9);
}

TEST_F(Lesson01Scene, ADragThatLeavesTheFieldStaysOnTheScale) {
  mouse(Event::Kind::mouse_down, layout_.field.x + 100, y_of_yield(layout_, 50));
  mouse(Event::Kind::mouse_move, layout_.field.x + 100, -500);
  EXPECT_DOUBLE_EQ(scene_.rate(), 70);
}

TEST_F(Lesson01Scene, ClickingALineOrPressingItsNumberChoosesTheEstimate) {
  const Area line = model_line(layout_, 7);
  mouse(Event::Kind::mouse_down, line.x + 5, line.y + line.height / 2);
  EXPECT_EQ(scene_.chosen(), 7);
  press('2');
  EXPECT_EQ(scene_.chosen(), 1);
}

TEST_F(Lesson01Scene, DealingAgainAddsToTheMeanAndExchangingBeginsAnew) {
  press('d');
  press('d');
  EXPECT_EQ(model_.dealings(), 3);
  const double before = model_.unseen(Model::kAdditive);
  press('x');
  EXPECT_EQ(model_.dealings(), 1);
  EXPECT_TRUE(model_.is_exchanged());
  EXPECT_LT(model_.unseen(Model::kAdditive), before);
}

TEST_F(Lesson01Scene, WhatChangesIsDrawnOnce) {
  EXPECT_TRUE(scene_.take_change());
  EXPECT_FALSE(scene_.take_change());
  press(0, Key::up);
  EXPECT_TRUE(scene_.take_change());
}

TEST_F(Lesson01Scene, EscapeEndsIt) {
  Event event;
  event.key = Key::escape;
  EXPECT_FALSE(scene_.handle(event, layout_));
}

TEST_F(Lesson01Scene, DrawsItselfAtEverySize) {
  for (const auto& [width, height] : {std::pair{480.0, 360.0}, {800.0, 600.0}, {1280.0, 800.0}, {1600.0, 1000.0}})
    for (int model = 0; model < 9; ++model) {
      scene_.choose(model);
      EXPECT_GT(draw(scene_, width, height).items.size(), 300U);
    }
}

}  // namespace
}  // namespace handbuilt::lessons::flat_rate
