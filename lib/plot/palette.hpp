#pragma once

#include <cstdint>

#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// high_contrast is for projectors, which wash colours out: black on white, grid and lesser words dark enough to be
/// seen from the last row.
enum class Theme : std::uint8_t { light, dark, high_contrast };

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend constexpr bool operator==(const Rgb&, const Rgb&) = default;
};

/// How many series colours differ from each other; colour k is colour k % kSeriesColours again.
inline constexpr int kSeriesColours = 6;

/// The colour of a role on a page of that theme (opacity aside). Series keep a contrast of 3:1 to the page and text of
/// 4.5:1 (WCAG 2.1), and the series stay apart for colour-blind eyes: hues after Okabe & Ito (2008), shifted until the
/// closest pair was far apart under simulated protanopia, deuteranopia and tritanopia.
Rgb rgb_of(const Colour& colour, Theme theme);

/// Relative luminance of an sRGB colour, 0 black ... 1 white (WCAG 2.1).
double luminance(Rgb colour);

/// Contrast ratio of two colours, 1 ... 21 (WCAG 2.1).
double contrast(Rgb a, Rgb b);

/// Black or white, whichever reads better on `background`.
Colour text_on(Rgb background);

}  // namespace handbuilt::plot
