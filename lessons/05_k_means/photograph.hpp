#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::k_means {

/// A photograph as a table of colours: a row a pixel, in reading order, of red, green and blue in 0 ... 255.
struct Photograph {
  std::string name;
  int columns = 0, rows = 0;
  MatrixD colours;  ///< [rows * columns, 3]
};

/// "china" or "flower". Throws DataError when the file is missing or cannot be read.
Photograph load_photograph(const std::string& name);

/// The bytes of a picture in which each pixel has the colour of its label.
std::vector<std::uint8_t> recoloured(const MatrixD& palette, const std::vector<int>& labels);
/// The bytes of the picture itself.
std::vector<std::uint8_t> bytes_of(const MatrixD& colours);

/// How far a pixel's red, green or blue is from that of its palette entry: the root of the mean square, in levels.
double colour_error(const MatrixD& colours, const MatrixD& palette, const std::vector<int>& labels);

/// side^3 colours evenly spaced in the cube of all colours, each in the middle of its box.
MatrixD even_palette(int side);

/// The nearest palette entry of each colour.
std::vector<int> nearest_entries(const MatrixD& colours, const MatrixD& palette);

}  // namespace handbuilt::lessons::k_means
