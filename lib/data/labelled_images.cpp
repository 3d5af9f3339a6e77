#include "data/labelled_images.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/error.hpp"
#include "data/idx.hpp"
#include "data/split.hpp"

namespace handbuilt::data {

namespace {

void require_rank(const ByteTensor& values, int rank, const char* axes, const std::filesystem::path& path) {
  if (values.rank() != rank)
    throw DataError(path.string() + ": expected " + axes + ", got " + values.shape().to_string());
}

}  // namespace

LabelledImages read_labelled_images(const std::filesystem::path& images_path, const std::filesystem::path& labels_path,
                                    int classes) {
  const ByteTensor pixels = read_idx(images_path);
  require_rank(pixels, 3, "images [count, height, width]", images_path);
  const ByteTensor labels = read_idx(labels_path);
  require_rank(labels, 1, "labels [count]", labels_path);

  const int count = pixels.shape()[0];
  if (labels.shape()[0] != count)
    throw DataError(labels_path.string() + ": expected " + std::to_string(count) + " labels, one an image of " +
                    images_path.string() + ", got " + std::to_string(labels.shape()[0]));
  const auto* const bad = std::find_if(labels.begin(), labels.end(), [&](int label) { return label >= classes; });
  if (bad != labels.end())
    throw DataError(labels_path.string() + ": label " + std::to_string(bad - labels.begin()) + ": expected 0 to " +
                    std::to_string(classes - 1) + ", got " + std::to_string(*bad));

  LabelledImages samples{Tensor({count, 1, pixels.shape()[1], pixels.shape()[2]}), {labels.begin(), labels.end()}};
  std::transform(pixels.begin(), pixels.end(), samples.images.begin(),
                 [](std::uint8_t pixel) { return static_cast<float>(pixel) / 255.0f; });
  return samples;
}

LabelledImages take(const LabelledImages& samples, const std::vector<int>& indices) {
  return {take(samples.images, indices), take(samples.labels, indices)};
}

LabelledImages slice(const LabelledImages& samples, int begin, int end) {
  if (begin < 0 || begin > end || end > samples.count())
    throw IndexError("slice: expected a part of " + std::to_string(samples.count()) + " samples, got " +
                     std::to_string(begin) + " to " + std::to_string(end));
  std::vector<int> indices(static_cast<std::size_t>(end - begin));
  std::iota(indices.begin(), indices.end(), begin);
  return take(samples, indices);
}

}  // namespace handbuilt::data
