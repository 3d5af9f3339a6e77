#include <gtest/gtest.h>

#include <utility>

#include "lessons/06_mixtures/demo/view.hpp"

namespace handbuilt::lessons::mixtures {
namespace {

using clustering::CovarianceForm;
using window::Event;
using window::Key;

class Lesson06Scene : public ::testing::Test {
 protected:
  void press(char character, Key key = Key::none) {
    Event event;
    event.character = character;
    event.key = key;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }
  void mouse(Event::Kind kind, double x, double y) {
    const plot::Point place = board_plane(layout_).place_of(x, y);
    Event event;
    event.kind = kind;
    event.x = place.x;
    event.y = place.y;
    event.left_held = true;
    EXPECT_TRUE(scene_.handle(event, layout_));
  }

  DemoModel model_{1};
  Scene scene_{model_};
  Layout layout_ = layout_for(1280, 800);
};

TEST_F(Lesson06Scene, TheSameSeedGivesTheSameRowsAndStart) {
  const DemoModel again(1), other(2);
  EXPECT_EQ(again.x(), model_.x());
  EXPECT_EQ(again.mixture().means, model_.mixture().means);
  EXPECT_NE(other.x(), model_.x());
}

TEST_F(Lesson06Scene, NoStepLosesInAnyFormOnAnyCloud) {
  for (const Cloud cloud : kClouds)
    for (const CovarianceForm form : {CovarianceForm::kFull, CovarianceForm::kDiagonal, CovarianceForm::kSpherical}) {
      model_.choose(cloud);
      model_.set_components(4);
      model_.set_form(form);
      for (int step = 0; step < 40; ++step) press(' ');
      ASSERT_EQ(model_.log_likelihoods().size(), 41U);
      for (std::size_t step = 1; step < 41; ++step)
        EXPECT_GE(model_.log_likelihoods()[step], model_.log_likelihoods()[step - 1] - 1e-9) << name_of(cloud);
    }
}

TEST_F(Lesson06Scene, SharesOfARowSumToOne) {
  press(' ');
  EXPECT_LT((model_.shares().rowwise().sum().array() - 1).abs().maxCoeff(), 1e-12);
}

TEST_F(Lesson06Scene, EnterRunsToTheEndWhereTheFloorsAreToldApart) {
  press(0, Key::enter);
  EXPECT_TRUE(model_.has_converged());
  EXPECT_GT(model_.agreement(model_.assigned()), 0.8);
}

TEST_F(Lesson06Scene, RunningStepsNowAndThenAndEndsByItself) {
  press('r');
  ASSERT_TRUE(scene_.is_running());
  for (int frame = 0; frame < 20; ++frame) scene_.pass_frame();
  EXPECT_EQ(model_.log_likelihoods().size(), 3U);
  for (int frame = 0; frame < 5000; ++frame) scene_.pass_frame();
  EXPECT_FALSE(scene_.is_running());
  EXPECT_TRUE(model_.has_converged());
}

TEST_F(Lesson06Scene, ComponentsAreAddedAndTakenAwayWithinBounds) {
  for (int k = 0; k < 10; ++k) press(0, Key::up);
  EXPECT_EQ(model_.components(), DemoModel::kMostComponents);
  EXPECT_EQ(model_.mixture().components(), DemoModel::kMostComponents);
  for (int k = 0; k < 10; ++k) press(0, Key::down);
  EXPECT_EQ(model_.components(), 1);
}

TEST_F(Lesson06Scene, TheFormGoesRoundAndIsThatOfTheMixture) {
  for (const CovarianceForm form : {CovarianceForm::kDiagonal, CovarianceForm::kSpherical, CovarianceForm::kFull}) {
    press('f');
    press(' ');
    EXPECT_EQ(model_.form(), form);
    const MatrixD& covariance = model_.mixture().covariances.front();
    EXPECT_EQ(covariance(0, 1) == 0, form != CovarianceForm::kFull);
    EXPECT_EQ(covariance(0, 0) == covariance(1, 1), form == CovarianceForm::kSpherical);
  }
}

TEST_F(Lesson06Scene, ANewStartIsAnotherOne) {
  press(' ');
  const MatrixD before = model_.mixture().means;
  press('n');
  EXPECT_EQ(model_.log_likelihoods().size(), 1U);
  EXPECT_NE(model_.mixture().means, before);
}

TEST_F(Lesson06Scene, AClickDropsARowWhereItPoints) {
  const auto rows = model_.x().rows();
  mouse(Event::Kind::mouse_down, 3, -2);
  ASSERT_EQ(model_.x().rows(), rows + 1);
  EXPECT_NEAR(model_.x()(rows, 0), 3, 1e-9);
  EXPECT_NEAR(model_.x()(rows, 1), -2, 1e-9);
  EXPECT_FALSE(model_.knows_groups());
  mouse(Event::Kind::mouse_move, 3.001, -2);  // hardly moved: no row
  EXPECT_EQ(model_.x().rows(), rows + 1);
  mouse(Event::Kind::mouse_move, 2, -2);
  EXPECT_EQ(model_.x().rows(), rows + 2);
}

TEST_F(Lesson06Scene, AClickBesideTheBoardDropsNothing) {
  const auto rows = model_.x().rows();
  Event event;
  event.kind = Event::Kind::mouse_down;
  event.x = layout_.curve.x + 20;
  event.y = layout_.curve.y + 20;
  event.left_held = true;
  EXPECT_TRUE(scene_.handle(event, layout_));
  EXPECT_EQ(model_.x().rows(), rows);
}

TEST_F(Lesson06Scene, WorksWithNoRowsOneRowAndManyInOnePlace) {
  press('c');
  EXPECT_EQ(model_.x().rows(), 0);
  const auto try_everything = [&] {
    for (const char key : {' ', 'r', 'n', 'f'}) press(key);
    press(0, Key::enter);
    press(0, Key::up);
    press(0, Key::enter);
    EXPECT_GT(draw(scene_, 1280, 800).items.size(), 10U);
  };
  try_everything();
  mouse(Event::Kind::mouse_down, 1, 1);
  try_everything();
  for (int k = 0; k < 8; ++k) mouse(Event::Kind::mouse_down, 1, 1);
  try_everything();
  EXPECT_EQ(model_.x().rows(), 9);
}

TEST_F(Lesson06Scene, EachCloudHasItsKeyAndItsNumberOfComponents) {
  for (std::size_t k = 0; k < kClouds.size(); ++k) {
    press(static_cast<char>('1' + k));
    EXPECT_EQ(model_.cloud(), kClouds.at(k));
    EXPECT_EQ(model_.components(), groups_of(kClouds.at(k)));
    EXPECT_EQ(model_.by_method().size(), kMethods.size());
    EXPECT_TRUE(model_.knows_groups());
  }
}

TEST_F(Lesson06Scene, EscapeEndsIt) {
  Event event;
  event.key = Key::escape;
  EXPECT_FALSE(scene_.handle(event, layout_));
}

TEST_F(Lesson06Scene, DrawsItselfAtEverySize) {
  for (const auto& [width, height] : {std::pair{480.0, 360.0}, {800.0, 600.0}, {1280.0, 800.0}, {1600.0, 1000.0}}) {
    EXPECT_GT(draw(scene_, width, height).items.size(), 1500U);
    const Layout layout = layout_for(width, height);
    for (const Area& area : layout.found) {
      EXPECT_LE(area.x + area.width, width);
      EXPECT_LE(area.y + area.height, height);
    }
    EXPECT_GE(layout.board.y, layout.clouds.y + layout.clouds.height);
  }
}

}  // namespace
}  // namespace handbuilt::lessons::mixtures
