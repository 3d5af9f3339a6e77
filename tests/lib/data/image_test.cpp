#include "data/image.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;
using ::testing::StartsWith;

constexpr float kLevel = 1.0f / 255.0f;
constexpr float kRounding = 1e-6f;

const std::filesystem::path kPictures = std::filesystem::path(HANDBUILT_SOURCE_DIR) / "tests/lib/data/pictures";

/// What pictures/README.md says the pictures show.
Tensor colours() {
  Tensor image({1, 3, 24, 24});
  for (int y = 0; y < 24; ++y)
    for (int x = 0; x < 24; ++x) {
      image(0, 0, y, x) = static_cast<float>(x / 2 * 20) * kLevel;
      image(0, 1, y, x) = static_cast<float>(y / 2 * 20) * kLevel;
      image(0, 2, y, x) = 120 * kLevel;
    }
  return image;
}

std::string refusal(std::string_view content) {
  return message_of<DataError>([&] { (void)parse_image(content, "cat.png", Colour::kGrey); });
}

class LosslessPicture : public ::testing::TestWithParam<const char*> {};

TEST_P(LosslessPicture, IsReadExactly) {
  const Tensor image = read_image(kPictures / GetParam(), Colour::kRgb);
  ASSERT_EQ(image.shape(), Shape({1, 3, 24, 24}));
  EXPECT_THAT(image, Pointwise(FloatNear(kRounding), colours()));
}

