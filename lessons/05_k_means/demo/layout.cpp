#include "lessons/05_k_means/demo/layout.hpp"

#include <algorithm>

namespace handbuilt::lessons::k_means {

Layout layout_for(double width, double height) {
  constexpr double kHeader = 44, kHelp = 24, kControls = 40;
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  layout.controls = {margin, margin / 2 + kHeader, width - 2 * margin, kControls};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};
  const double top = layout.controls.y + kControls + margin / 2;
  const double tall = layout.help.y - margin / 2 - top, wide = width - 3 * margin, left = 0.58 * wide;
  layout.space = {margin, top, left, tall};
  layout.upper = {2 * margin + left, top, wide - left, 0.5 * tall};
  layout.lower = {2 * margin + left, top + 0.5 * tall + margin / 2, wide - left, 0.5 * tall - margin / 2};
  return layout;
}

}  // namespace handbuilt::lessons::k_means
