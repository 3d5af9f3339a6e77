#pragma once

#include <string>
#include <vector>

#include "plot/display_list.hpp"

namespace handbuilt::lessons::convnet {

/// A picture that the lesson's text explains an idea with.
struct TextFigure {
  std::string file;  ///< "sliding.svg", in lessons/10_convnet/figures/
  plot::DisplayList picture;
};

/// All of them. The numbers in them are computed, not typed in.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::convnet