INSTANTIATE_TEST_SUITE_P(Formats, LosslessPicture,
                         ::testing::Values("colours_palette.png", "colours_16bit.png", "colours_interlaced.png",
                                           "colours.bmp"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(Image, ReadsJpegToWithinItsLossBaselineAndProgressive) {
  for (const char* name : {"colours.jpg", "colours_progressive.jpg"})
    EXPECT_THAT(read_image(kPictures / name, Colour::kRgb), Pointwise(FloatNear(12 * kLevel), colours())) << name;
}

TEST(Image, ReadsAGreyMapRowByRow) {
  const Tensor image = parse_image("P5 3 2 255\n\x01\x33\x66\x99\xcc\xff", "grey.pgm", Colour::kGrey);
  EXPECT_THAT(image, Pointwise(FloatNear(kRounding), Tensor({1, 1, 2, 3}, {kLevel, 0.2f, 0.4f, 0.6f, 0.8f, 1})));
  EXPECT_EQ(image.shape(), Shape({1, 1, 2, 3}));
}

TEST(Image, TurnsGreyIntoThreeEqualChannels) {
  const Tensor image = parse_image("P5 2 1 255\n\x33\xff", "grey.pgm", Colour::kRgb);
  EXPECT_THAT(image, Pointwise(FloatNear(kRounding), Tensor({1, 3, 1, 2}, {0.2f, 1, 0.2f, 1, 0.2f, 1})));
}

TEST(Image, TurnsColourIntoTheGreyOfItsBrightness) {
  const Tensor image = parse_image("P6 4 1 255\n\xff\1\1\1\xff\1\1\1\xff\xff\xff\xff", "colours.ppm", Colour::kGrey);
  const auto grey = [](float red, float green, float blue) { return 0.299f * red + 0.587f * green + 0.114f * blue; };
  EXPECT_THAT(image,
              Pointwise(FloatNear(kRounding), Tensor({1, 1, 1, 4}, {grey(1, kLevel, kLevel), grey(kLevel, 1, kLevel),
                                                                    grey(kLevel, kLevel, 1), 1})));
}

TEST(Image, ReadsSixteenBitGreyMapsInGreyAndColour) {
  const std::string_view content("P5 2 1 65535\n\x33\x33\xff\xff");
  EXPECT_THAT(parse_image(content, "grey.pgm", Colour::kGrey),
              Pointwise(FloatNear(kRounding), Tensor({1, 1, 1, 2}, {0.2f, 1})));
  EXPECT_THAT(parse_image(content, "grey.pgm", Colour::kRgb),
              Pointwise(FloatNear(kRounding), Tensor({1, 3, 1, 2}, {0.2f, 1, 0.2f, 1, 0.2f, 1})));
}

TEST(Image, ReadsBackWhatItWroteInGreyAndColour) {
  const test::TemporaryFolder folder;
  for (const int channels : {1, 3}) {
    Tensor image({1, channels, 5, 7});
    for (std::ptrdiff_t i = 0; i < image.size(); ++i) image[i] = static_cast<float>((i * 37) % 256) * kLevel;
    write_png(folder / "image.png", image);
    EXPECT_THAT(read_image(folder / "image.png", channels == 1 ? Colour::kGrey : Colour::kRgb),
                Pointwise(FloatNear(kRounding), image));
  }
}

TEST(Image, ClipsAndRoundsToTheNearestLevelWhenWriting) {
  const test::TemporaryFolder folder;
  const float infinity = std::numeric_limits<float>::infinity();
  write_png(folder / "image.png", Tensor({1, 1, 1, 5}, {-3, 2, infinity, 1.4f * kLevel, 1.6f * kLevel}));
  EXPECT_THAT(read_image(folder / "image.png", Colour::kGrey),
              Pointwise(FloatNear(kRounding), Tensor({1, 1, 1, 5}, {0, 1, 1, kLevel, 2 * kLevel})));
}

TEST(Image, WritesBytesWithTransparencyThatReadersDrop) {
  const test::TemporaryFolder folder;
  write_png(folder / "image.png", ByteTensor({1, 2, 4}, {255, 0, 51, 255, 0, 102, 255, 255}));
  EXPECT_THAT(read_image(folder / "image.png", Colour::kRgb),
              Pointwise(FloatNear(kRounding), Tensor({1, 3, 1, 2}, {1, 0, 0, 0.4f, 0.2f, 1})));
}

TEST(Image, RefusesToWriteWhatIsNoPictureAndLeavesTheOldFile) {
  const test::TemporaryFolder folder;
  write_file(folder / "image.png", "old");
  EXPECT_THROW(write_png(folder / "image.png", Tensor({2, 1, 4, 4})), ShapeError);
  EXPECT_THROW(write_png(folder / "image.png", Tensor({1, 2, 4, 4})), ShapeError);
  EXPECT_THROW(write_png(folder / "image.png", Tensor({4, 4})), ShapeError);
  EXPECT_THROW(write_png(folder / "image.png", Tensor({1, 1, 0, 4})), ShapeError);
  EXPECT_THROW(write_png(folder / "image.png", ByteTensor({4, 4, 2})), ShapeError);
  EXPECT_THROW(write_png(folder / "image.png", Tensor({1, 1, 1, 1}, {std::nanf("")})), ValueError);
  EXPECT_EQ(read_file(folder / "image.png"), "old");
}

TEST(Image, RefusesAMissingFileByName) {
  EXPECT_THAT(message_of<DataError>([] { (void)read_image("nowhere/cat.png", Colour::kGrey); }),
              AllOf(StartsWith("nowhere/cat.png: "), HasSubstr("No such file")));
}

TEST(Image, RefusesWhatIsNoPicture) {
  EXPECT_THAT(refusal("GIF89a, which is not read"), StartsWith("cat.png: expected a PNG, JPEG, BMP or PNM picture"));
  EXPECT_THAT(refusal(""), StartsWith("cat.png: expected a PNG, JPEG, BMP or PNM picture"));
}

TEST(Image, RefusesAHeaderThatClaimsTooManyPixelsBeforeDecoding) {
  EXPECT_EQ(refusal("P5 9000 8000 255\n"), "cat.png: expected a picture of 1 to 16777216 pixels, got 9000 x 8000");
}

TEST(Image, ReadsGreyMapsWrittenAsText) {
  const Tensor image = parse_image("P2 # grey\n3 1\n# half of ten\n10\n0 5 # five\n10\n", "grey.pgm", Colour::kGrey);
  EXPECT_THAT(image, Pointwise(FloatNear(kRounding), Tensor({1, 1, 1, 3}, {0, 0.5f, 1})));
}

TEST(Image, ScalesGreyMapsByTheirOwnMaximum) {
  EXPECT_THAT(parse_image("P5 2 1 100\n\x32\x64", "grey.pgm", Colour::kGrey),
              Pointwise(FloatNear(kRounding), Tensor({1, 1, 1, 2}, {0.5f, 1})));
  EXPECT_EQ(refusal("P5 2 1 100\n\x32\x65"), "cat.png: pixel 1: expected at most 100, got 101");
}

TEST(Image, RefusesMalformedGreyMaps) {
  EXPECT_EQ(refusal("P2 2 2 255 1 2 3"), "cat.png: expected at least 7 bytes of pixels, got 5");
  EXPECT_EQ(refusal("P2 2 1 255 1000 x"), "cat.png: pixel 0: expected at most 255, got 1000");
  EXPECT_EQ(refusal("P2 2 1 255 100 x"), "cat.png: byte 15: expected the next pixel, a whole number");
  EXPECT_EQ(refusal("P5 2"), "cat.png: ends before its height");
  EXPECT_EQ(refusal("P5 2 1 70000\n\1\1"), "cat.png: expected a maximum of 1 to 65535, got 70000");
  EXPECT_EQ(refusal("P5 2 1 99999999\n"), "cat.png: byte 7: the maximum is too large");
}

TEST(Image, ReadsAPngThatHappensToHoldTheBytesOfAJpegTable) {
  // In a PNG they may be anywhere; a text that no reader looks at is where they can be put without another change.
  const std::string whole = read_file(kPictures / "colours_palette.png");
  constexpr std::size_t kSignatureAndHeader = 8 + 25;
  const std::string text(
      "\0\0\0\x14tEXtC\0\xff\xc4\0\x20\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 32);
  const std::string with_text = whole.substr(0, kSignatureAndHeader) + text + whole.substr(kSignatureAndHeader);
  EXPECT_EQ(parse_image(with_text, "cat.png", Colour::kRgb), parse_image(whole, "cat.png", Colour::kRgb));
}

TEST(Image, RefusesATruncatedPng) {
  const std::string whole = read_file(kPictures / "colours_palette.png");
  for (std::size_t length = 0; length < whole.size() - 12; ++length)  // its last twelve bytes only say "end"
    EXPECT_THAT(refusal(std::string_view(whole).substr(0, length)), StartsWith("cat.png: ")) << length;
}

}  // namespace
}  // namespace handbuilt::data
