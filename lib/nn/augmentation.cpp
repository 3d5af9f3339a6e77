#include "nn/augmentation.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include "core/error.hpp"
#include "nn/options.hpp"

namespace handbuilt::nn {

namespace {

/// One channel of an image, zero outside.
struct Plane {
  const float* pixels;
  int height, width;

  [[nodiscard]] float at(int y, int x) const {
    if (y < 0 || y >= height || x < 0 || x >= width) return 0;
    return pixels[static_cast<std::ptrdiff_t>(y) * width + x];
  }

  /// The bilinear mean of the four pixels around (y, x).
  [[nodiscard]] float between(double y, double x) const {
    if (!(y > -1 && y < height && x > -1 && x < width)) return 0;
    const int top = static_cast<int>(std::floor(y)), left = static_cast<int>(std::floor(x));
    const auto down = static_cast<float>(y - top), right = static_cast<float>(x - left);
    const float upper = (1 - right) * at(top, left) + right * at(top, left + 1);
    const float lower = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1);
    return (1 - down) * upper + down * lower;
  }
};

void require_image(const char* which, const Tensor& images, int index) {
  if (index < 0 || index >= images.shape()[0])
    throw IndexError(std::string("place_image: no image ") + std::to_string(index) + " in " + which + " " +
                     images.shape().to_string());
}

}  // namespace

void validate(const Augmentation& augmentation) {
  require_not_negative("Augmentation::shift_pixels", augmentation.shift_pixels);
  require_option(augmentation.rotate_degrees >= 0 && augmentation.rotate_degrees <= 180, "Augmentation::rotate_degrees",
                 "a number from 0 to 180", augmentation.rotate_degrees);
  require_share("Augmentation::scale", augmentation.scale);
}

Placement random_placement(const Augmentation& augmentation, std::uint64_t seed, int epoch, int image) {
  Random random(seed, "augmentation of image " + std::to_string(image) + " in epoch " + std::to_string(epoch));
  const auto up_to = [&](double largest) { return random.uniform(-largest, largest); };
  Placement placement;
  placement.shift_y = up_to(augmentation.shift_pixels);
  placement.shift_x = up_to(augmentation.shift_pixels);
  placement.turn_rad = up_to(augmentation.rotate_degrees) * std::numbers::pi / 180;
  placement.scale = 1 + up_to(augmentation.scale);
  return placement;
}

void place_image(const Tensor& images, int from, const Placement& placement, Tensor& placed, int to) {
  const auto [count, channels, height, width] = images.shape();
  require_shape("place_image", "one image of the output", {1, channels, height, width},
                {1, placed.shape()[1], placed.shape()[2], placed.shape()[3]});
  require_image("the input", images, from);
  require_image("the output", placed, to);

  // Every output pixel looks back along the placement to where it came from.
  const double cosine = std::cos(placement.turn_rad) / placement.scale;
  const double sine = std::sin(placement.turn_rad) / placement.scale;
  const double centre_y = (height - 1) / 2.0, centre_x = (width - 1) / 2.0;
  const std::ptrdiff_t plane_size = static_cast<std::ptrdiff_t>(height) * width;
  for (int c = 0; c < channels; ++c) {
    const Plane plane{images.data() + (static_cast<std::ptrdiff_t>(from) * channels + c) * plane_size, height, width};
    float* out = placed.data() + (static_cast<std::ptrdiff_t>(to) * channels + c) * plane_size;
    for (int y = 0; y < height; ++y) {
      const double dy = y - centre_y - placement.shift_y;
      for (int x = 0; x < width; ++x) {
        const double dx = x - centre_x - placement.shift_x;
        *out++ = plane.between(centre_y + dx * sine + dy * cosine, centre_x + dx * cosine - dy * sine);
      }
    }
  }
}

}  // namespace handbuilt::nn
