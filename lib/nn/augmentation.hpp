#pragma once

#include <cstdint>

#include "core/random.hpp"
#include "core/tensor.hpp"

namespace handbuilt::nn {

/// How an image is laid on its own grid: turned and scaled about the grid's centre, then shifted.
struct Placement {
  double shift_y = 0;   ///< pixels down
  double shift_x = 0;   ///< pixels to the right
  double turn_rad = 0;  ///< counter-clockwise, as a person sees it (rows run downwards)
  double scale = 1;     ///< above 1 enlarges
};

/// How far a training image may be moved each time it is shown: a digit a little to the left, a little tilted or a
/// little larger is still the same digit, and saying so is worth thousands of labelled examples. Each quantity is drawn
/// uniformly between its two limits, anew for every image and epoch. All zeros leaves images as they are.
///
/// When not to use it: where the place, tilt or size of a thing is its meaning (a 6 that is turned over is a 9).
///
/// Source: Simard et al. (2003), "Best practices for convolutional neural networks applied to visual document
/// analysis".
struct Augmentation {
  double shift_pixels = 0;    ///< largest shift along either axis, fractions of a pixel included
  double rotate_degrees = 0;  ///< largest turn either way, at most 180
  double scale = 0;           ///< largest relative change of size, below 1: 0.1 draws from 0.9 to 1.1

  [[nodiscard]] bool changes_nothing() const { return shift_pixels == 0 && rotate_degrees == 0 && scale == 0; }
};

/// Throws ValueError, naming the option, its range and the value, unless every option is in its range.
void validate(const Augmentation& augmentation);

/// The placement of one image in one epoch. It depends on these arguments alone: neither the order in which images are
/// shown nor the number of threads changes it.
Placement random_placement(const Augmentation& augmentation, std::uint64_t seed, int epoch, int image);

/// Writes image `from` of `images` [count, channels, height, width], so placed, to image `to` of `placed` [any count,
/// channels, height, width]. A pixel that falls between four others is their bilinear mean; outside the image is 0.
/// Placement{} copies the image bit for bit. Throws ShapeError when the images' sizes differ and IndexError when there
/// is no such image.
void place_image(const Tensor& images, int from, const Placement& placement, Tensor& placed, int to);

}  // namespace handbuilt::nn
