#include "plot/png.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "data/image.hpp"

namespace {

using namespace handbuilt;

TEST(Png, ReadsBackAsTheSamePixelsInAnotherLibrary) {
  Random random(1);
  for (const auto& [columns, rows] : {std::pair{1, 1}, {7, 3}, {1, 40}, {129, 2}}) {
    std::vector<std::uint8_t> rgb;
    for (int i = 0; i < 3 * columns * rows; ++i) rgb.push_back(static_cast<std::uint8_t>(random.below(256)));

    const Tensor image = data::parse_image(plot::encode_png(columns, rows, rgb), "test.png", data::Colour::kRgb);

    ASSERT_EQ(image.shape(), Shape({1, 3, rows, columns}));
    std::size_t next = 0;
    for (int y = 0; y < rows; ++y)
      for (int x = 0; x < columns; ++x)
        for (int channel = 0; channel < 3; ++channel)
          ASSERT_EQ(std::lround(255 * image(0, channel, y, x)), rgb[next++]) << x << ", " << y;
  }
}

TEST(Png, RefusesPixelsThatDoNotFillTheImage) {
  EXPECT_THROW(plot::encode_png(2, 2, std::vector<std::uint8_t>(11)), ShapeError);
  EXPECT_THROW(plot::encode_png(0, 0, {}), ShapeError);
  EXPECT_THROW(plot::encode_png(-1, -1, std::vector<std::uint8_t>(3)), ShapeError);
}

}  // namespace
