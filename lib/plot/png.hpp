#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace handbuilt::plot {

/// An 8-bit RGB image as the bytes of a PNG file (W3C, Portable Network Graphics, second edition). `rgb` holds
/// 3 * columns * rows bytes, row by row; another number, or an empty image, throws ShapeError.
std::string encode_png(int columns, int rows, const std::vector<std::uint8_t>& rgb);

}  // namespace handbuilt::plot
