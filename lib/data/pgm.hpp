#pragma once

#include <string>
#include <string_view>

#include "core/tensor.hpp"

namespace handbuilt::data {

/// True for content that begins like a PGM file: P2 (numbers as text) or P5 (bytes).
bool is_pgm(std::string_view content);

/// Reads a portable grey map, P2 or P5, with any maximum of 1 ... 65535 and comments anywhere in its header (and, in
/// P2, among the numbers). Returns [1, 1, height, width], 0 black ... 1 full. Throws DataError beginning with `name`
/// when it is malformed, cut short or has more than kMostImagePixels pixels, which is checked before anything is
/// stored. Source: Poskanzer, "PGM format specification", netpbm.
Tensor parse_pgm(std::string_view content, const std::string& name);

}  // namespace handbuilt::data
