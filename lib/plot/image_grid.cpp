#include "plot/image_grid.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plot/page.hpp"
#include "plot/shading.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

constexpr double kGap = 8, kLine = 1.25 * kSmallSize;

/// Rows and columns of equal cells, a picture and its caption in each.
struct Cells {
  int columns = 1, rows = 1;
  double picture_width = 0, picture_height = 0, caption_height = 0;
  [[nodiscard]] double pitch_x() const { return picture_width + kGap; }
  [[nodiscard]] double pitch_y() const { return picture_height + caption_height + kGap; }
};

double tallest_caption(const std::vector<Picture>& pictures, double width) {
  double height = 0;
  for (const Picture& picture : pictures)
    if (!picture.caption.empty())
      height = std::max(height, kLine * static_cast<double>(wrapped(picture.caption, kSmallSize, width).size()) + 3);
  return height;
}

/// The largest pictures of that aspect (height / width) that `columns` leave room for.
Cells fit(const std::vector<Picture>& pictures, int columns, double aspect, double width, double height) {
  Cells cells;
  cells.columns = columns;
  cells.rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
  const double widest = (width + kGap) / columns - kGap;
  cells.caption_height = tallest_caption(pictures, widest);
  const double tallest = (height + kGap) / cells.rows - kGap - cells.caption_height;
  cells.picture_width = std::max(1.0, std::min(widest, tallest / aspect));
  if (cells.picture_width < widest) {  // narrower than the captions were wrapped for
    cells.caption_height = tallest_caption(pictures, cells.picture_width);
    const double left = (height + kGap) / cells.rows - kGap - cells.caption_height;
    cells.picture_width = std::max(1.0, std::min(widest, left / aspect));
  }
  cells.picture_height = cells.picture_width * aspect;
  return cells;
}

Cells best_cells(const ImageGrid& grid, double aspect, double width, double height) {
  const int count = static_cast<int>(grid.pictures.size());
  if (grid.style.columns > 0) return fit(grid.pictures, grid.style.columns, aspect, width, height);
  Cells best;
  for (int columns = 1; columns <= count; ++columns) {
    const Cells cells = fit(grid.pictures, columns, aspect, width, height);
    if (cells.picture_width > best.picture_width) best = cells;
  }
  return best;
}

double tallest_aspect(const std::vector<Picture>& pictures) {
  double aspect = 0;
  for (const Picture& picture : pictures)
    if (picture.pixels.columns > 0) aspect = std::max(aspect, double(picture.pixels.rows) / picture.pixels.columns);
  return aspect > 0 ? aspect : 1;
}

Polyline frame(double x, double y, double width, double height, bool marked) {
  const double out = marked ? 1.5 : 0.5;
  const double left = x - out, right = x + width + out, top = y - out, bottom = y + height + out;
  return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}},
          marked ? Colour::of_series(1) : Colour{Colour::Role::grid},
          marked ? 3.0 : 1.0};
}

void draw_picture(const Picture& picture, const ImageGridStyle& style, const Cells& cells, Point corner,
                  DisplayList& list) {
  const Grid& pixels = picture.pixels;
  double width = cells.picture_width, height = cells.picture_height;
  if (!pixels.values.empty()) {
    const double scale = std::min(width / pixels.columns, height / pixels.rows);
    width = scale * pixels.columns;
    height = scale * pixels.rows;
    Image image = shaded(pixels, style.map, shading_range(pixels, style.map, style.range));
    image.x = corner.x + (cells.picture_width - width) / 2;
    image.y = corner.y;
    image.width = width;
    image.height = height;
    list.items.emplace_back(std::move(image));
  }
  list.items.emplace_back(frame(corner.x + (cells.picture_width - width) / 2, corner.y, width, height, picture.marked));
  if (picture.caption.empty()) return;
  double baseline = corner.y + height + 3 + kSmallSize;
  for (const std::string& line : wrapped(picture.caption, kSmallSize, cells.picture_width)) {
    list.items.emplace_back(Text{{corner.x + cells.picture_width / 2, baseline},
                                 line,
                                 kSmallSize,
                                 Text::Anchor::middle,
                                 picture.marked,
                                 false,
                                 {}});
    baseline += kLine;
  }
}

}  // namespace

DisplayList draw_images(const Content& content) {
  const std::vector<Picture>& pictures = content.images->pictures;
  DisplayList list;
  const double top = start_page(content, list) + 4;
  if (pictures.empty()) {
    const Point middle{list.width / 2, (top + list.height) / 2};
    list.items.emplace_back(Text{middle, "no data", kLabelSize, Text::Anchor::middle, false, false, {}});
    return list;
  }
  const double width = list.width - 2 * kMargin, height = std::max(1.0, list.height - kMargin - top);
  const Cells cells = best_cells(*content.images, tallest_aspect(pictures), width, height);
  const double left = kMargin + std::max(0.0, (width - cells.columns * cells.pitch_x() + kGap) / 2);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const int row = static_cast<int>(i) / cells.columns, column = static_cast<int>(i) % cells.columns;
    draw_picture(pictures[i], content.images->style, cells,
                 {left + column * cells.pitch_x(), top + row * cells.pitch_y()}, list);
  }
  list.height = top + cells.rows * cells.pitch_y() - kGap + kMargin;
  return list;
}

}  // namespace handbuilt::plot
