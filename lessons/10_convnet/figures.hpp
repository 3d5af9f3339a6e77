#pragma once

#include <vector>

#include "lessons/text_figure.hpp"

namespace handbuilt::lessons::convnet {

/// The pictures that the text explains its ideas with. The numbers in them are computed, not typed in.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::convnet
