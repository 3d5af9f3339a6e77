#pragma once

#include <string>
#include <vector>

#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

// Sizes of text and space that all pictures share, in pixels.
inline constexpr double kTitleSize = 17, kLabelSize = 14, kTickSize = 13, kSmallSize = 12;
inline constexpr double kMargin = 14;

/// An empty page with its title written on top. Returns where the content may begin, below it.
double start_page(const Content& content, DisplayList& list);

/// The pictures side by side on one page, in rows of `columns`, under a common title.
DisplayList arrange(const std::string& title, const std::vector<DisplayList>& panels, int columns);

}  // namespace handbuilt::plot
