#include "plot/animated_png.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "data/image.hpp"
#include "support/animated_png_reader.hpp"

namespace handbuilt {
namespace {

using Pixels = std::vector<std::uint8_t>;
using plot::AnimatedPng;
using test::read_animation;
using test::ShownPicture;

/// Pictures of which each differs from the last in some pixels here and there.
std::vector<Pixels> moving_pictures(int columns, int rows, int count) {
  Random random(static_cast<std::uint64_t>(columns));
  std::vector<Pixels> pictures{Pixels(static_cast<std::size_t>(3 * columns * rows))};
  for (std::uint8_t& value : pictures[0]) value = static_cast<std::uint8_t>(random.below(256));
  while (static_cast<int>(pictures.size()) < count) {
    pictures.push_back(pictures.back());
    for (int k = 0; k < 5; ++k)
      pictures.back()[static_cast<std::size_t>(random.below(3 * columns * rows))] =
          static_cast<std::uint8_t>(random.below(256));
  }
  return pictures;
}

TEST(AnimatedPng, ShowsEachPictureToTheLastPixel) {
  for (const auto& [columns, rows] : {std::pair{1, 1}, {7, 3}, {1, 40}, {65, 31}}) {
    const std::vector<Pixels> pictures = moving_pictures(columns, rows, 6);
    AnimatedPng animation(columns, rows, 80);
    for (const Pixels& picture : pictures) animation.add(picture);
    const std::vector<ShownPicture> shown = read_animation(animation.bytes());
    std::vector<Pixels> expected;
    for (const Pixels& picture : pictures)
      if (expected.empty() || picture != expected.back()) expected.push_back(picture);
    ASSERT_EQ(shown.size(), expected.size());
    int ms = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      EXPECT_EQ(shown[i].rgb, expected[i]) << "picture " << i << " of " << columns << " x " << rows;
      ms += shown[i].ms;
    }
    EXPECT_EQ(ms, 6 * 80);
  }
}

TEST(AnimatedPng, APictureThatStandsTakesNoFrameButItsTime) {
  const Pixels white(12, 255), black(12, 0);
  AnimatedPng animation(2, 2, 100);
  for (const Pixels& picture : {white, white, black, white}) animation.add(picture);
  animation.hold(500);
  const std::vector<ShownPicture> shown = read_animation(animation.bytes());
  ASSERT_EQ(shown.size(), 3u);
  EXPECT_EQ(shown[0].ms, 200);
  EXPECT_EQ(shown[1].ms, 100);
  EXPECT_EQ(shown[2].ms, 600);
}

TEST(AnimatedPng, IsAPngOfItsFirstPictureForThoseWhoKnowNoAnimations) {
  const std::vector<Pixels> pictures = moving_pictures(9, 4, 3);
  AnimatedPng animation(9, 4, 80);
  for (const Pixels& picture : pictures) animation.add(picture);
  const Tensor image = data::parse_image(animation.bytes(), "test.png", data::Colour::kRgb);
  ASSERT_EQ(image.shape(), Shape({1, 3, 4, 9}));
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 9; ++x)
      for (int channel = 0; channel < 3; ++channel)
        ASSERT_EQ(std::lround(255 * image(0, channel, y, x)),
                  pictures[0][static_cast<std::size_t>(3 * (9 * y + x) + channel)]);
}

TEST(AnimatedPng, LaterFramesCostWhatChanged) {
  const std::vector<Pixels> pictures = moving_pictures(64, 64, 2);
  AnimatedPng one(64, 64, 80), two(64, 64, 80);
  one.add(pictures[0]);
  two.add(pictures[0]);
  two.add(pictures[1]);
  EXPECT_LT(two.bytes().size() - one.bytes().size(), 300u);
}

TEST(AnimatedPng, RefusesWhatIsNoPicture) {
  EXPECT_THROW(AnimatedPng(0, 3, 80), ShapeError);
  EXPECT_THROW(AnimatedPng(3, 16'385, 80), ShapeError);
  EXPECT_THROW(AnimatedPng(3, 3, 0), ValueError);
  AnimatedPng animation(2, 2, 80);
  EXPECT_THROW(animation.add(Pixels(11)), ShapeError);
  EXPECT_THROW((void)animation.bytes(), ValueError);
}

}  // namespace
}  // namespace handbuilt
