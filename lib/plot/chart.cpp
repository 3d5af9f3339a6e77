#include "plot/chart.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "plot/axes.hpp"
#include "plot/decimate.hpp"
#include "plot/free_space.hpp"
#include "plot/legend.hpp"
#include "plot/page.hpp"
#include "plot/shading.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

using Items = std::vector<DisplayList::Item>;

constexpr double kLineWidth = 2.25, kMarkerRadius = 3.5;

void append(Items& items, Items more) {
  items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// A place on the page; what lies very far outside comes nearer, so that coordinates stay short.
Point placed(const Frame& frame, double x, double y) {
  constexpr double kFar = 1e6;
  const auto near = [&](double pixel) { return std::isnan(pixel) ? pixel : std::clamp(pixel, -kFar, kFar); };
  return {near(frame.x(x)), near(frame.y(y))};
}

bool is_gap(Point point) { return std::isnan(point.x) || std::isnan(point.y); }

std::vector<Point> placed(const Frame& frame, const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < x.size(); ++i) points.push_back(placed(frame, x[i], y[i]));
  return points;
}

/// The stretches between gaps.
std::vector<std::vector<Point>> unbroken(const std::vector<Point>& points) {
  std::vector<std::vector<Point>> runs;
  bool broken = true;
  for (const Point& point : points) {
    if (!is_gap(point)) {
      if (broken) runs.emplace_back();
      runs.back().push_back(point);
    }
    broken = is_gap(point);
  }
  return runs;
}

void draw_heat_map(const HeatMap& map, const Frame& frame, Items& items) {
  if (map.values.values.empty()) return;
  const Range range = shading_range(map.shades, map.style.map, map.style.range);
  Grid shades = map.shades;
  if (!map.matrix)  // row 0 is the lowest
    for (int row = 0; row < shades.rows / 2; ++row) {
      const auto start = shades.values.begin() + static_cast<std::ptrdiff_t>(row) * shades.columns;
      const auto mirror = shades.values.begin() + static_cast<std::ptrdiff_t>(shades.rows - 1 - row) * shades.columns;
      std::swap_ranges(start, start + shades.columns, mirror);
    }
  Image image = shaded(shades, map.style.map, range);
  const Point low = placed(frame, map.x.low, map.y.low), high = placed(frame, map.x.high, map.y.high);
  image.x = low.x;
  image.y = std::min(low.y, high.y);
  image.width = high.x - low.x;
  image.height = std::abs(high.y - low.y);
  const double cell_width = image.width / map.values.columns, cell_height = image.height / map.values.rows;
  items.emplace_back(std::move(image));
  if (!map.style.numbers) return;

  for (int row = 0; row < map.values.rows; ++row)
    for (int column = 0; column < map.values.columns; ++column) {
      const std::string text = short_number(map.values(row, column));
      const double fitting = 0.86 * cell_width / text_width(text, 1);
      const double size = std::min({kTickSize, fitting, 0.8 * cell_height});
      const Rgb shade = colour_at(map.style.map, shading_position(map.shades(row, column), range, map.style.map));
      const double step = (map.y.high - map.y.low) / map.values.rows;
      const Point centre = placed(frame, map.x.low + (column + 0.5) * (map.x.high - map.x.low) / map.values.columns,
                                  map.y.low + (row + 0.5) * step);
      items.emplace_back(
          Text{{centre.x, centre.y + 0.35 * size}, text, size, Text::Anchor::middle, false, false, text_on(shade)});
    }
}

void draw_band(const Interval& band, const Frame& frame, Items& items) {
  const std::vector<Point> low = placed(frame, band.x, band.low), high = placed(frame, band.x, band.high);
  for (std::size_t start = 0; start < low.size();) {
    std::vector<Point> lower, upper;
    std::size_t end = start;
    for (; end < low.size() && !is_gap(low[end]) && !is_gap(high[end]); ++end) {
      lower.push_back(low[end]);
      upper.push_back(high[end]);
    }
    lower = decimated_line(lower);
    upper = decimated_line(upper);
    lower.insert(lower.end(), upper.rbegin(), upper.rend());
    if (end > start + 1) items.emplace_back(Polygon{lower, Colour::of_series(band.colour).faded(0.2)});
    start = end + 1;
  }
}

/// An end beyond the frame is cut off there and has no cap.
void draw_error_bar(Point low, Point high, const Frame& frame, const Colour& colour, Items& items) {
  constexpr double kCap = 4;
  const bool seen = low.x >= frame.left && low.x <= frame.right && low.y >= frame.top && high.y <= frame.bottom;
  if (is_gap(low) || is_gap(high) || !seen) return;
  const double bottom = std::min(low.y, frame.bottom), top = std::max(high.y, frame.top);
  items.emplace_back(Polyline{{{low.x, bottom}, {low.x, top}}, colour, 1.5, false});
  for (const Point& end : {low, high})
    if (frame.contains(end))
      items.emplace_back(Polyline{{{end.x - kCap, end.y}, {end.x + kCap, end.y}}, colour, 1.5, false});
}

constexpr double kShareOfPlace = 0.76;  // of the room that each group of bars has

