#include "nn/augmentation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

#include "core/error.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Tensor noise(const Shape& shape) {
  Random random(7);
  Tensor images(shape);
  for (float& pixel : images) pixel = static_cast<float>(random.uniform());
  return images;
}

/// Noise in the middle, `margin` black pixels around it.
Tensor framed_noise(int side, int margin) {
  Tensor image = noise({1, 1, side, side});
  for (const auto [n, c, y, x] : image.indices())
    if (std::min({y, x, side - 1 - y, side - 1 - x}) < margin) image(n, c, y, x) = 0;
  return image;
}

Tensor placed(const Tensor& image, const Placement& placement) {
  Tensor result(image.shape());
  place_image(image, 0, placement, result, 0);
  return result;
}

double sum(const Tensor& image) { return std::accumulate(image.begin(), image.end(), 0.0); }

/// The mean row of an image's brightness.
double centre_row(const Tensor& image) {
  double moment = 0;
  for (const auto [n, c, y, x] : image.indices()) moment += y * static_cast<double>(image(n, c, y, x));
  return moment / sum(image);
}

TEST(PlaceImage, NoShiftAndNoTurnCopiesBitForBit) {
  const Tensor image = noise({1, 2, 9, 6});
  EXPECT_EQ(placed(image, {}), image);
}

TEST(PlaceImage, AWholePixelShiftMovesEveryPixelDownAndRight) {
  const Tensor image = noise({1, 1, 5, 7});
  const Tensor moved = placed(image, {.shift_y = 2, .shift_x = 1});
  for (const auto [n, c, y, x] : image.indices())
    EXPECT_EQ(moved(n, c, y, x), y >= 2 && x >= 1 ? image(n, c, y - 2, x - 1) : 0.0f) << y << ", " << x;
}

TEST(PlaceImage, AHalfPixelShiftAveragesNeighbours) {
  const Tensor image({1, 1, 1, 3}, {2, 4, 8});
  EXPECT_EQ(placed(image, {.shift_x = 0.5}), Tensor({1, 1, 1, 3}, {1, 3, 6}));
}

TEST(PlaceImage, AQuarterTurnIsTheTransposeUpsideDown) {
  for (const int side : {4, 5}) {
    const Tensor image = noise({1, 1, side, side});
    const Tensor turned = placed(image, {.turn_rad = std::numbers::pi / 2});
    for (const auto [n, c, y, x] : image.indices())
      EXPECT_NEAR(turned(n, c, y, x), image(n, c, x, side - 1 - y), 1e-6) << y << ", " << x;
  }
}

TEST(PlaceImage, FourQuarterTurnsAreNone) {
  const Tensor image = noise({1, 1, 6, 6});
  Tensor turned = image;
  for (int turn = 0; turn < 4; ++turn) turned = placed(turned, {.turn_rad = std::numbers::pi / 2});
  for (const auto [n, c, y, x] : image.indices()) EXPECT_NEAR(turned(n, c, y, x), image(n, c, y, x), 1e-5);
}

TEST(PlaceImage, AShiftThatStaysInsideKeepsTheTotalBrightness) {
  const Tensor image = framed_noise(16, 4);
  EXPECT_NEAR(sum(placed(image, {.shift_y = 1.3, .shift_x = -2.7})), sum(image), 1e-4);
}

TEST(PlaceImage, AFractionalShiftMovesTheCentreOfBrightnessByThatMuch) {
  const Tensor image = framed_noise(16, 4);
  EXPECT_NEAR(centre_row(placed(image, {.shift_y = 1.3})), centre_row(image) + 1.3, 1e-5);
}

TEST(PlaceImage, EnlargingDoublesTheArea) {
  const Tensor image = framed_noise(32, 12);
  EXPECT_NEAR(sum(placed(image, {.scale = std::sqrt(2.0)})) / sum(image), 2, 0.1);
}

TEST(PlaceImage, ShrinkingBringsInBlackFromOutside) {
  Tensor image({1, 1, 8, 8});
  image.fill(1);
  const Tensor smaller = placed(image, {.scale = 0.5});
  EXPECT_EQ(smaller(0, 0, 0, 0), 0);
  EXPECT_EQ(smaller(0, 0, 4, 4), 1);
}

