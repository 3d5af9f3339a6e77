#include "plot/figure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "plot/svg.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::plot;
using testing::ElementsAre;
using testing::HasSubstr;

std::string complaint(const std::function<void(Figure&)>& call) {
  Figure figure("Losses");
  try {
    call(figure);
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(Figure, TakesNumbersFromAnyContainer) {
  Figure figure;
  const std::array<int, 2> whole{1, 2};
  figure.line(std::vector<float>{1, 2}, "").line(Tensor({2}, {1, 2}), "").line(whole, "").line({1, 2}, "");
  for (const Series& series : figure.content().series) EXPECT_THAT(series.y, ElementsAre(1, 2));
}

TEST(Figure, CountsFromZeroWithoutX) {
  EXPECT_THAT(Figure().line({5, 6, 7}, "").content().series[0].x, ElementsAre(0, 1, 2));
}

TEST(Figure, GivesSeriesTheirOwnColours) {
  Figure figure;
  figure.line({1}, "a").points({1}, {1}, "b").line({1}, "c", {.colour = 4}).bars({1}, "d");
  EXPECT_EQ(figure.content().series[0].colour, 0);
  EXPECT_EQ(figure.content().series[1].colour, 1);
  EXPECT_EQ(figure.content().series[2].colour, 4);
  EXPECT_EQ(figure.content().bars[0].colour, 2);
}

TEST(Figure, GivesABandTheColourOfTheSeriesBeforeIt) {
  Figure figure;
  figure.line({1, 2}, "a").line({1, 2}, "b", {.colour = 5}).band({0, 1}, {0, 1}, {2, 3});
  EXPECT_EQ(figure.content().intervals[0].colour, 5);
}

TEST(Figure, RefusesListsOfDifferentLengths) {
  EXPECT_EQ(complaint([](Figure& f) {
              f.line({1, 2, 3}, {1, 2}, "a");
            }),
            "Figure::line in \"Losses\": expected as many y as x, got 3 x and 2 y");
  EXPECT_THAT(complaint([](Figure& f) { f.points({1}, {1, 2}, "a"); }), HasSubstr("got 1 x and 2 y"));
  EXPECT_THAT(complaint([](Figure& f) { f.bars({1}, "a", {1, 2}); }), HasSubstr("got 1 heights and 2 errors"));
  EXPECT_THAT(complaint([](Figure& f) { f.band({1}, {1}, {}); }), HasSubstr("got 1 x and 0 high ends"));
  EXPECT_THAT(complaint([](Figure& f) { f.error_bars({1}, {}, {1}); }), HasSubstr("got 1 x and 0 low ends"));
}

TEST(Figure, RefusesRangesThatAreNone) {
  EXPECT_EQ(complaint([](Figure& f) { f.y_range(2, 1); }),
            "Figure::y_range in \"Losses\": expected a range whose low end is below its high end, got 2 to 1");
  EXPECT_THAT(complaint([](Figure& f) { f.x_range(1, 1); }), HasSubstr("got 1 to 1"));
  EXPECT_THAT(complaint([](Figure& f) { f.x_range(0, INFINITY); }), HasSubstr("finite number for the high end"));
  EXPECT_THAT(complaint([](Figure& f) { f.y_range(std::nan(""), 1); }), HasSubstr("finite number for the low end"));
}

TEST(Figure, RefusesALogarithmOfWhatIsNotPositive) {
  EXPECT_EQ(complaint([](Figure& f) { f.log_y().y_range(0, 1); }),
            "Figure::y_range in \"Losses\": a logarithmic axis expects a range above 0, got 0 to 1");
  EXPECT_EQ(complaint([](Figure& f) { f.x_range(-1, 1).log_x(); }),
            "Figure::log_x in \"Losses\": a logarithmic axis expects a range above 0, got -1 to 1");
  EXPECT_THAT(complaint([](Figure& f) { f.log_y().bars({1}, ""); }), HasSubstr("linear axes"));
  EXPECT_THAT(complaint([](Figure& f) { f.bars({1}, "").log_y(); }), HasSubstr("linear axis"));
}

TEST(Figure, RefusesNamesThatDoNotFitTheMatrix) {
  EXPECT_THAT(complaint([](Figure& f) {
                f.confusion(Grid(2, 2, {1, 0, 0, 1}), {"a"});
              }),
              HasSubstr("expected 2 names of rows, got 1"));
  EXPECT_THAT(complaint([](Figure& f) { f.confusion(Grid(1, 2, {1, 0}), {}); }), HasSubstr("got 1 x 2"));
  EXPECT_THAT(complaint([](Figure& f) { f.confusion(Grid(1, 1, {-1}), {}); }),
              HasSubstr("counts of 0 or more, got -1"));
}

TEST(Figure, StaysAsItWasAfterACallThatWasRefused) {
  Figure figure;
  figure.line({1, 2}, "a");
  const std::string before = to_svg(figure.draw());
  EXPECT_THROW(figure.line({1}, {1, 2}, "b"), ValueError);
  EXPECT_THROW(figure.size(1, 1e9), ValueError);
  EXPECT_THROW(figure.confusion(Grid(2, 2, {1, 0, 0, 1}), {"a"}), ValueError);
  EXPECT_EQ(to_svg(figure.draw()), before);
}

TEST(Figure, IsAChartOrAGridOfImages) {
  EXPECT_THAT(complaint([](Figure& f) { f.line({1}, "").images({}); }), HasSubstr("without a chart"));
  EXPECT_THAT(complaint([](Figure& f) { f.images({}).line({1}, ""); }), HasSubstr("got a grid of images"));
}

TEST(Figure, WantsPanelsAndColumnsForAPage) {
  EXPECT_THROW(page("p", {}), ValueError);
  EXPECT_THROW(page("p", {Figure()}, 0), ValueError);
}

TEST(Grid, TakesAMatrixWithExtentsOfOneBeforeIt) {
  const Grid grid(Tensor({1, 1, 2, 3}, {0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(grid.rows, 2);
  EXPECT_EQ(grid.columns, 3);
  EXPECT_EQ(grid(1, 0), 3);
}

TEST(Grid, RefusesWhatIsNotARectangle) {
  EXPECT_THROW(Grid(Tensor({2, 2, 3})), ShapeError);
  EXPECT_THROW(Grid(2, 3, {1, 2, 3}), ShapeError);
  EXPECT_THROW(Grid(-1, -3, {1, 2, 3}), ShapeError);
}

TEST(Figure, SavesItselfAsSvg) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "handbuilt_figure_test.svg";
  Figure figure("Saved");
  figure.line({1, 2}, "a").save(path);
  EXPECT_EQ(read_file(path), to_svg(figure.draw()));
  std::filesystem::remove(path);
  EXPECT_THROW(figure.save("/no/such/folder/figure.svg"), DataError);
}

}  // namespace
