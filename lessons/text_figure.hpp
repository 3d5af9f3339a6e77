#pragma once

#include <string>
#include <vector>

#include "plot/display_list.hpp"

namespace handbuilt::lessons {

/// A picture of a lesson's text.
struct TextFigure {
  std::string file;  ///< "sliding.svg", in lessons/NN_name/figures/
  plot::DisplayList picture;
};

/// The main function of a program that writes a lesson's pictures into the folder it is given. Returns 0, or 2 with one
/// clear line.
int write_text_figures(int argc, char** argv, std::vector<TextFigure> (*figures)());

}  // namespace handbuilt::lessons
