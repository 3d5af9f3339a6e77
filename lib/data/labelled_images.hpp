#pragma once

#include <filesystem>
#include <vector>

#include "core/tensor.hpp"

namespace handbuilt::data {

/// Images and the class of each.
struct LabelledImages {
  Tensor images;            ///< [count, channels, height, width], 0 black ... 1 white
  std::vector<int> labels;  ///< [count], 0 ... classes - 1

  [[nodiscard]] int count() const { return static_cast<int>(labels.size()); }
};

/// Reads a pair of IDX files, plain or gzipped, as datasets/mnist and the original MNIST have them: images
/// [count, height, width] and labels [count]. Grey bytes become 0 ... 1 in one channel.
///
/// Throws DataError as `read_idx` does, and when the files have other ranks, different counts or a label that is not
/// below `classes` (naming its record).
LabelledImages read_labelled_images(const std::filesystem::path& images, const std::filesystem::path& labels,
                                    int classes = 10);

/// Copies of the chosen samples, in the order of `indices`, which may repeat. Throws IndexError for one outside.
LabelledImages take(const LabelledImages& samples, const std::vector<int>& indices);

/// Copies of samples `begin` ... `end - 1`. Throws IndexError when they are not all there.
LabelledImages slice(const LabelledImages& samples, int begin, int end);

}  // namespace handbuilt::data
