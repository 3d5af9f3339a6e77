#include "window/canvas.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"

namespace handbuilt::window {
namespace {

using plot::Colour;
using plot::DisplayList;
using plot::Rgb;
using plot::Theme;
using ::testing::HasSubstr;

const Colour kRed = Colour::rgb(200, 0, 0);
constexpr Rgb kRedPixel{200, 0, 0}, kWhite{255, 255, 255};

Rgb pixel(const data::ByteTensor& pixels, int x, int y) { return {pixels(y, x, 0), pixels(y, x, 1), pixels(y, x, 2)}; }

/// The items alone on a light canvas of 40 x 30 pixels.
data::ByteTensor painted(std::vector<DisplayList::Item> items, Theme theme = Theme::light) {
  Canvas canvas(40, 30, theme);
  canvas.paint({40, 30, "test", "", std::move(items)}, 0, 0, 1);
  return canvas.pixels();
}

/// How many pixels of the columns left ... right - 1 and rows top ... bottom - 1 are not white.
int marked_pixels(const data::ByteTensor& pixels, int left, int top, int right, int bottom) {
  int count = 0;
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) count += pixel(pixels, x, y) == kWhite ? 0 : 1;
  return count;
}

TEST(Canvas, StartsInTheThemesBackground) {
  for (const Theme theme : {Theme::light, Theme::dark})
    EXPECT_EQ(pixel(painted({}, theme), 39, 29), plot::rgb_of({Colour::Role::background}, theme));
}

TEST(Canvas, LineOfWidthTwoCoversExactlyTheRowsBesideIt) {
  const auto pixels = painted({plot::Polyline{{{10, 15}, {30, 15}}, kRed, 2}});
  for (const int row : {14, 15}) EXPECT_EQ(pixel(pixels, 20, row), kRedPixel) << "row " << row;
  for (const int row : {13, 16}) EXPECT_EQ(pixel(pixels, 20, row), kWhite) << "row " << row;
}

TEST(Canvas, SlantedLineHasSmoothEdges) {
  const auto pixels = painted({plot::Polyline{{{2, 2}, {38, 20}}, kRed, 2}});
  int between = 0;
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) {
      const Rgb here = pixel(pixels, x, y);
      between += here != kWhite && here != kRedPixel ? 1 : 0;
    }
  EXPECT_GT(between, 36);
}

TEST(Canvas, APointThatIsNotANumberBreaksTheLine) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto pixels = painted({plot::Polyline{{{0, 15}, {10, 15}, {20, nan}, {30, 15}, {40, 15}}, kRed, 2}});
  EXPECT_EQ(pixel(pixels, 5, 15), kRedPixel);
  EXPECT_EQ(marked_pixels(pixels, 12, 0, 28, 30), 0);
  EXPECT_EQ(pixel(pixels, 35, 15), kRedPixel);
}

TEST(Canvas, LineToAVeryFarPointStillCrossesTheCanvas) {
  const auto pixels = painted({plot::Polyline{{{20, 15}, {1e12, 15}}, kRed, 2}});
  EXPECT_EQ(pixel(pixels, 35, 15), kRedPixel);
}

TEST(Canvas, DashedLineHasGaps) {
  const auto pixels = painted({plot::Polyline{{{0, 15}, {40, 15}}, kRed, 2, true}});
  EXPECT_GT(marked_pixels(pixels, 0, 15, 40, 16), 10);
  EXPECT_LT(marked_pixels(pixels, 0, 15, 40, 16), 40);
}

TEST(Canvas, PolygonThatIsNotConvexLeavesItsBayFree) {
  const auto pixels = painted({plot::Polygon{{{5, 5}, {35, 5}, {35, 25}, {20, 10}, {5, 25}}, kRed}});
  EXPECT_EQ(pixel(pixels, 7, 18), kRedPixel);
  EXPECT_EQ(pixel(pixels, 32, 18), kRedPixel);
  EXPECT_EQ(pixel(pixels, 20, 8), kRedPixel);
  EXPECT_EQ(pixel(pixels, 20, 20), kWhite);
}

TEST(Canvas, RectangleFillsItsPixelsAndNoOther) {
  const auto pixels = painted({plot::Rectangle{3, 4, 10, 6, kRed}});
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), 60);
  EXPECT_EQ(marked_pixels(pixels, 3, 4, 13, 10), 60);
}

TEST(Canvas, EveryMarkerStandsAroundItsCentre) {
  using Kind = plot::Marker::Kind;
  for (const Kind kind : {Kind::circle, Kind::square, Kind::triangle, Kind::diamond, Kind::cross}) {
    const auto pixels = painted({plot::Marker{{20, 15}, 6, kRed, kind}});
    EXPECT_EQ(pixel(pixels, 20, 15), kRedPixel) << static_cast<int>(kind);
    EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), marked_pixels(pixels, 10, 5, 30, 25)) << static_cast<int>(kind);
  }
}

TEST(Canvas, ImageCornersLandOnTheRectanglesCorners) {
  const std::vector<std::uint8_t> rgb{255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};  // red green / blue grey
  const auto pixels = painted({plot::Image{10, 5, 20, 20, 2, 2, rgb}});
  EXPECT_EQ(pixel(pixels, 10, 5), (Rgb{255, 0, 0}));
  EXPECT_EQ(pixel(pixels, 29, 5), (Rgb{0, 255, 0}));
  EXPECT_EQ(pixel(pixels, 10, 24), (Rgb{0, 0, 255}));
  EXPECT_EQ(pixel(pixels, 29, 24), (Rgb{9, 9, 9}));
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), 400);
}

