#pragma once

#include <vector>

#include "lessons/text_figure.hpp"

namespace handbuilt::lessons::mixtures {

/// All pictures of the lesson's text.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::mixtures
