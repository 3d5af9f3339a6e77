#include "lessons/05_k_means/photograph.hpp"

#include <algorithm>
#include <cmath>

#include "clustering/k_means_steps.hpp"
#include "data/image.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::k_means {
namespace {

std::uint8_t level(double value) { return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L)); }

}  // namespace

Photograph load_photograph(const std::string& name) {
  const Tensor image = data::read_image(datasets_folder() / "photographs" / (name + ".png"), data::Colour::kRgb);
  const auto [one, channels, rows, columns] = image.shape();
  Photograph photograph{name, columns, rows, MatrixD(rows * columns, channels)};
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x)
      for (int channel = 0; channel < channels; ++channel)
        photograph.colours(y * columns + x, channel) = std::round(255.0 * static_cast<double>(image(0, channel, y, x)));
  return photograph;
}

std::vector<std::uint8_t> recoloured(const MatrixD& palette, const std::vector<int>& labels) {
  std::vector<std::uint8_t> bytes;
  for (const int label : labels)
    for (int channel = 0; channel < 3; ++channel) bytes.push_back(level(palette(label, channel)));
  return bytes;
}

std::vector<std::uint8_t> bytes_of(const MatrixD& colours) {
  std::vector<std::uint8_t> bytes;
  for (Eigen::Index n = 0; n < colours.rows(); ++n)
    for (int channel = 0; channel < 3; ++channel) bytes.push_back(level(colours(n, channel)));
  return bytes;
}

double colour_error(const MatrixD& colours, const MatrixD& palette, const std::vector<int>& labels) {
  double sum = 0;
  for (Eigen::Index n = 0; n < colours.rows(); ++n)
    sum += (colours.row(n) - palette.row(labels[static_cast<std::size_t>(n)])).squaredNorm();
  return std::sqrt(sum / static_cast<double>(colours.size()));
}

MatrixD even_palette(int side) {
  MatrixD palette(side * side * side, 3);
  for (int n = 0; n < palette.rows(); ++n)
    palette.row(n) << 255 * (n / (side * side) + 0.5) / side, 255 * (n / side % side + 0.5) / side,
        255 * (n % side + 0.5) / side;
  return palette;
}

std::vector<int> nearest_entries(const MatrixD& colours, const MatrixD& palette) {
  const clustering::KMeansRows<double> rows(colours);
  clustering::KMeansSteps<double> steps(rows, palette);
  steps.assign();
  return steps.labels();
}

}  // namespace handbuilt::lessons::k_means