double bar_width(const Content& content) { return kShareOfPlace / static_cast<double>(content.bars.size()); }

void draw_bars(const Content& content, const Frame& frame, Items& items) {
  constexpr double kGap = 1;
  const double width = bar_width(content);
  double offset = -kShareOfPlace / 2;
  for (const BarSeries& bars : content.bars) {
    const Colour colour = Colour::of_series(bars.colour);
    for (std::size_t i = 0; i < bars.heights.size(); ++i) {
      const double start = static_cast<double>(i) + offset;
      const Point base = placed(frame, start, 0), top = placed(frame, start + width, bars.heights[i]);
      if (is_gap(top)) continue;
      const double gap = top.x - base.x > 4 * kGap ? kGap : 0;
      items.emplace_back(
          Rectangle{base.x + gap / 2, std::min(base.y, top.y), top.x - base.x - gap, std::abs(top.y - base.y), colour});
    }
    offset += width;
  }
}

void draw_line(const Series& series, const Frame& frame, Items& items) {
  for (const std::vector<Point>& run : unbroken(placed(frame, series.x, series.y)))
    if (run.size() > 1)
      items.emplace_back(
          Polyline{decimated_line(run), Colour::of_series(series.colour), kLineWidth, is_dashed(series)});
}

/// Markers at the points of a series, or where a line shows nothing else: at points between two gaps.
void draw_markers(const Series& series, const Frame& frame, Items& items) {
  const std::vector<Point> points = placed(frame, series.x, series.y);
  std::vector<Point> marked;
  if (has_markers(series)) {
    std::copy_if(points.begin(), points.end(), std::back_inserter(marked), [](Point point) { return !is_gap(point); });
  } else {
    for (const std::vector<Point>& run : unbroken(points))
      if (run.size() == 1) marked.push_back(run.front());
  }
  constexpr std::size_t kMany = 400;
  const bool many = !series.joined && marked.size() > kMany;
  const Colour colour = Colour::of_series(series.colour).faded(many ? 0.6 : 1);
  for (const Point& point : decimated_points(marked))
    if (frame.contains(point))
      items.emplace_back(Marker{point, many ? 2.5 : kMarkerRadius, colour, marker_kind(series.colour)});
}

/// Writes a few words into the first of some boxes that is free of data, on a veil that keeps them legible otherwise.
void write_where_free(const std::string& text, std::vector<Rectangle> boxes, const Frame& frame, const Items& data,
                      const Colour& colour, Items& items) {
  const auto outside = [&](const Rectangle& box) {
    return !frame.contains({box.x, box.y}) || !frame.contains({box.x + box.width, box.y + box.height});
  };
  const Rectangle fallback = boxes.front();
  boxes.erase(std::remove_if(boxes.begin(), boxes.end(), outside), boxes.end());
  Rectangle box = first_free(boxes, data).value_or(boxes.empty() ? fallback : boxes.front());
  box.colour = Colour{Colour::Role::background}.faded(0.75);
  items.emplace_back(box);
  items.emplace_back(Text{{box.x + 3, box.y + kTickSize}, text, kTickSize, Text::Anchor::start, false, false, colour});
}

void draw_reference(const ReferenceLine& line, const Frame& frame, const Items& data, Items& items) {
  const Colour colour{Colour::Role::faint};
  const double width = text_width(line.label, kTickSize) + 6, height = 1.35 * kTickSize;
  std::vector<Rectangle> boxes;
  Point from, to;
  if (line.vertical) {
    const double x = frame.x(line.at);
    from = {x, frame.bottom};
    to = {x, frame.top};
    for (const double y : {frame.top, frame.bottom - height - 2})
      for (const double left : {x + 2, x - 2 - width}) boxes.push_back({left, y, width, height, {}});
  } else {
    const double y = frame.y(line.at);
    from = {frame.left, y};
    to = {frame.right, y};
    for (const double left : {frame.right - width, frame.left, (frame.left + frame.right - width) / 2})
      for (const double top : {y - height - 2, y + 2}) boxes.push_back({left, top, width, height, {}});
  }
  if (is_gap(from) || is_gap(to) || !frame.contains(from) || !frame.contains(to)) return;
  items.emplace_back(Polyline{{from, to}, colour, 1.5, true});
  if (!line.label.empty()) write_where_free(line.label, boxes, frame, data, colour, items);
}

void draw_note(const Note& note, const Frame& frame, const Items& data, Items& items) {
  const Point point = placed(frame, note.x, note.y);
  if (is_gap(point) || !frame.contains(point)) return;
  const double width = text_width(note.text, kTickSize) + 6, height = 1.35 * kTickSize;
  std::vector<Rectangle> boxes;
  for (const double away : {6.0, 14.0, 24.0})
    for (const double top : {point.y - away - height, point.y + away})
      for (const double left : {point.x + away / 2, point.x - away / 2 - width, point.x - width / 2})
        boxes.push_back({left, top, width, height, {}});
  for (const double away : {6.0, 14.0, 24.0})
    for (const double left : {point.x + away, point.x - away - width})
      boxes.push_back({left, point.y - height / 2, width, height, {}});
  items.emplace_back(Marker{point, 2.5, {Colour::Role::text}, Marker::Kind::circle});
  write_where_free(note.text, boxes, frame, data, {Colour::Role::text}, items);
}

