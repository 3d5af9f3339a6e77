#pragma once

#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// Draws pictures in rows, each with its caption beneath, as large as the page allows.
DisplayList draw_images(const Content& content);

}  // namespace handbuilt::plot
