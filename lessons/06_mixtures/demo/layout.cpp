#include "lessons/06_mixtures/demo/layout.hpp"

#include <algorithm>

namespace handbuilt::lessons::mixtures {

Layout layout_for(double width, double height) {
  constexpr double kHeader = 44, kHelp = 24, kControls = 40, kStepsWidth = 550, kCloudsWidth = 490;
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  const bool is_narrow = width < kStepsWidth + kCloudsWidth + 2 * margin;
  layout.steps = {margin, margin / 2 + kHeader, is_narrow ? width - 2 * margin : kStepsWidth, kControls};
  layout.clouds = {is_narrow ? margin : margin + kStepsWidth, layout.steps.y + (is_narrow ? kControls : 0),
                   is_narrow ? width - 2 * margin : width - 2 * margin - kStepsWidth, kControls};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};
  const double top = layout.clouds.y + kControls + margin / 2;
  const double tall = layout.help.y - margin / 2 - top, wide = width - 3 * margin;
  const double left = std::min(0.54 * wide, tall), right = wide - left, x = 2 * margin + left;
  layout.board = {margin, top, left, tall};
  layout.curve = {x, top, right, 0.38 * tall};
  const double below = top + 0.38 * tall + margin / 2, each_tall = (top + tall - below) / 2, each_wide = right / 3;
  for (std::size_t k = 0; k < layout.found.size(); ++k)
    layout.found[k] = {x + static_cast<double>(k % 3) * each_wide, below + static_cast<double>(k / 3) * each_tall,
                       each_wide - 6, each_tall - 4};
  return layout;
}

}  // namespace handbuilt::lessons::mixtures
