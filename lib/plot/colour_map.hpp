#pragma once

#include <cstdint>

#include "plot/palette.hpp"

namespace handbuilt::plot {

enum class ColourMap : std::uint8_t {
  sequential,  ///< viridis (van der Walt & Smith, 2015): equal steps look equal, and lightness alone orders them
  diverging,   ///< RdBu (Brewer, 2002), blue below the middle, white there, red above: signed weights
  grey,        ///< black to white
  ink,         ///< white to black: pen on paper
};

/// The colour at `position` 0 ... 1 of a map; positions outside are clamped, and NaN is a mid grey that no map but
/// `grey` and `ink` contains.
Rgb colour_at(ColourMap map, double position);

}  // namespace handbuilt::plot