TEST(PlaceImage, ShiftedOutOfSightIsBlack) {
  const Tensor image = noise({1, 1, 5, 5});
  EXPECT_EQ(placed(image, {.shift_y = 1e9}), Tensor({1, 1, 5, 5}));
  EXPECT_EQ(placed(image, {.shift_x = -5}), Tensor({1, 1, 5, 5}));
}

TEST(PlaceImage, WritesOnlyTheImageItWasAskedFor) {
  const Tensor images = noise({3, 2, 4, 5});
  Tensor result({2, 2, 4, 5});
  place_image(images, 2, {}, result, 1);
  for (const auto [n, c, y, x] : result.indices()) EXPECT_EQ(result(n, c, y, x), n == 0 ? 0.0f : images(2, c, y, x));
}

TEST(PlaceImage, RefusesImagesThatDoNotFitAndIndicesOutside) {
  const Tensor images = noise({3, 1, 4, 5});
  Tensor narrow({1, 1, 4, 4}), fitting({1, 1, 4, 5});
  EXPECT_THAT([&] { place_image(images, 0, {}, narrow, 0); },
              ThrowsMessage<ShapeError>(HasSubstr("expected one image of the output [1, 1, 4, 5], got [1, 1, 4, 4]")));
  EXPECT_THAT([&] { place_image(images, 3, {}, fitting, 0); },
              ThrowsMessage<IndexError>(HasSubstr("no image 3 in the input [3, 1, 4, 5]")));
  EXPECT_THAT([&] { place_image(images, 0, {}, fitting, 1); }, ThrowsMessage<IndexError>(HasSubstr("the output")));
}

constexpr Augmentation kEverything{.shift_pixels = 2, .rotate_degrees = 15, .scale = 0.1};

TEST(RandomPlacement, StaysWithinItsLimitsAndReachesForThem) {
  double largest_shift = 0, largest_turn = 0, largest_scale = 0;
  for (int image = 0; image < 2000; ++image) {
    const Placement placement = random_placement(kEverything, 1, 0, image);
    largest_shift = std::max({largest_shift, std::abs(placement.shift_y), std::abs(placement.shift_x)});
    largest_turn = std::max(largest_turn, std::abs(placement.turn_rad) * 180 / std::numbers::pi);
    largest_scale = std::max(largest_scale, std::abs(placement.scale - 1));
  }
  EXPECT_LE(largest_shift, 2);
  EXPECT_GT(largest_shift, 1.95);
  EXPECT_LE(largest_turn, 15);
  EXPECT_GT(largest_turn, 14.6);
  EXPECT_LE(largest_scale, 0.1);
  EXPECT_GT(largest_scale, 0.097);
}

TEST(RandomPlacement, IsTheSameForTheSameSeedEpochAndImageAndAnotherForAnother) {
  const auto shift = [](std::uint64_t seed, int epoch, int image) {
    return random_placement(kEverything, seed, epoch, image).shift_x;
  };
  EXPECT_EQ(shift(3, 4, 5), shift(3, 4, 5));
  EXPECT_NE(shift(3, 4, 5), shift(2, 4, 5));
  EXPECT_NE(shift(3, 4, 5), shift(3, 3, 5));
  EXPECT_NE(shift(3, 4, 5), shift(3, 4, 4));
  EXPECT_NE(shift(3, 1, 11), shift(3, 11, 1));
}

TEST(RandomPlacement, OfNoAugmentationLeavesTheImageAlone) {
  const Placement placement = random_placement({}, 1, 2, 3);
  const Tensor image = noise({1, 1, 5, 5});
  EXPECT_EQ(placed(image, placement), image);
  EXPECT_TRUE(Augmentation{}.changes_nothing());
}

TEST(Augmentation, IsRefusedOutsideItsRangeByName) {
  const auto refuses = [](const Augmentation& augmentation, const std::string& message) {
    EXPECT_THAT([&] { validate(augmentation); }, ThrowsMessage<ValueError>(HasSubstr(message)));
  };
  refuses({.shift_pixels = -1}, "Augmentation::shift_pixels: expected a finite number of at least 0, got -1");
  refuses({.rotate_degrees = 181}, "Augmentation::rotate_degrees: expected a number from 0 to 180, got 181");
  refuses({.scale = 1}, "Augmentation::scale: expected a number in [0, 1), got 1");
}

}  // namespace
}  // namespace handbuilt::nn
