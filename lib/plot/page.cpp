#include "plot/page.hpp"

#include <algorithm>

#include "plot/describe.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

/// Writes a title in as many lines as it needs. Returns the lower edge.
double write_title(const std::string& title, double size, DisplayList& list) {
  double y = kMargin;
  if (title.empty()) return y;
  for (const std::string& line : wrapped(title, size, list.width - 2 * kMargin, true)) {
    y += 1.25 * size;
    list.items.emplace_back(Text{{kMargin, y - 0.3 * size}, line, size, Text::Anchor::start, true, false, {}});
  }
  return y + 0.3 * size;
}

}  // namespace

double start_page(const Content& content, DisplayList& list) {
  list.width = content.width;
  list.height = content.height;
  list.title = content.title;
  list.description = content.description.empty() ? describe(content) : content.description;
  return write_title(content.title, kTitleSize, list);
}

DisplayList arrange(const std::string& title, const std::vector<DisplayList>& panels, int columns) {
  const auto column_count = std::min(static_cast<std::size_t>(columns), panels.size());
  const std::size_t row_count = (panels.size() + column_count - 1) / column_count;
  std::vector<double> widths(column_count), heights(row_count);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    double& width = widths[i % column_count];
    double& height = heights[i / column_count];
    width = std::max(width, panels[i].width);
    height = std::max(height, panels[i].height);
  }

  DisplayList list;
  list.title = title;
  for (const double width : widths) list.width += width;
  double y = title.empty() ? 0 : write_title(title, 1.15 * kTitleSize, list);
  for (std::size_t row = 0; row < row_count; ++row) {
    double x = 0;
    for (std::size_t column = 0; column < column_count; ++column) {
      const std::size_t index = row * column_count + column;
      if (index >= panels.size()) break;
      append(list, panels[index], {x, y});
      list.description += (list.description.empty() ? "" : " ") + panels[index].title;
      list.description += (panels[index].title.empty() ? "" : ": ") + panels[index].description;
      x += widths[column];
    }
    y += heights[row];
  }
  list.height = y;
  return list;
}

}  // namespace handbuilt::plot
