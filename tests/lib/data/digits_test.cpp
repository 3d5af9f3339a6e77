#include "data/digits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"
#include "data/idx.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::filesystem::path kMnist = std::filesystem::path(HANDBUILT_SOURCE_DIR) / "datasets/mnist";

/// How often the package `mnist` 1.1.0 holds each digit.
constexpr std::array<int, 10> kDigitCounts{1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978};

/// A folder with two images of 1 x 2 and their labels, for breaking.
class TwoImages {
 public:
  TwoImages() {
    write_idx(images, ByteTensor({2, 1, 2}, {0, 51, 102, 255}));
    write_idx(labels, ByteTensor({2}, {3, 9}));
  }
  [[nodiscard]] std::string refusal(int classes = 10) const {
    return message_of<DataError>([&] { (void)read_labelled_images(images, labels, classes); });
  }

 private:
  test::TemporaryFolder folder_;

 public:
  std::filesystem::path images = folder_ / "images";
  std::filesystem::path labels = folder_ / "labels";
};

TEST(Mnist, HasThePartsThatItsReadmeNames) {
  const Digits digits = load_mnist(kMnist);
  EXPECT_EQ(digits.train.images.shape(), Shape({7000, 1, 28, 28}));
  EXPECT_EQ(digits.validation.images.shape(), Shape({1000, 1, 28, 28}));
  EXPECT_EQ(digits.test.images.shape(), Shape({2000, 1, 28, 28}));
  EXPECT_EQ(digits.train.count(), 7000);
  EXPECT_EQ(digits.validation.count(), 1000);
  EXPECT_EQ(digits.test.count(), 2000);
}

TEST(Mnist, StandsInTheOrderOfTheStatedShuffle) {
  // The package is sorted by digit; prepare.py shuffles it with a generator of its own writing and the seed 1998.
  std::vector<std::uint8_t> order;
  for (std::size_t digit = 0; digit < kDigitCounts.size(); ++digit)
    order.insert(order.end(), static_cast<std::size_t>(kDigitCounts[digit]), static_cast<std::uint8_t>(digit));
  Random random(1998);
  random.shuffle(order);
  EXPECT_EQ(read_idx(kMnist / "labels-idx1-ubyte.gz"), ByteTensor({10000}, order));
}

TEST(Mnist, HasNoImageTwice) {
  const ByteTensor pixels = read_idx(kMnist / "images-idx3-ubyte.gz");
  std::set<std::string> seen;
  for (int i = 0; i < 10000; ++i) seen.emplace(pixels.begin() + i * 784, pixels.begin() + (i + 1) * 784);
  EXPECT_EQ(seen.size(), 10000u);
}

TEST(Mnist, HasPixelsFromBlackToWhite) {
  const Digits digits = load_mnist(kMnist);
  const auto [low, high] = std::minmax_element(digits.test.images.begin(), digits.test.images.end());
  EXPECT_EQ(*low, 0.0f);
  EXPECT_EQ(*high, 1.0f);
}

TEST(Mnist, GivesPeersTrainAndValidationInOnePart) {
  const Digits digits = load_mnist(kMnist);
  const DigitsForPeers peers = load_mnist_for_peers(kMnist);
  const LabelledImages head = slice(peers.train, 0, 7000);
  const LabelledImages tail = slice(peers.train, 7000, 8000);
  EXPECT_EQ(head.images, digits.train.images);
  EXPECT_EQ(head.labels, digits.train.labels);
  EXPECT_EQ(tail.images, digits.validation.images);
  EXPECT_EQ(tail.labels, digits.validation.labels);
  EXPECT_EQ(peers.test.images, digits.test.images);
  EXPECT_EQ(peers.test.labels, digits.test.labels);
}

TEST(Mnist, RefusesAFolderWithOtherImages) {
  const test::TemporaryFolder folder;
  write_idx(folder / "images-idx3-ubyte.gz", ByteTensor({1, 28, 28}));
  write_idx(folder / "labels-idx1-ubyte.gz", ByteTensor({1}));
  EXPECT_THAT(message_of<DataError>([&] { (void)load_mnist(folder.path()); }),
              HasSubstr("expected images [10000, 1, 28, 28], got [1, 1, 28, 28]"));
}

TEST(LabelledImages, ScalesBytesToZeroToOneInOneChannel) {
  const TwoImages files;
  const LabelledImages samples = read_labelled_images(files.images, files.labels);
  EXPECT_EQ(samples.images, Tensor({2, 1, 1, 2}, {0.0f, 0.2f, 0.4f, 1.0f}));
  EXPECT_THAT(samples.labels, ElementsAre(3, 9));
}

TEST(LabelledImages, ReadsTheOriginalMnistLayout) {
  const test::TemporaryFolder folder;
  write_idx(folder / "train-images-idx3-ubyte", ByteTensor({60, 28, 28}));
  write_idx(folder / "train-labels-idx1-ubyte", ByteTensor({60}));
  const LabelledImages samples =
      read_labelled_images(folder / "train-images-idx3-ubyte", folder / "train-labels-idx1-ubyte");
  EXPECT_EQ(samples.images.shape(), Shape({60, 1, 28, 28}));
  EXPECT_THAT(samples.labels, Each(0));
}

TEST(LabelledImages, RefusesALabelOutOfRangeAndNamesItsRecord) {
  const TwoImages files;
  EXPECT_EQ(files.refusal(9), files.labels.string() + ": label 1: expected 0 to 8, got 9");
}

TEST(LabelledImages, RefusesDifferentCountsAndNamesBothFiles) {
  const TwoImages files;
  write_idx(files.labels, ByteTensor({3}));
  EXPECT_EQ(files.refusal(),
            files.labels.string() + ": expected 2 labels, one an image of " + files.images.string() + ", got 3");
}

TEST(LabelledImages, RefusesFilesInEachOthersPlace) {
  const TwoImages files;
  EXPECT_THAT(message_of<DataError>([&] { (void)read_labelled_images(files.labels, files.images); }),
              AllOf(StartsWith(files.labels.string()), HasSubstr("expected images [count, height, width], got [2]")));
  EXPECT_THAT(message_of<DataError>([&] { (void)read_labelled_images(files.images, files.images); }),
              HasSubstr("expected labels [count], got [2, 1, 2]"));
}

TEST(LabelledImages, TakesChosenSamplesInTheirOrder) {
  const TwoImages files;
  const LabelledImages taken = take(read_labelled_images(files.images, files.labels), {1, 0, 1});
  EXPECT_EQ(taken.images, Tensor({3, 1, 1, 2}, {0.4f, 1.0f, 0.0f, 0.2f, 0.4f, 1.0f}));
  EXPECT_THAT(taken.labels, ElementsAre(9, 3, 9));
}

TEST(LabelledImages, RefusesASliceThatIsNotThere) {
  const TwoImages files;
  const LabelledImages samples = read_labelled_images(files.images, files.labels);
  EXPECT_EQ(slice(samples, 2, 2).count(), 0);
  EXPECT_THROW((void)slice(samples, 0, 3), IndexError);
  EXPECT_THROW((void)slice(samples, -1, 1), IndexError);
  EXPECT_THROW((void)slice(samples, 2, 1), IndexError);
}

}  // namespace
}  // namespace handbuilt::data
