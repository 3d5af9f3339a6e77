#include "lessons/01_flat_rate/demo/layout.hpp"

#include <algorithm>

#include "lessons/01_flat_rate/models.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

constexpr double kHeader = 44, kHelp = 24, kMostYield = 70;
constexpr double kFooter = 22;  // for the names of the sites

}  // namespace

Layout layout_for(double width, double height) {
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  const double controls = std::min(400.0, 0.5 * width);
  layout.controls = {width - margin - controls, margin / 2 + 4, controls, kHeader - 8};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};

  const double top = layout.header.y + layout.header.height + margin / 2;
  const double tall = layout.help.y - margin / 2 - top;
  const double wide = width - 3 * margin;
  const double left = 0.5 * wide, right = wide - left, x = 2 * margin + left;
  const double upper = 0.58 * (tall - margin);
  layout.field = {margin, top, left, upper};
  layout.error_curve = {margin, top + upper + margin, left, tall - upper - margin};
  const double list = 0.4 * (tall - margin);
  layout.models = {x, top, right, list};
  layout.residuals = {x, top + list + margin, right, tall - list - margin};
  return layout;
}

double y_of_yield(const Layout& layout, double yield) {
  const double top = layout.field.y + kHeadingHeight, bottom = layout.field.y + layout.field.height - kFooter;
  return bottom - (bottom - top) * yield / kMostYield;
}

double yield_at(const Layout& layout, double y) {
  const double top = layout.field.y + kHeadingHeight, bottom = layout.field.y + layout.field.height - kFooter;
  return std::clamp((bottom - y) / (bottom - top) * kMostYield, 0.0, kMostYield);
}

Area model_line(const Layout& layout, int index) {
  const Area& all = layout.models;
  const double step = (all.height - kHeadingHeight) / static_cast<double>(kModels.size());
  return {all.x, all.y + kHeadingHeight + index * step, all.width, step};
}

}  // namespace handbuilt::lessons::flat_rate