TEST(Canvas, ImageIsNotSmoothed) {
  const auto pixels = painted({plot::Image{10, 5, 20, 20, 2, 1, {255, 0, 0, 0, 0, 255}}});
  EXPECT_EQ(pixel(pixels, 19, 10), (Rgb{255, 0, 0}));
  EXPECT_EQ(pixel(pixels, 20, 10), (Rgb{0, 0, 255}));
}

TEST(Canvas, RefusesAnImageOfTheWrongSize) {
  Canvas canvas(40, 30, Theme::light);
  try {
    canvas.paint({40, 30, "", "", {plot::Image{0, 0, 9, 9, 2, 2, {1, 2, 3}}}}, 0, 0, 1);
    FAIL() << "accepted";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("expected 12 bytes for 2 x 2 pixels, got 3"));
  }
}

TEST(Canvas, TextStandsOnItsBaselineFromItsAnchor) {
  using Anchor = plot::Text::Anchor;
  const auto box = [](Anchor anchor, int left, int right) {
    const auto pixels = painted({plot::Text{{20, 20}, "HH", 10, anchor, false, false, {}}});
    EXPECT_GT(marked_pixels(pixels, left, 12, right, 20), 20);
    EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), marked_pixels(pixels, left, 12, right, 20));
  };
  box(Anchor::start, 20, 36);
  box(Anchor::middle, 12, 28);
  box(Anchor::end, 4, 20);
}

TEST(Canvas, UpwardsTextRunsUpFromItsPoint) {
  const auto pixels = painted({plot::Text{{20, 25}, "HH", 10, plot::Text::Anchor::start, false, true, {}}});
  EXPECT_GT(marked_pixels(pixels, 12, 9, 20, 25), 20);
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), marked_pixels(pixels, 12, 9, 20, 25));
}

TEST(Canvas, BoldTextHasMoreInk) {
  const auto ink = [](bool bold) {
    const auto pixels = painted({plot::Text{{2, 20}, "HHH", 12, plot::Text::Anchor::start, bold, false, {}}});
    return marked_pixels(pixels, 0, 0, 40, 30);
  };
  EXPECT_GT(ink(true), ink(false));
}

TEST(Canvas, ClipHidesWhatIsOutsideUntilItEnds) {
  const auto pixels = painted({plot::Clip{10, 10, 10, 10}, plot::Rectangle{0, 0, 40, 30, kRed}, plot::Clip{},
                               plot::Rectangle{0, 0, 5, 5, kRed}});
  EXPECT_EQ(marked_pixels(pixels, 10, 10, 20, 20), 100);
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 5, 5), 25);
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), 125);
}

TEST(Canvas, ClipOfOneListDoesNotReachTheNext) {
  Canvas canvas(40, 30, Theme::light);
  canvas.paint({40, 30, "", "", {plot::Clip{0, 0, 1, 1}}}, 0, 0, 1);
  canvas.paint({40, 30, "", "", {plot::Rectangle{0, 0, 40, 30, kRed}}}, 0, 0, 1);
  EXPECT_EQ(marked_pixels(canvas.pixels(), 0, 0, 40, 30), 1200);
}

TEST(Canvas, OpacityMixesWithWhatIsBelow) {
  Colour half = Colour::rgb(0, 0, 0);
  half.opacity = 0.5;
  const Rgb mixed = pixel(painted({plot::Rectangle{0, 0, 40, 30, half}}), 20, 15);
  EXPECT_NEAR(mixed.red, 127.5, 1.0);
}

TEST(Canvas, FitsAListIntoTheMiddleOfAnArea) {
  Canvas canvas(40, 30, Theme::light);
  canvas.paint({10, 10, "", "", {plot::Rectangle{0, 0, 10, 10, kRed}}}, Area{0, 0, 40, 30});
  const auto pixels = canvas.pixels();
  EXPECT_EQ(marked_pixels(pixels, 0, 0, 40, 30), 900);
  EXPECT_EQ(marked_pixels(pixels, 5, 0, 35, 30), 900);
}

TEST(Canvas, RefusesSidesThatNoScreenHas) {
  EXPECT_THROW(Canvas(0, 10, Theme::light), ValueError);
  EXPECT_THROW(Canvas(10, 20'000, Theme::light), ValueError);
}

class RenderPng : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("render_png_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(RenderPng, WritesScalePixelsToAPixelOfThePage) {
  render_png({20, 10, "", "", {plot::Rectangle{0, 0, 10, 10, kRed}}}, folder_ / "picture.png", 3);
  const Tensor image = data::read_image(folder_ / "picture.png", data::Colour::kRgb);
  ASSERT_EQ(image.shape(), (Shape{1, 3, 30, 60}));
  EXPECT_FLOAT_EQ(image(0, 0, 29, 29), 200 / 255.0F);
  EXPECT_FLOAT_EQ(image(0, 1, 29, 30), 1);
}

TEST_F(RenderPng, RefusesAPageWithoutExtentAndWritesNothing) {
  EXPECT_THROW(render_png({}, folder_ / "picture.png"), ValueError);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "picture.png"));
}

TEST_F(RenderPng, NamesTheFileItCannotWrite) {
  const DisplayList list{20, 10, "", "", {}};
  try {
    render_png(list, folder_ / "nowhere" / "picture.png");
    FAIL() << "wrote it";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("nowhere/picture.png"));
  }
}

}  // namespace
}  // namespace handbuilt::window
