#include "lessons/07_similarity/demo/model.hpp"

#include <gtest/gtest.h>

#include "lessons/07_similarity/demo/scene.hpp"
#include "lessons/07_similarity/demo/view.hpp"

namespace handbuilt::lessons::likeness {
namespace {

using window::Event;
using window::Key;

class Lesson07Scene : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { shared_ = new DemoModel(1); }
  static void TearDownTestSuite() { delete shared_; }
  Lesson07Scene() { model_.enter(0); }

  void press(char character, Key key = Key::none) {
    Event event;
    event.character = character;
    event.key = key;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }
  void click(plot::Point at) {
    Event event;
    event.kind = Event::Kind::mouse_down;
    event.x = at.x;
    event.y = at.y;
    event.left_held = true;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }

  static inline DemoModel* shared_ = nullptr;
  DemoModel& model_ = *shared_;
  Scene scene_{model_};
  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Lesson07Scene, MostOfAnOrdinaryHomeIsKnownAndARugIsNew) {
  while (model_.drive()) continue;
  EXPECT_LT(model_.share_new(), 0.25);
  press('2');
  EXPECT_EQ(model_.share_new(), 0);
  while (model_.drive()) continue;
  EXPECT_GT(model_.share_new(), 0.9);
}

TEST_F(Lesson07Scene, TheSameHomeIsDrivenTheSameWayAndAnotherOneDifferently) {
  model_.drive();
  const MatrixD first = model_.driven();
  press('n');
  EXPECT_EQ(model_.home(), 2);
  model_.drive();
  EXPECT_NE(model_.driven(), first);
  press('1');
  model_.drive();
  EXPECT_EQ(model_.driven(), first);
}

TEST_F(Lesson07Scene, AClickLooksAtTheDotAndItsNeighboursAreNotItself) {
  const MapFrame frame = scene_.frame(layout_);
  const MatrixD& places = model_.map().places();
  click(frame.at(places(7, 0), places(7, 1)));
  ASSERT_TRUE(scene_.looked());
  EXPECT_TRUE(scene_.looked()->is_remembered);
  const int row = scene_.looked()->row;
  EXPECT_EQ(places.row(row), places.row(7));
  const std::vector<int> neighbours = scene_.neighbours();
  EXPECT_EQ(neighbours.size(), 5U);
  EXPECT_EQ(std::count(neighbours.begin(), neighbours.end(), row), 0);
}

TEST_F(Lesson07Scene, DrivingLooksAtWhatWasJustDriven) {
  press(0, Key::right);
  ASSERT_TRUE(scene_.looked());
  EXPECT_EQ(*scene_.looked(), (Looked{false, 0}));
  press(0, Key::right);
  EXPECT_EQ(scene_.looked()->row, 1);
}

TEST_F(Lesson07Scene, SpaceStopsTheRobot) {
  press(' ');
  for (int frame = 0; frame < 60; ++frame) scene_.tick();
  EXPECT_EQ(model_.scores().size(), 0);
  press(' ');
  for (int frame = 0; frame < 60; ++frame) scene_.tick();
  EXPECT_EQ(model_.scores().size(), 4);
}

TEST_F(Lesson07Scene, EscapeEndsIt) {
  Event event;
  event.key = Key::escape;
  EXPECT_FALSE(scene_.handle(event, layout_));
}

TEST_F(Lesson07Scene, DrawsItselfAtEverySize) {
  for (const auto& [width, height] : {std::pair{480.0, 360.0}, {800.0, 600.0}, {1280.0, 800.0}, {1600.0, 1000.0}}) {
    EXPECT_GT(draw(scene_, width, height).items.size(), 300U);
    scene_.drive();
  }
}

}  // namespace
}  // namespace handbuilt::lessons::likeness
