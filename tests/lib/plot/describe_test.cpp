#include "plot/describe.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "plot/figure.hpp"

namespace {

using namespace handbuilt::plot;

std::string description(const Figure& figure) { return figure.draw().description; }

TEST(Description, NamesKindAxesAndSeries) {
  Figure figure("Accuracy");
  figure.axes("epoch", "accuracy").line({0.5, 0.9}, "training").line({0.4, 0.8, 0.8}, "validation");
  EXPECT_EQ(
      description(figure),
      "Line chart of accuracy against epoch: training, 2 points from 0.5 to 0.9; validation, 3 points from 0.4 to "
      "0.8.");
}

TEST(Description, IsTheAuthorsWhereThereIsOne) {
  Figure figure("Accuracy");
  figure.line({1, 2}, "").description("It rises.");
  EXPECT_EQ(description(figure), "It rises.");
}

TEST(Description, SaysThatThereIsNoData) { EXPECT_EQ(description(Figure("Empty")), "Scatter plot: no data."); }

TEST(Description, SaysThatAllIsMissing) {
  Figure figure;
  figure.points({1, 2}, {std::nan(""), std::nan("")}, "ghosts");
  EXPECT_EQ(description(figure), "Scatter plot: ghosts, 2 points, all missing.");
}

TEST(Description, TellsMarkedPicturesFromOthers) {
  Figure figure;
  figure.images({{Grid(1, 1, {0}), "a 3", true}, {Grid(1, 1, {0}), "a 5"}});
  EXPECT_EQ(description(figure), "2 pictures: a 3 (marked); a 5.");
}

TEST(Description, OfAPageNamesEveryPanel) {
  Figure left("Left"), right("Right");
  left.line({1, 2}, "a");
  right.bars({1, 2}, "b");
  EXPECT_EQ(page("Both", {left, right}).description,
            "Left: Line chart: a, 2 points from 1 to 2. Right: Bar chart: b, 2 bars from 1 to 2.");
}

}  // namespace
