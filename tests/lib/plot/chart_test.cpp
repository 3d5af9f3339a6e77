// Charts as a display list: where data stands on the page, what covers what, and what odd data looks like.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "core/random.hpp"
#include "plot/figure.hpp"
#include "plot/free_space.hpp"
#include "plot/text_width.hpp"

namespace {

using handbuilt::Random;
using namespace handbuilt::plot;
using testing::Contains;
using testing::Not;

template <class Kind>
std::vector<Kind> all(const DisplayList& list) {
  std::vector<Kind> found;
  for (const DisplayList::Item& item : list.items)
    if (const auto* one = std::get_if<Kind>(&item)) found.push_back(*one);
  return found;
}

std::vector<Polyline> lines_of_series(const DisplayList& list) {
  std::vector<Polyline> lines = all<Polyline>(list);
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [](const Polyline& line) { return line.colour.role != Colour::Role::series; }),
              lines.end());
  return lines;
}

std::vector<std::string> words(const DisplayList& list) {
  std::vector<std::string> found;
  for (const Text& text : all<Text>(list)) found.push_back(text.text);
  return found;
}

std::optional<Text> find_text(const DisplayList& list, const std::string& wanted) {
  for (const Text& text : all<Text>(list))
    if (text.text == wanted) return text;
  return std::nullopt;
}

Rectangle box_of(const Text& text) {
  const double width = text_width(text.text, text.size, text.bold);
  const double shift = text.anchor == Text::Anchor::start ? 0 : text.anchor == Text::Anchor::middle ? 0.5 : 1;
  return {text.baseline.x - shift * width, text.baseline.y - 0.75 * text.size, width, 0.95 * text.size, {}};
}

bool overlap(const Rectangle& a, const Rectangle& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

TEST(Chart, PlacesPointsAffinely) {
  const std::vector<double> x{0, 1, 2.5, 7, 10}, y{3, -2, 8, 0.5, 4};
  const std::vector<Marker> markers = all<Marker>(Figure().points(x, y, "").draw());
  ASSERT_EQ(markers.size(), x.size());
  const double right = (markers[4].centre.x - markers[0].centre.x) / (x[4] - x[0]);
  const double up = (markers[2].centre.y - markers[1].centre.y) / (y[2] - y[1]);
  EXPECT_GT(right, 0);
  EXPECT_LT(up, 0);  // y grows upwards in a chart and downwards on a page
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_NEAR(markers[i].centre.x, markers[0].centre.x + right * (x[i] - x[0]), 1e-6);
    EXPECT_NEAR(markers[i].centre.y, markers[1].centre.y + up * (y[i] - y[1]), 1e-6);
  }
}

TEST(Chart, PlacesPointsWhereTheTicksSay) {
  const DisplayList list = Figure().points({2, 4, 6}, {10, 20, 30}, "").draw();
  const Marker middle = all<Marker>(list).at(1);
  ASSERT_TRUE(find_text(list, "4.0") && find_text(list, "20"));
  EXPECT_NEAR(find_text(list, "4.0")->baseline.x, middle.centre.x, 0.01);
  EXPECT_NEAR(find_text(list, "20")->baseline.y, middle.centre.y, 6);  // a line of text is centred on its tick
}

TEST(Chart, MakesEqualRatiosEqualStepsOnLogarithmicAxes) {
  const std::vector<Marker> markers =
      all<Marker>(Figure().log_x().log_y().points({1, 10, 100}, {2, 20, 200}, "").draw());
  ASSERT_EQ(markers.size(), 3u);
  EXPECT_NEAR(markers[1].centre.x - markers[0].centre.x, markers[2].centre.x - markers[1].centre.x, 1e-6);
  EXPECT_NEAR(markers[1].centre.y - markers[0].centre.y, markers[2].centre.y - markers[1].centre.y, 1e-6);
}

