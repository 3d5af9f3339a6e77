#pragma once

#include <filesystem>

#include "data/labelled_images.hpp"

namespace handbuilt::data {

/// datasets/mnist: 10,000 handwritten digits, 28 x 28 pixels, in one fixed shuffled order that is split by position.
/// Choose on `validation`; look at `test` once.
struct Digits {
  LabelledImages train;       ///< 7,000
  LabelledImages validation;  ///< 1,000
  LabelledImages test;        ///< 2,000
};

/// The same digits without a validation part, only to compare with libraries that train on 8,000.
struct DigitsForPeers {
  LabelledImages train;  ///< 8,000: train and validation of `Digits`
  LabelledImages test;   ///< the same 2,000
};

/// `folder` is the path of datasets/mnist. Throws DataError as `read_labelled_images` does, and when the files do not
/// hold 10,000 images of 28 x 28.
Digits load_mnist(const std::filesystem::path& folder);
DigitsForPeers load_mnist_for_peers(const std::filesystem::path& folder);

}  // namespace handbuilt::data
