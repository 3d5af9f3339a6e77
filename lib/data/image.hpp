#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/tensor.hpp"
#include "data/idx.hpp"

namespace handbuilt::data {

/// How many channels a picture is read with. A picture of the other kind is converted (grey is 0.299 red + 0.587 green
/// + 0.114 blue); transparency is dropped; 16 bits become 8.
enum class Colour { kGrey = 1, kRgb = 3 };

/// No picture with more pixels (4096 x 4096) is decoded.
constexpr std::ptrdiff_t kMostImagePixels = std::ptrdiff_t{1} << 24;

/// Reads a picture: PNG, JPEG, BMP, PGM (P2 and P5, see pgm.hpp) or PPM (P6), told apart by content.
///
/// Returns [1, channels, height, width], 0 black ... 1 full, in the file's own (gamma-encoded) values.
/// Throws DataError, naming the file, when it is missing, is no such picture, is damaged or has more than
/// `kMostImagePixels`; the size is checked before anything is decoded. A JPEG that is cut short reads as far as it
/// goes.
Tensor read_image(const std::filesystem::path& path, Colour colour);

/// The same from memory; `name` stands for the file in messages.
Tensor parse_image(std::string_view content, const std::string& name, Colour colour);

/// Writes a PNG, whole or not at all. `image` is [1, 1 or 3, height, width] in 0 ... 1; values outside are clipped and
/// rounded to the nearest of 256 levels. Throws ShapeError for another shape, ValueError for NaN and DataError when the
/// file cannot be written.
void write_png(const std::filesystem::path& path, const Tensor& image);

/// The same from bytes: `pixels` is [height, width, channels] with 1 (grey), 3 (RGB) or 4 (RGBA) channels.
void write_png(const std::filesystem::path& path, const ByteTensor& pixels);

}  // namespace handbuilt::data
