#include "robot_sim/view/floor.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace handbuilt::robot_sim {

namespace {

/// The first of `pixels` pixels that shows the cell of this index among `cells`.
int first_pixel(int cell, int cells, int pixels) {
  return static_cast<int>((std::int64_t{cell} * pixels + cells - 1) / cells);
}

}  // namespace

Floor::Floor(std::shared_ptr<const Home> home, const HomeView& view) : home_(std::move(home)), view_(view) {
  const int columns = std::max(1, static_cast<int>(std::lround(view.page_width()))),
            rows = std::max(1, static_cast<int>(std::lround(view.page_height())));
  clean_ = draw_floor(*home_, view_, columns, rows, [](int, int) { return false; });
  dirty_ = draw_floor(*home_, view_, columns, rows, [](int, int) { return true; });
  image_ = dirty_;
  shown_ = home_->cleanable.words;
}

void Floor::fade_to(std::span<const std::uint64_t> dirt, double seconds) {
  // What was fading fades on.
  for (Fading& cell : fading_) {
    cell.share = std::max(0.0, cell.share - seconds / kFade_s);
    paint(cell.x, cell.y, cell.share);
  }
  std::erase_if(fading_, [](const Fading& cell) { return cell.share <= 0; });

  // What is clean since the last call begins to; what is dirty again, after going back, is so at once.
  const auto words_per_row = static_cast<std::size_t>(home_->cleanable.words_per_row);
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    for (std::uint64_t changed = (shown_[i] ^ dirt[i]) & home_->cleanable.words[i]; changed != 0;
         changed &= changed - 1) {
      const int bit = std::countr_zero(changed);
      const int x = static_cast<int>(i % words_per_row) * 64 + bit, y = static_cast<int>(i / words_per_row);
      if ((dirt[i] >> bit & 1) == 0) {
        fading_.push_back({x, y, 1});
      } else {
        std::erase_if(fading_, [&](const Fading& cell) { return cell.x == x && cell.y == y; });
        paint(x, y, 1);
      }
    }
    shown_[i] = dirt[i];
  }
}

void Floor::show(std::span<const std::uint64_t> dirt) {
  for (const Fading& cell : fading_) paint(cell.x, cell.y, 0);
  fading_.clear();
  fade_to(dirt, 0);
  for (const Fading& cell : fading_) paint(cell.x, cell.y, 0);
  fading_.clear();
}

void Floor::paint(int x, int y, double dirt) {
  const int column = x - view_.left, row = y - view_.bottom;
  if (column < 0 || row < 0 || column >= view_.width || row >= view_.height) return;
  const int left = first_pixel(column, view_.width, image_.columns),
            right = first_pixel(column + 1, view_.width, image_.columns);
  const int bottom = first_pixel(row, view_.height, image_.rows), top = first_pixel(row + 1, view_.height, image_.rows);
  const int share = static_cast<int>(std::lround(256 * dirt));
  for (int from_below = bottom; from_below < top; ++from_below) {
    const std::size_t line =
        static_cast<std::size_t>(image_.rows - 1 - from_below) * static_cast<std::size_t>(image_.columns);
    const std::size_t end = 3 * (line + static_cast<std::size_t>(right));
    for (std::size_t i = 3 * (line + static_cast<std::size_t>(left)); i < end; ++i)
      image_.rgb[i] = static_cast<std::uint8_t>((clean_.rgb[i] * (256 - share) + dirty_.rgb[i] * share) >> 8);
  }
}

plot::Image Floor::part(int column, int row, int columns, int rows) const {
  const int left = std::clamp(column, 0, image_.columns), right = std::clamp(column + columns, left, image_.columns);
  const int top = std::clamp(row, 0, image_.rows), bottom = std::clamp(row + rows, top, image_.rows);
  const double wide = image_.width / image_.columns, high = image_.height / image_.rows;
  plot::Image part{left * wide,  top * high, (right - left) * wide, (bottom - top) * high, right - left,
                   bottom - top, {}};
  part.rgb.reserve(3 * static_cast<std::size_t>(part.columns) * static_cast<std::size_t>(part.rows));
  for (int y = top; y < bottom; ++y) {
    const auto line = image_.rgb.begin() + 3 * (std::ptrdiff_t{y} * image_.columns);
    part.rgb.insert(part.rgb.end(), line + 3 * left, line + 3 * right);
  }
  return part;
}

}  // namespace handbuilt::robot_sim
