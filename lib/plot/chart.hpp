#pragma once

#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// Draws a chart with its axes, and its legend where no data lies: in the first free corner or side, else above the
/// chart.
DisplayList draw_chart(const Content& content);

}  // namespace handbuilt::plot
