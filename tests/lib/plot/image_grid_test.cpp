#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "core/random.hpp"
#include "plot/figure.hpp"

namespace {

using handbuilt::Random;
using namespace handbuilt::plot;

std::vector<Image> images_of(const DisplayList& list) {
  std::vector<Image> found;
  for (const DisplayList::Item& item : list.items)
    if (const auto* image = std::get_if<Image>(&item)) found.push_back(*image);
  return found;
}

std::vector<Picture> blank_pictures(int count, int rows, int columns, const std::string& caption) {
  const std::vector<double> pixels(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  return std::vector<Picture>(static_cast<std::size_t>(count), Picture{Grid(rows, columns, pixels), caption});
}

TEST(ImageGrid, ShowsEveryPictureOnThePageWithoutOverlap) {
  Random random(1);
  for (int trial = 0; trial < 60; ++trial) {
    const int count = 1 + random.below(120);
    Figure figure("Pictures");
    figure.images(blank_pictures(count, 1 + random.below(30), 1 + random.below(30), trial % 2 ? "a caption" : ""));
    const DisplayList list = figure.draw();
    const std::vector<Image> images = images_of(list);
    ASSERT_EQ(images.size(), static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < images.size(); ++i) {
      const Image& a = images[i];
      EXPECT_GE(a.x, 0);
      EXPECT_GE(a.y, 0);
      EXPECT_LE(a.x + a.width, list.width);
      EXPECT_LE(a.y + a.height, list.height);
      for (std::size_t j = 0; j < i; ++j) {
        const Image& b = images[j];
        const bool apart =
            a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
        EXPECT_TRUE(apart) << i << " and " << j << " of " << count;
      }
    }
  }
}

TEST(ImageGrid, KeepsPixelsSquare) {
  const Image image = images_of(Figure().images(blank_pictures(3, 5, 20, "")).draw()).at(0);
  EXPECT_NEAR(image.width / 20, image.height / 5, 1e-9);
}

TEST(ImageGrid, ShadesEachPictureByItsOwnRangeUnlessOneIsGiven) {
  const std::vector<Picture> pictures{{Grid(1, 2, {0, 1})}, {Grid(1, 2, {0, 10})}};
  const std::vector<Image> own = images_of(Figure().images(pictures).draw());
  EXPECT_EQ(own[0].rgb, own[1].rgb);
  const std::vector<Image> shared = images_of(Figure().images(pictures, {.range = Range{0, 10}}).draw());
  EXPECT_NE(shared[0].rgb, shared[1].rgb);
  EXPECT_EQ(shared[1].rgb, own[1].rgb);
}

TEST(ImageGrid, ShowsConstantPicturesAndEmptyOnes) {
  const DisplayList list = Figure().images({{Grid(2, 2, {3, 3, 3, 3})}, {Grid(), "nothing"}}).draw();
  EXPECT_EQ(images_of(list).size(), 1u);
}

TEST(ImageGrid, SaysThatThereAreNoPictures) {
  const DisplayList list = Figure("None").images({}).draw();
  ASSERT_FALSE(list.items.empty());
  const auto* text = std::get_if<Text>(&list.items.back());
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text, "no data");
}

}  // namespace