TEST(Chart, StaysOnThePage) {
  Random random(1);
  for (int trial = 0; trial < 100; ++trial) {
    const double scale = std::pow(10, random.uniform(-9, 9));
    std::vector<double> x, y;
    for (int i = 0; i < 20; ++i) {
      x.push_back(scale * random.normal());
      y.push_back(scale * random.normal() + 5 * scale);
    }
    Figure figure("A title");
    figure.axes("horizontal", "vertical")
        .points(x, y, "some")
        .line(x, y, "others")
        .size(240 + 10 * trial, 200 + 5 * trial);
    const DisplayList list = figure.draw();
    const Rectangle page{0, 0, list.width, list.height, {}};
    for (const Marker& marker : all<Marker>(list)) {
      EXPECT_GE(marker.centre.x, 0);
      EXPECT_LE(marker.centre.x, page.width);
      EXPECT_GE(marker.centre.y, 0);
      EXPECT_LE(marker.centre.y, page.height);
    }
    for (const Text& text : all<Text>(list)) {
      if (text.upwards) continue;
      const Rectangle box = box_of(text);
      EXPECT_GE(box.x, 0) << text.text;
      EXPECT_LE(box.x + box.width, page.width) << text.text << " at width " << page.width;
      EXPECT_LE(box.y + box.height, page.height) << text.text;
    }
  }
}

TEST(Chart, KeepsTickLabelsApart) {
  Random random(2);
  for (int trial = 0; trial < 200; ++trial) {
    const double scale = std::pow(10, random.uniform(-12, 12)), offset = scale * random.uniform(-1e4, 1e4);
    Figure figure;
    figure.points({offset, offset + scale}, {1, 2}, "").size(200 + 3 * trial, 200);
    const DisplayList list = figure.draw();
    const std::vector<Text> texts = all<Text>(list);
    for (std::size_t a = 0; a < texts.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        EXPECT_FALSE(overlap(box_of(texts[a]), box_of(texts[b])))
            << texts[a].text << " and " << texts[b].text << " at width " << list.width;
  }
}

TEST(Chart, NeverCoversDataWithTheLegend) {
  Random random(3);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<double> rising, falling, noisy;
    for (int i = 0; i < 40; ++i) {
      rising.push_back(std::sqrt(i));
      falling.push_back(trial % 3 == 0 ? 6 * std::exp(-i / 10.0) : 6 - std::sqrt(i));
      noisy.push_back(random.uniform(0, trial % 7));
    }
    Figure figure;
    figure.line(rising, "rising curve").line(falling, "falling curve").line(noisy, "noise").size(360 + 4 * trial, 300);
    const DisplayList list = figure.draw();
    for (const char* label : {"rising curve", "falling curve", "noise"}) {
      const auto text = find_text(list, label);
      ASSERT_TRUE(text);
      for (const Polyline& line : lines_of_series(list)) {
        const bool of_legend = line.points.size() == 2;
        EXPECT_FALSE(!of_legend && touches(DisplayList::Item(line), box_of(*text))) << label << ", trial " << trial;
      }
    }
  }
}

TEST(Chart, PutsTheLegendAboveAFullChart) {
  std::vector<double> x, y;
  for (int i = 0; i < 60; ++i)
    for (int j = 0; j < 60; ++j) {
      x.push_back(i);
      y.push_back(j);
    }
  const DisplayList list = Figure("Full").points(x, y, "everywhere").draw();
  const auto markers = all<Marker>(list);
  double highest = list.height;
  for (const Marker& marker : markers)
    if (marker.colour.opacity < 1) highest = std::min(highest, marker.centre.y);  // those of the data, which are many
  EXPECT_LT(find_text(list, "everywhere")->baseline.y, highest);
}

TEST(Chart, BreaksALineAtMissingNumbers) {
  const double gap = std::nan("");
  const std::vector<Polyline> lines = lines_of_series(Figure().line({1, 2, gap, 4, 5, INFINITY, 7, 8}, "").draw());
  ASSERT_EQ(lines.size(), 3u);
  for (const Polyline& line : lines) EXPECT_EQ(line.points.size(), 2u);
}

TEST(Chart, ShowsAPointBetweenTwoGapsInALongLine) {
  std::vector<double> y(200, std::nan(""));
  y[100] = 1;
  EXPECT_EQ(all<Marker>(Figure().line(y, "").draw()).size(), 1u);
}

TEST(Chart, LeavesNumbersWithoutLogarithmOutOfALogarithmicAxis) {
  EXPECT_EQ(all<Marker>(Figure().log_y().points({1, 2, 3, 4}, {0, -1, 1, 10}, "").draw()).size(), 2u);
}

