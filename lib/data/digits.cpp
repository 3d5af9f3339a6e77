#include "data/digits.hpp"

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

constexpr int kValidationBegin = 7000;
constexpr int kTestBegin = 8000;
constexpr int kDigits = 10000;
constexpr int kSide = 28;

LabelledImages load_all(const std::filesystem::path& folder) {
  const std::filesystem::path images_path = folder / "images-idx3-ubyte.gz";
  LabelledImages all = read_labelled_images(images_path, folder / "labels-idx1-ubyte.gz");
  const Shape expected{kDigits, 1, kSide, kSide};
  if (all.images.shape() != expected)
    throw DataError(images_path.string() + ": expected images " + expected.to_string() + ", got " +
                    all.images.shape().to_string());
  return all;
}

}  // namespace

Digits load_mnist(const std::filesystem::path& folder) {
  const LabelledImages all = load_all(folder);
  return {slice(all, 0, kValidationBegin), slice(all, kValidationBegin, kTestBegin), slice(all, kTestBegin, kDigits)};
}

DigitsForPeers load_mnist_for_peers(const std::filesystem::path& folder) {
  const LabelledImages all = load_all(folder);
  return {slice(all, 0, kTestBegin), slice(all, kTestBegin, kDigits)};
}

}  // namespace handbuilt::data
