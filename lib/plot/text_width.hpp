#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::plot {

/// How wide a line of UTF-8 text is at a font size, in pixels: the advance widths of DejaVu Sans, which is wider than
/// the other system fonts, so that what fits by this measure fits on the reader's page.
double text_width(std::string_view text, double size, bool bold = false);

/// The text in lines no wider than `width` where its spaces allow; at least one line.
std::vector<std::string> wrapped(std::string_view text, double size, double width, bool bold = false);

}  // namespace handbuilt::plot
