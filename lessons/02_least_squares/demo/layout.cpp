#include "lessons/02_least_squares/demo/layout.hpp"

#include <algorithm>

namespace handbuilt::lessons::least_squares {
namespace {

constexpr double kHeader = 44, kHelp = 24, kAxis = 26;

}  // namespace

Layout layout_for(double width, double height) {
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  const double controls = std::min(430.0, 0.62 * width);
  layout.controls = {width - margin - controls, margin / 2 + 4, controls, kHeader - 8};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};

  const double top = layout.header.y + layout.header.height + margin / 2;
  const double tall = layout.help.y - margin / 2 - top;
  const double wide = width - 3 * margin;
  const double left = 0.6 * wide, right = wide - left, x = 2 * margin + left;
  layout.board = {margin, top, left, tall};
  layout.numbers = {x, top, right, 0.38 * tall};
  layout.ghost = {x, top + 0.38 * tall, right, 44};
  const double below = layout.ghost.y + layout.ghost.height + margin / 2;
  layout.residuals = {x, below, right, top + tall - below};

  // The same number of pixels a unit of x and of y, so that squares are squares.
  const Area inner{margin + kAxis, top + kHeadingHeight + 4, left - kAxis, tall - kHeadingHeight - 4 - kAxis};
  const double unit = std::min(inner.width / (kXRange.high - kXRange.low), inner.height / (kYRange.high - kYRange.low));
  layout.field = {inner.x, inner.y, unit * (kXRange.high - kXRange.low), unit * (kYRange.high - kYRange.low)};
  return layout;
}

plot::Point place_of(const Layout& layout, double x, double y) {
  const Area& field = layout.field;
  return {field.x + field.width * (x - kXRange.low) / (kXRange.high - kXRange.low),
          field.y + field.height * (kYRange.high - y) / (kYRange.high - kYRange.low)};
}

plot::Point value_at(const Layout& layout, double page_x, double page_y) {
  const Area& field = layout.field;
  const double x = kXRange.low + (page_x - field.x) / field.width * (kXRange.high - kXRange.low);
  const double y = kYRange.high - (page_y - field.y) / field.height * (kYRange.high - kYRange.low);
  return {std::clamp(x, kXRange.low, kXRange.high), std::clamp(y, kYRange.low, kYRange.high)};
}

}  // namespace handbuilt::lessons::least_squares
