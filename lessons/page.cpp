#include "lessons/page.hpp"

#include <algorithm>

#include "plot/text_width.hpp"

namespace handbuilt::lessons {

void Page::text(plot::Point baseline, std::string words, double size, plot::Colour colour, plot::Text::Anchor anchor,
                bool bold) {
  list_.items.emplace_back(plot::Text{baseline, std::move(words), size, anchor, bold, false, colour});
}

void Page::text_within(double width, plot::Point baseline, const std::vector<std::string>& wordings, double size,
                       plot::Colour colour, bool bold) {
  const auto fits = [&](const std::string& words) { return plot::text_width(words, size, bold) <= width; };
  const auto chosen = std::find_if(wordings.begin(), wordings.end() - 1, fits);
  text(baseline, *chosen, size, colour, plot::Text::Anchor::start, bold);
}

Area Page::heading(const Area& area, const std::vector<std::string>& wordings) {
  text_within(area.width, {area.x, area.y + 13}, wordings, kHeadingSize, kText, true);
  return {area.x, area.y + kHeadingHeight, area.width, area.height - kHeadingHeight};
}

void Page::fill(const Area& area, plot::Colour colour) {
  list_.items.emplace_back(plot::Rectangle{area.x, area.y, area.width, area.height, colour});
}

void Page::frame(const Area& area, plot::Colour colour, double width) {
  const double right = area.x + area.width, bottom = area.y + area.height;
  list_.items.emplace_back(plot::Polyline{
      {{area.x, area.y}, {right, area.y}, {right, bottom}, {area.x, bottom}, {area.x, area.y}}, colour, width});
}

void Page::line(std::vector<plot::Point> points, plot::Colour colour, double width) {
  list_.items.emplace_back(plot::Polyline{std::move(points), colour, width});
}

void Page::polygon(std::vector<plot::Point> corners, plot::Colour colour) {
  list_.items.emplace_back(plot::Polygon{std::move(corners), colour});
}

void Page::dot(plot::Point centre, double radius, plot::Colour colour, plot::Marker::Kind kind) {
  list_.items.emplace_back(plot::Marker{centre, radius, colour, kind});
}

void Page::clip(const Area& area) { list_.items.emplace_back(plot::Clip{area.x, area.y, area.width, area.height}); }

void Page::end_clip() { list_.items.emplace_back(plot::Clip{}); }

void Page::figure(const Area& area, plot::Figure figure) {
  constexpr double kFigureMargin = 14;
  figure.size(std::max(area.width + kFigureMargin, 120.0), std::max(area.height, 120.0));
  plot::append(list_, figure.draw(), {area.x - kFigureMargin, area.y - kFigureMargin});
}

void Page::picture(const Area& area, const Tensor& tensor, int plane, plot::ColourMap map, float low, float high) {
  const auto [n, c, rows, columns] = tensor.shape();
  plot::Image image{area.x, area.y, area.width, area.height, columns, rows, {}};
  image.rgb.reserve(3 * static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  const float* values = tensor.data() + plane * rows * columns;
  for (int i = 0; i < rows * columns; ++i) {
    const plot::Rgb rgb = plot::colour_at(map, high > low ? (values[i] - low) / (high - low) : 0);
    image.rgb.insert(image.rgb.end(), {rgb.red, rgb.green, rgb.blue});
  }
  list_.items.emplace_back(std::move(image));
}

}  // namespace handbuilt::lessons
