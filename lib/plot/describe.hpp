#pragma once

#include <string>

#include "plot/content.hpp"

namespace handbuilt::plot {

/// The alternative text of a figure whose author wrote none: "Line chart of accuracy against epoch: training, 10 points
/// from 0.62 to 0.99; validation, 10 points from 0.6 to 0.97."
std::string describe(const Content& content);

}  // namespace handbuilt::plot
