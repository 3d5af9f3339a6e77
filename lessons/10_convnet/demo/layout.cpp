#include "lessons/10_convnet/demo/layout.hpp"

#include <algorithm>
#include <cmath>

namespace handbuilt::lessons::convnet {
namespace {

constexpr double kHeader = 44, kHelp = 24, kPadControls = 36, kInput = 96;
constexpr double kMistakeSide = 44, kMistakeCaption = 28, kMistakeGap = 8;

}  // namespace

Layout layout_for(double width, double height) {
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  layout.controls = {width - margin - 220, margin / 2 + 4, 220, kHeader - 8};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};

  // Three columns between them.
  const double top = layout.header.y + layout.header.height + margin / 2;
  const double tall = layout.help.y - margin / 2 - top;
  const double wide = width - 4 * margin;
  const double left = 0.27 * wide, middle = 0.45 * wide, right = wide - left - middle;

  const double curve = (tall - margin) * 0.34;
  layout.loss_curve = {margin, top, left, curve};
  layout.accuracy_curve = {margin, top + curve, left, curve};
  layout.mistakes = {margin, top + 2 * curve + margin, left, tall - 2 * curve - margin};

  layout.network = {2 * margin + left, top, middle, tall};

  const double x = 3 * margin + left + middle;
  const double side = std::min(right, 0.42 * tall);
  layout.pad = {x, top + kHeadingHeight, side, side};
  layout.pad_controls = {x, layout.pad.y + side + 6, right, kPadControls};
  layout.input = {x, layout.pad_controls.y + kPadControls + margin / 2, right,
                  std::min({kInput, 0.17 * tall, 0.35 * right})};
  const double below = layout.input.y + layout.input.height + margin / 2;
  layout.probabilities = {x, below, right, top + tall - below};
  return layout;
}

Tiles::Tiles(const Area& area, int count, double caption, double gap)
    : area_(area), count_(count), caption_(caption), gap_(gap) {
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const double side = std::min(area.width / columns, area.height / rows - caption) - gap;
    if (side <= side_) continue;
    side_ = side;
    columns_ = columns;
  }
}

Tiles Tiles::of_side(const Area& area, double side, double caption, double gap) {
  Tiles tiles;
  tiles.area_ = area;
  tiles.side_ = side;
  tiles.caption_ = caption;
  tiles.gap_ = gap;
  tiles.columns_ = std::max(1, static_cast<int>((area.width + gap) / (side + gap)));
  const int rows = std::max(0, static_cast<int>((area.height + gap) / (side + caption + gap)));
  tiles.count_ = tiles.columns_ * rows;
  // Spread the columns over the width.
  if (tiles.columns_ > 1) tiles.gap_ = (area.width - tiles.columns_ * side) / (tiles.columns_ - 1);
  return tiles;
}

Area Tiles::square(int index) const {
  const double row_gap = std::min(gap_, 2 + caption_);
  return {area_.x + (index % columns_) * (side_ + gap_), area_.y + (index / columns_) * (side_ + caption_ + row_gap),
          side_, side_};
}

int Tiles::at(double x, double y) const {
  for (int index = 0; index < count_; ++index) {
    Area tile = square(index);
    tile.height += caption_;
    if (tile.contains(x, y)) return index;
  }
  return -1;
}

Tiles mistake_tiles(const Layout& layout) {
  const Area& all = layout.mistakes;
  return Tiles::of_side({all.x, all.y + kHeadingHeight, all.width, all.height - kHeadingHeight}, kMistakeSide,
                        kMistakeCaption, kMistakeGap);
}

}  // namespace handbuilt::lessons::convnet
