#include "lessons/07_similarity/demo/layout.hpp"

#include <algorithm>

namespace handbuilt::lessons::likeness {

Layout layout_for(double width, double height) {
  constexpr double kHeader = 44, kHelp = 24;
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  const double controls = std::min(520.0, 0.58 * width);
  layout.controls = {width - margin - controls, margin / 2 + 4, controls, kHeader - 8};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};
  const double top = layout.header.y + layout.header.height + margin / 2;
  const double tall = layout.help.y - margin / 2 - top, wide = width - 3 * margin;
  const double left = 0.56 * wide, x = 2 * margin + left, upper = 0.5 * (tall - margin);
  layout.map = {margin, top, left, tall};
  layout.scores = {x, top, wide - left, upper};
  layout.details = {x, top + upper + margin, wide - left, tall - upper - margin};
  return layout;
}

}  // namespace handbuilt::lessons::likeness