TEST(Chart, SaysThatThereIsNoData) {
  EXPECT_THAT(words(Figure("Empty").axes("x", "y").draw()), Contains("no data"));
  EXPECT_THAT(words(Figure().line({}, "nothing").draw()), Contains("no data"));
  EXPECT_THAT(words(Figure().points({std::nan("")}, {1}, "ghost").draw()), Contains("no data"));
  EXPECT_THAT(words(Figure().matrix(Grid()).draw()), Contains("no data"));
  EXPECT_THAT(words(Figure().line({1}, "one").draw()), Not(Contains("no data")));
}

TEST(Chart, DrawsOnePointAndConstantData) {
  EXPECT_EQ(all<Marker>(Figure().points({3}, {4}, "").draw()).size(), 1u);
  const std::vector<Polyline> lines = lines_of_series(Figure().line({5, 5, 5}, "").draw());
  ASSERT_EQ(lines.size(), 1u);
  for (const Point& point : lines[0].points) EXPECT_TRUE(std::isfinite(point.y));
}

TEST(Chart, DrawsTheLargestNumbersAndTheSmallest) {
  for (const double size : {1e300, 1e-300, 1e-320}) {
    const DisplayList list = Figure().points({-size, 0, size}, {size, 0, -size}, "").draw();
    for (const Marker& marker : all<Marker>(list)) {
      EXPECT_TRUE(std::isfinite(marker.centre.x)) << size;
      EXPECT_TRUE(std::isfinite(marker.centre.y)) << size;
    }
  }
}

