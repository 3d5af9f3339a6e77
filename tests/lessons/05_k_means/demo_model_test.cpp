#include <gtest/gtest.h>

#include <algorithm>

#include "lessons/05_k_means/demo/play.hpp"
#include "lessons/05_k_means/demo/scene.hpp"
#include "lessons/05_k_means/demo/view.hpp"

namespace handbuilt::lessons::k_means {
namespace {

using window::Event;
using window::Key;
using Subject = Scene::Subject;

class Lesson05Scene : public ::testing::Test {
 protected:
  bool press(char character) { return scene_.handle({.kind = Event::Kind::key, .character = character}, layout_); }
  void mouse(Event::Kind kind, const plot::Point& at, bool held = true) {
    scene_.handle({.kind = kind, .x = at.x, .y = at.y, .left_held = held}, layout_);
  }
  void click(double x, double y) {
    mouse(Event::Kind::mouse_down, on_page(layout_, x, y));
    mouse(Event::Kind::mouse_up, on_page(layout_, x, y));
  }
  [[nodiscard]] const Play& play() const { return scene_.play(); }

  Layout layout_ = layout_for(1280, 800);
  Scene scene_{1};
};

TEST_F(Lesson05Scene, TheSameSeedGivesTheSamePlay) {
  EXPECT_EQ(Scene(1).play().centroids(), play().centroids());
  EXPECT_NE(Scene(2).play().rows(), play().rows());
}

TEST_F(Lesson05Scene, HalfStepsTakeTurns) {
  const MatrixD start = play().centroids();
  EXPECT_TRUE(play().labels().empty());
  press(' ');
  EXPECT_EQ(play().centroids(), start);
  EXPECT_EQ(play().labels().size(), 150U);
  EXPECT_FALSE(play().is_assign_next());
  press(' ');
  EXPECT_NE(play().centroids(), start);
  EXPECT_TRUE(play().is_assign_next());
  EXPECT_EQ(play().way().size(), 2U);
}

TEST_F(Lesson05Scene, TheInertiaNeverRisesAndItEnds) {
  for (const char start : {'a', 'p', 'z'}) {
    press(start);
    EXPECT_LT(scene_.play().run_to_the_end(), 200) << start;
    EXPECT_TRUE(play().is_settled());
    EXPECT_TRUE(std::is_sorted(play().trace().rbegin(), play().trace().rend())) << start;
  }
}

TEST_F(Lesson05Scene, AClickDropsAPointAndBackspaceTakesItAway) {
  click(31, 77);
  ASSERT_EQ(play().rows().rows(), 151);
  EXPECT_NEAR(play().rows()(150, 0), 31, 1e-9);
  EXPECT_NEAR(play().rows()(150, 1), 77, 1e-9);
  scene_.handle({.kind = Event::Kind::key, .key = Key::backspace}, layout_);
  EXPECT_EQ(play().rows().rows(), 150);
}

TEST_F(Lesson05Scene, ADraggedCentroidGoesWhereTheMouseGoesAndRowsFollow) {
  press(' ');
  const MatrixD before = play().centroids();
  const std::vector<int> labels = play().labels();
  mouse(Event::Kind::mouse_down, on_page(layout_, before(2, 0), before(2, 1)));
  mouse(Event::Kind::mouse_move, on_page(layout_, 50, 50));
  mouse(Event::Kind::mouse_move, on_page(layout_, 99, 1));
  mouse(Event::Kind::mouse_up, on_page(layout_, 99, 1));
  EXPECT_NEAR(play().centroids()(2, 0), 99, 1e-9);
  EXPECT_NEAR(play().centroids()(2, 1), 1, 1e-9);
  EXPECT_EQ(play().centroids().row(0), before.row(0));
  EXPECT_NE(play().labels(), labels);
  EXPECT_EQ(play().rows().rows(), 150);
  // Without the button held nothing follows the mouse.
  mouse(Event::Kind::mouse_move, on_page(layout_, 10, 10), false);
  EXPECT_NEAR(play().centroids()(2, 0), 99, 1e-9);
}

TEST_F(Lesson05Scene, BeginsWithoutPointsAndHasAsManyCentroidsAsPoints) {
  press('c');
  EXPECT_EQ(play().centroids().rows(), 0);
  for (const char key : {' ', 'a', 'p', 'z', 'h'}) press(key);
  for (int n = 0; n < 7; ++n) {
    click(10 + 10 * n, 20 + 5 * n);
    EXPECT_EQ(play().centroids().rows(), std::min(n + 1, 5));
    press(' ');
  }
  scene_.play().run_to_the_end();
  EXPECT_TRUE(play().is_settled());
}

TEST_F(Lesson05Scene, KeepsTheNumberOfGroupsWithinItsRange) {
  for (int n = 0; n < 40; ++n) press('+');
  EXPECT_EQ(play().centroids().rows(), kMostClusters);
  for (int n = 0; n < 40; ++n) press('-');
  EXPECT_EQ(play().centroids().rows(), 1);
}

TEST_F(Lesson05Scene, FivePilesComeBack) {
  press('h');
  EXPECT_EQ(scene_.how_many().chosen, 5);
  EXPECT_EQ(scene_.how_many().clusters.size(), 7U);
  click(50, 50);
  EXPECT_TRUE(scene_.how_many().clusters.empty());
}

TEST_F(Lesson05Scene, RunsByItselfUntilNothingMoves) {
  press('r');
  scene_.pass(0.4);
  EXPECT_TRUE(play().labels().empty());
  for (int n = 0; n < 400 && scene_.is_running(); ++n) scene_.pass(0.6);
  EXPECT_FALSE(scene_.is_running());
  EXPECT_TRUE(play().is_settled());
}

TEST_F(Lesson05Scene, APhotographsPaletteMovesAndTurns) {
  press('m');
  ASSERT_EQ(scene_.subject(), Subject::kChina);
  EXPECT_EQ(play().rows().rows(), 160 * 107);
  for (int n = 0; n < 6; ++n) press(' ');
  EXPECT_EQ(play().trace().size(), 3U);
  EXPECT_LT(play().trace().back(), play().trace().front());
  const double turn = scene_.turn();
  mouse(Event::Kind::mouse_down, on_page(layout_, 50, 50));
  mouse(Event::Kind::mouse_move, on_page(layout_, 70, 50));
  EXPECT_GT(scene_.turn(), turn);
  EXPECT_EQ(play().rows().rows(), 160 * 107);
  press('m');
  EXPECT_EQ(scene_.subject(), Subject::kFlower);
  press('m');
  EXPECT_EQ(scene_.subject(), Subject::kPoints);
}

TEST_F(Lesson05Scene, EscapeEndsIt) {
  EXPECT_FALSE(scene_.handle({.kind = Event::Kind::key, .key = Key::escape}, layout_));
}

TEST_F(Lesson05Scene, DrawsItselfAtEverySize) {
  for (const auto& [width, height] : {std::pair{480.0, 360.0}, {800.0, 600.0}, {1600.0, 1000.0}}) {
    for (const Subject subject : {Subject::kPoints, Subject::kChina, Subject::kFlower}) {
      scene_.show(subject);
      EXPECT_GT(draw(scene_, width, height).items.size(), 150U);
      scene_.half_step();
      EXPECT_GT(draw(scene_, width, height).items.size(), 150U);
    }
    scene_.show(Subject::kPoints);
    scene_.clear();
    EXPECT_GT(draw(scene_, width, height).items.size(), 10U);
    scene_.new_piles();
  }
}

TEST(Play, RepairsACentroidThatNobodyWants) {
  Play play(1);
  play.set_clusters(2);
  play.set_rows(MatrixD{{0, 0}, {1, 0}, {10, 0}});
  play.half_step();
  play.drag(1, VectorD{{500, 500}});
  play.drag(0, VectorD{{0, 0}});
  play.half_step();
  EXPECT_EQ(play.repaired(), 1);
  EXPECT_EQ(play.centroids().row(1), (Eigen::RowVector2d(10, 0)));
}

}  // namespace
}  // namespace handbuilt::lessons::k_means
