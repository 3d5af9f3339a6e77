#pragma once

#include <string>

#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// The picture as one self-contained SVG 1.1 document: no script, no font, no reference to anything outside, so that a
/// page that shows pictures shows it. It follows the reader's light or dark theme, tells a screen reader its title and
/// description, and the same list gives the same bytes.
std::string to_svg(const DisplayList& list);

}  // namespace handbuilt::plot