TEST(Chart, ThinsAHundredThousandPointsAndKeepsThePeak) {
  std::vector<double> y(100'000);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = std::sin(static_cast<double>(i) / 50);
  y[54'321] = 10;
  const std::vector<Polyline> lines = lines_of_series(Figure().y_range(-2, 10).line(y, "").draw());
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_LT(lines[0].points.size(), 4u * 640u);
  const auto highest =
      std::min_element(lines[0].points.begin(), lines[0].points.end(), [](Point a, Point b) { return a.y < b.y; });
  const double next = std::min_element(lines[0].points.begin(), lines[0].points.end(), [&](Point a, Point b) {
                        return (a.y == highest->y ? 1e9 : a.y) < (b.y == highest->y ? 1e9 : b.y);
                      })->y;
  EXPECT_LT(highest->y, next - 100);
}

TEST(Chart, TellsSeriesApartByShapeToo) {
  Figure figure;
  for (int i = 0; i < 5; ++i) figure.points({1.0 * i}, {1}, "");
  std::set<Marker::Kind> kinds;
  for (const Marker& marker : all<Marker>(figure.draw())) kinds.insert(marker.kind);
  EXPECT_EQ(kinds.size(), 5u);
}

TEST(Chart, DashesLinesThatSharePaletteColours) {
  Figure figure;
  for (int i = 0; i < 7; ++i) figure.line({0.0, 1.0 * i}, "");
  const std::vector<Polyline> lines = lines_of_series(figure.draw());
  ASSERT_EQ(lines.size(), 7u);
  EXPECT_FALSE(lines[0].dashed);
  EXPECT_TRUE(lines[6].dashed);
}

TEST(Chart, StandsBarsOnZeroSideBySide) {
  const DisplayList list = Figure().categories({"a", "b"}).bars({2, -1}, "").bars({4, 3}, "").draw();
  std::vector<Rectangle> bars;
  for (const Rectangle& box : all<Rectangle>(list))
    if (box.colour.role == Colour::Role::series) bars.push_back(box);
  ASSERT_EQ(bars.size(), 4u);
  EXPECT_NEAR(bars[2].height, 2 * bars[0].height, 1e-6);     // 4 against 2
  EXPECT_NEAR(bars[0].y + bars[0].height, bars[1].y, 1e-6);  // 2 stands on zero, -1 hangs from it
  EXPECT_NEAR(bars[2].y + bars[2].height, bars[0].y + bars[0].height, 1e-6);
  EXPECT_LE(bars[0].x + bars[0].width, bars[2].x);  // the two of a group do not overlap
  EXPECT_LT(bars[2].x + bars[2].width, bars[1].x);  // groups stand apart
}

TEST(Chart, CutsOffWhatLiesOutsideFixedRanges) {
  const DisplayList list = Figure().x_range(0, 10).y_range(0, 10).points({-5, 5, 50}, {5, 5, 5}, "").draw();
  EXPECT_EQ(all<Marker>(list).size(), 1u);
  EXPECT_EQ(all<Clip>(Figure().y_range(0, 1).line({-5, 5}, "").draw()).size(), 2u);
}

TEST(Chart, ReachesToReferenceLines) {
  const DisplayList list = Figure().line({0.9, 0.95}, "").horizontal(0.1, "guessing").draw();
  EXPECT_TRUE(find_text(list, "guessing"));
  EXPECT_TRUE(find_text(list, "0") || find_text(list, "0.1")) << testing::PrintToString(words(list));
}

TEST(Chart, TurnsNamesUpwardsThatAreTooWide) {
  const std::string name = "anextraordinarilylongname";
  const DisplayList wide = Figure().categories({"a", "b"}).bars({1, 2}, "").draw();
  EXPECT_FALSE(find_text(wide, "a")->upwards);
  const DisplayList narrow = Figure().categories({name, "b", "c", "d"}).bars({1, 2, 3, 4}, "").draw();
  EXPECT_TRUE(find_text(narrow, name)->upwards);
}

TEST(HeatMap, PutsRowZeroOfAMatrixOnTop) {
  const Image image =
      all<Image>(Figure().matrix(Grid(2, 1, {0, 1}), {.map = ColourMap::grey, .colour_bar = false}).draw()).at(0);
  EXPECT_EQ(image.rgb.front(), 0);
  EXPECT_EQ(image.rgb.back(), 255);
}

TEST(HeatMap, PutsRowZeroOfAFieldAtTheBottom) {
  const Image image =
      all<Image>(
          Figure().field(Grid(2, 1, {0, 1}), {0, 1}, {0, 1}, {.map = ColourMap::grey, .colour_bar = false}).draw())
          .at(0);
  EXPECT_EQ(image.rgb.front(), 255);
  EXPECT_EQ(image.rgb.back(), 0);
}

TEST(HeatMap, CentresSignedValuesOnWhite) {
  const Image image =
      all<Image>(Figure().matrix(Grid(1, 3, {-1, 0, 9}), {.map = ColourMap::diverging, .colour_bar = false}).draw())
          .at(0);
  EXPECT_EQ(image.rgb[3], 247);
  EXPECT_EQ(image.rgb[4], 247);
  EXPECT_EQ(image.rgb[5], 247);
}

TEST(HeatMap, LaysAFieldUnderItsAxes) {
  const DisplayList list =
      Figure().field(Grid(2, 2, {0, 1, 2, 3}), {-1, 1}, {10, 20}).points({-1, 1}, {10, 20}, "").draw();
  const Image image = all<Image>(list).at(0);
  const auto markers = all<Marker>(list);
  EXPECT_NEAR(markers.at(0).centre.x, image.x, 1e-6);
  EXPECT_NEAR(markers.at(0).centre.y, image.y + image.height, 1e-6);
  EXPECT_NEAR(markers.at(1).centre.x, image.x + image.width, 1e-6);
  EXPECT_NEAR(markers.at(1).centre.y, image.y, 1e-6);
}

TEST(HeatMap, WritesTheCountsOfAConfusionMatrix) {
  const DisplayList list = Figure().confusion(Grid(2, 2, {41, 2, 3, 54}), {"cat", "dog"}).draw();
  for (const char* text : {"41", "2", "3", "54", "cat", "dog", "said", "was"}) EXPECT_THAT(words(list), Contains(text));
}

TEST(Page, KeepsPanelsApart) {
  Figure figure("Panel");
  figure.line({1, 2}, "a").size(300, 200);
  const DisplayList list = page("Three", {figure, figure, figure}, 2);
  EXPECT_EQ(list.width, 600);
  EXPECT_GT(list.height, 400);
  std::vector<Text> titles;
  for (const Text& text : all<Text>(list))
    if (text.text == "Panel") titles.push_back(text);
  ASSERT_EQ(titles.size(), 3u);
  EXPECT_NEAR(titles[1].baseline.x - titles[0].baseline.x, 300, 1e-9);
  EXPECT_NEAR(titles[2].baseline.y - titles[0].baseline.y, 200, 1e-9);
}

}  // namespace