/// What the chart shows, in the order in which it is painted.
Items draw_data(const Content& content, const Frame& frame) {
  Items items;
  if (content.heat_map) draw_heat_map(*content.heat_map, frame, items);
  for (const Interval& interval : content.intervals)
    if (interval.shaded) draw_band(interval, frame, items);
  if (!content.bars.empty()) draw_bars(content, frame, items);
  for (const Series& series : content.series)
    if (series.joined) draw_line(series, frame, items);
  return items;
}

void draw_errors_of_bars(const Content& content, const Frame& frame, Items& items) {
  const double width = bar_width(content);
  double offset = -kShareOfPlace / 2;
  for (const BarSeries& bars : content.bars) {
    for (std::size_t i = 0; i < bars.errors.size(); ++i) {
      const double middle = static_cast<double>(i) + offset + width / 2;
      draw_error_bar(placed(frame, middle, bars.heights[i] - bars.errors[i]),
                     placed(frame, middle, bars.heights[i] + bars.errors[i]), frame, {Colour::Role::text}, items);
    }
    offset += width;
  }
}

/// What may stand out over the edge of the frame a little: markers and error bars.
Items draw_marks(const Content& content, const Frame& frame) {
  Items items;
  draw_errors_of_bars(content, frame, items);
  for (const Interval& interval : content.intervals)
    for (std::size_t i = 0; i < interval.x.size() && !interval.shaded; ++i)
      draw_error_bar(placed(frame, interval.x[i], interval.low[i]), placed(frame, interval.x[i], interval.high[i]),
                     frame, Colour::of_series(interval.colour), items);
  for (const Series& series : content.series) draw_markers(series, frame, items);
  return items;
}

Items draw_words(const Content& content, const Frame& frame, Items data) {
  Items words;
  for (const ReferenceLine& line : content.references) {
    Items one;
    draw_reference(line, frame, data, one);
    data.insert(data.end(), one.begin(), one.end());
    append(words, std::move(one));
  }
  for (const Note& note : content.notes) {
    Items one;
    draw_note(note, frame, data, one);
    data.insert(data.end(), one.begin(), one.end());
    append(words, std::move(one));
  }
  if (frame.empty)
    words.emplace_back(Text{{(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2},
                            "no data",
                            kLabelSize,
                            Text::Anchor::middle,
                            false,
                            false,
                            {Colour::Role::faint}});
  return words;
}

/// A place in a corner of the frame, or else at the middle of a side, where the legend covers nothing.
std::optional<Rectangle> free_place(const Legend& legend, const Frame& frame, const Items& drawn) {
  constexpr double kFromEdge = 6;
  const double width = legend.column_width(), height = legend.column_height();
  const double left = frame.left + kFromEdge, right = frame.right - kFromEdge - width;
  const double top = frame.top + kFromEdge, bottom = frame.bottom - kFromEdge - height;
  if (right < left || bottom < top) return std::nullopt;
  std::vector<Rectangle> places;
  for (const double x : {right, left})
    for (const double y : {top, bottom}) places.push_back({x, y, width, height, {}});
  for (const double x : {right, left}) places.push_back({x, (top + bottom) / 2, width, height, {}});
  for (const double y : {top, bottom}) places.push_back({(left + right) / 2, y, width, height, {}});
  return first_free(places, drawn);
}

/// A chart without its legend, whose frame starts at `top`.
struct Chart {
  Frame frame;
  Items data, marks, words;

  Chart(const Content& content, double top)
      : frame(lay_out(content, top)), data(draw_data(content, frame)), marks(draw_marks(content, frame)) {
    words = draw_words(content, frame, everything());
  }
  [[nodiscard]] Items everything() const {
    Items all = data;
    all.insert(all.end(), marks.begin(), marks.end());
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
};

}  // namespace

DisplayList draw_chart(const Content& content) {
  DisplayList list;
  const double top = start_page(content, list);
  const Legend legend(content);
  Chart chart(content, top);

  Items legend_items;
  if (!legend.empty()) {
    if (const auto corner = free_place(legend, chart.frame, chart.everything())) {
      legend_items = legend.column_at({corner->x, corner->y});
    } else {
      const double width = content.width - 2 * kMargin;
      chart = Chart(content, top + legend.rows_height(width));
      legend_items = legend.rows_at({kMargin, top + 2}, width);
    }
  }

  const Frame& frame = chart.frame;
  append(list.items, draw_grid(content, frame));
  if (!chart.data.empty()) {
    list.items.emplace_back(Clip{frame.left, frame.top, frame.width(), frame.height()});
    append(list.items, chart.data);
    list.items.emplace_back(Clip{});
  }
  append(list.items, draw_axes(content, frame));
  append(list.items, chart.marks);
  append(list.items, std::move(legend_items));
  append(list.items, chart.words);
  return list;
}

}  // namespace handbuilt::plot
