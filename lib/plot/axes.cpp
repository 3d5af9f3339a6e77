#include "plot/axes.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "plot/page.hpp"
#include "plot/shading.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

constexpr double kTickGap = 8;              // between the frame and its tick labels
constexpr double kLine = 1.25 * kTickSize;  // of tick labels
constexpr double kBarWidth = 14, kBarGap = 16;

/// The least and greatest of the numbers that an axis can show.
class Extent {
 public:
  explicit Extent(const Axis& axis) : logarithmic_(axis.logarithmic) {}
  void include(double value) {
    if (std::isnan(value) || (logarithmic_ && value <= 0)) return;
    range_ = {std::min(range_.low, value), std::max(range_.high, value)};
  }
  void include(const std::vector<double>& values) {
    for (const double value : values) include(value);
  }
  [[nodiscard]] bool empty() const { return range_.low > range_.high; }
  [[nodiscard]] Range range() const { return range_; }

 private:
  bool logarithmic_;
  Range range_{INFINITY, -INFINITY};
};

std::size_t places(const Content& content) {
  std::size_t count = content.x.names.size();
  for (const BarSeries& bars : content.bars) count = std::max(count, bars.heights.size());
  return count;
}

bool has_cells(const Content& content) { return content.heat_map && !content.heat_map->values.values.empty(); }
bool is_matrix(const Content& content) { return has_cells(content) && content.heat_map->matrix; }

Extent x_extent(const Content& content) {
  Extent extent(content.x);
  for (const Series& series : content.series) extent.include(series.x);
  for (const Interval& interval : content.intervals) extent.include(interval.x);
  for (const ReferenceLine& line : content.references)
    if (line.vertical) extent.include(line.at);
  for (const Note& note : content.notes) extent.include(note.x);
  return extent;
}

Extent y_extent(const Content& content) {
  Extent extent(content.y);
  for (const Series& series : content.series) extent.include(series.y);
  for (const Interval& interval : content.intervals) {
    extent.include(interval.low);
    extent.include(interval.high);
  }
  for (const BarSeries& bars : content.bars) {
    extent.include(0);
    extent.include(bars.heights);
    for (std::size_t i = 0; i < bars.errors.size(); ++i) {
      extent.include(bars.heights[i] - bars.errors[i]);
      extent.include(bars.heights[i] + bars.errors[i]);
    }
  }
  for (const ReferenceLine& line : content.references)
    if (!line.vertical) extent.include(line.at);
  for (const Note& note : content.notes) extent.include(note.y);
  return extent;
}

Ticks named_ticks(const std::vector<std::string>& names, Range range, int at_most) {
  Ticks ticks;
  ticks.range = range;
  const std::size_t stride = (names.size() + static_cast<std::size_t>(at_most) - 1) / static_cast<std::size_t>(at_most);
  for (std::size_t i = 0; i < names.size(); i += std::max<std::size_t>(stride, 1)) {
    ticks.major.push_back(static_cast<double>(i));
    ticks.labels.push_back(names[i]);
  }
  return ticks;
}

/// Ticks at whole numbers only, for the rows of a matrix and unnamed bars.
Ticks counting_ticks(Range range, int at_most) {
  std::vector<std::string> numbers;
  for (int i = 0; i < range.high; ++i) numbers.push_back(std::to_string(i));
  if (static_cast<int>(numbers.size()) <= at_most) return named_ticks(numbers, range, at_most);
  return linear_ticks(range, at_most, Ends::fixed);
}

Ticks numeric_ticks(const Axis& axis, const Extent& extent, int at_most) {
  const Ends ends = axis.range ? Ends::fixed : Ends::loose;
  const Range range = axis.range       ? *axis.range
                      : extent.empty() ? Range{axis.logarithmic ? 1.0 : 0.0, 10}
                                       : extent.range();
  return axis.logarithmic ? logarithmic_ticks(range, at_most, ends) : linear_ticks(range, at_most, ends);
}

Ticks y_ticks(const Content& content, double height) {
  const int at_most = std::max(2, static_cast<int>(height / 34));
  const int labels_that_fit = std::max(1, static_cast<int>(height / kLine));
  if (is_matrix(content)) {
    const Range range = content.heat_map->y;
    return content.y.names.empty() ? counting_ticks(range, labels_that_fit)
                                   : named_ticks(content.y.names, range, labels_that_fit);
  }
  if (has_cells(content) && !content.y.range)
    return linear_ticks(content.heat_map->y, std::min(at_most, 10), Ends::fixed);
  return numeric_ticks(content.y, y_extent(content), std::min(at_most, 10));
}

double widest(const std::vector<std::string>& labels) {
  double width = 0;
  for (const std::string& label : labels) width = std::max(width, text_width(label, kTickSize));
  return width;
}

/// Fewer and fewer ticks, until their labels stand apart.
Ticks spaced_numbers(const Content& content, double width) {
  constexpr double kApart = 14;
  for (int at_most = 10;; --at_most) {
    const Ticks ticks = has_cells(content) && !content.x.range ? linear_ticks(content.heat_map->x, at_most, Ends::fixed)
                                                               : numeric_ticks(content.x, x_extent(content), at_most);
    const double count = static_cast<double>(ticks.labels.size());
    if (at_most <= 3 || count * (widest(ticks.labels) + kApart) <= width + widest(ticks.labels)) return ticks;
  }
}

Ticks x_ticks(const Content& content, double width) {
  const std::size_t count = places(content);
  const int names_that_fit = std::max(1, static_cast<int>(width / kLine));
  if (is_matrix(content)) {
    const Range range = content.heat_map->x;
    return content.x.names.empty() ? counting_ticks(range, std::max(2, static_cast<int>(width / 40)))
                                   : named_ticks(content.x.names, range, names_that_fit);
  }
  if (count == 0) return spaced_numbers(content, width);
  const Range range = content.x.range ? *content.x.range : Range{-0.5, static_cast<double>(count) - 0.5};
  return content.x.names.empty() ? counting_ticks(range, std::max(2, static_cast<int>(width / 40)))
                                 : named_ticks(content.x.names, range, names_that_fit);
}

/// The labels under the x axis: names in several lines, or turned upwards when they are too wide for that.
struct XLabels {
  std::vector<std::vector<std::string>> lines;
  bool upwards = false;
  double height = kLine;
};

XLabels x_labels(const Ticks& ticks, bool named, double room_each) {
  XLabels labels;
  for (const std::string& label : ticks.labels) {
    labels.lines.push_back(named ? wrapped(label, kTickSize, room_each) : std::vector<std::string>{label});
    labels.upwards = labels.upwards || (named && widest(labels.lines.back()) > room_each);
    labels.height = std::max(labels.height, kLine * static_cast<double>(labels.lines.back().size()));
  }
  if (!labels.upwards) return labels;
  for (std::size_t i = 0; i < labels.lines.size(); ++i) labels.lines[i] = {ticks.labels[i]};
  labels.height = widest(ticks.labels);
  return labels;
}

XLabels x_labels(const Content& content, const Ticks& ticks, double width) {
  const double room_each = width / std::max<double>(1, static_cast<double>(ticks.labels.size())) - 6;
  return x_labels(ticks, !content.x.names.empty(), room_each);
}

struct ColourBar {
  Range range;
  Ticks ticks;
};

bool has_colour_bar(const Content& content) { return has_cells(content) && content.heat_map->style.colour_bar; }

ColourBar colour_bar(const HeatMap& map, double height) {
  const Range range = shading_range(map.shades, map.style.map, map.style.range);
  const int at_most = std::clamp(static_cast<int>(height / 34), 2, 7);
  if (range.high > range.low) return {range, linear_ticks(range, at_most, Ends::fixed)};
  return {range, Ticks{range, {range.low}, {short_number(range.low)}, {}}};
}

double colour_bar_width(const HeatMap& map, double height) {
  const double label = map.style.unit.empty() ? 0 : 1.5 * kLabelSize;
  return kBarGap + kBarWidth + kTickGap + widest(colour_bar(map, height).ticks.labels) + label;
}

/// Makes the cells of a matrix square, or somewhat wider where numbers stand in them, and centres what is left.
void keep_cells_in_shape(const HeatMap& map, Frame& frame) {
  const double widest_cell = map.style.numbers ? 1.7 : 1;
  const double cell_width = frame.width() / map.values.columns, cell_height = frame.height() / map.values.rows;
  if (cell_width > widest_cell * cell_height) {
    const double spare = frame.width() - map.values.columns * widest_cell * cell_height;
    frame.left += spare / 2;
    frame.right -= spare / 2;
  } else if (cell_height > cell_width) {
    frame.bottom = frame.top + map.values.rows * cell_width;
  }
}

Text label(Point baseline, const std::string& text, Text::Anchor anchor, double size = kTickSize) {
  return {baseline, text, size, anchor, false, false, {}};
}

Text upwards(Point baseline, const std::string& text, Text::Anchor anchor, double size) {
  Text turned = label(baseline, text, anchor, size);
  turned.upwards = true;
  return turned;
}

void draw_colour_bar(const HeatMap& map, const Frame& frame, std::vector<DisplayList::Item>& items) {
  const auto [range, ticks] = colour_bar(map, frame.height());
  constexpr int kSteps = 128;
  Grid ramp(kSteps, 1, std::vector<double>(kSteps));
  for (int i = 0; i < kSteps; ++i) ramp.values[static_cast<std::size_t>(i)] = 1 - (i + 0.5) / kSteps;
  Image bar = shaded(ramp, map.style.map, {0, 1});
  bar.x = frame.right + kBarGap;
  bar.y = frame.top;
  bar.width = kBarWidth;
  bar.height = frame.height();
  const double right = bar.x + kBarWidth + kTickGap;
  for (std::size_t i = 0; i < ticks.major.size(); ++i) {
    const double share = range.high > range.low ? shading_position(ticks.major[i], range, map.style.map) : 0.5;
    const double y = frame.bottom - share * frame.height();
    items.emplace_back(Polyline{{{bar.x + kBarWidth, y}, {right - 4, y}}, {Colour::Role::faint}, 1, false});
    items.emplace_back(label({right, y + 0.35 * kTickSize}, ticks.labels[i], Text::Anchor::start));
  }
  items.emplace_back(std::move(bar));
  if (!map.style.unit.empty())
    items.emplace_back(upwards({right + widest(ticks.labels) + 1.2 * kLabelSize, (frame.top + frame.bottom) / 2},
                               map.style.unit, Text::Anchor::middle, kLabelSize));
}

}  // namespace

Frame lay_out(const Content& content, double top) {
  Frame frame;
  frame.top = top + 6;
  const bool bars = places(content) > 0;
  const bool has_x = bars || has_cells(content) || content.x.range || !x_extent(content).empty();
  const bool has_y = has_cells(content) || content.y.range || !y_extent(content).empty();
  frame.empty = !has_x || !has_y;

  const double x_title = content.x.label.empty() ? 0 : 1.5 * kLabelSize;
  const double y_title = content.y.label.empty() ? 0 : 1.5 * kLabelSize;
  const double below_labels = kMargin + x_title + kTickGap - 4;
  const double likely_height = std::max(1.0, content.height - frame.top - below_labels - kLine);

  frame.y_ticks = y_ticks(content, likely_height);
  frame.left = kMargin + y_title + (frame.empty ? 0 : widest(frame.y_ticks.labels)) + kTickGap;
  frame.right = content.width - kMargin - 4;
  if (has_colour_bar(content)) frame.right -= colour_bar_width(*content.heat_map, likely_height);
  frame.right = std::max(frame.right, frame.left + 10);

  frame.x_ticks = x_ticks(content, frame.width());
  const XLabels labels = x_labels(content, frame.x_ticks, frame.width());
  if (!frame.empty && content.x.names.empty() && !frame.x_ticks.labels.empty())
    frame.right -= std::max(0.0, text_width(frame.x_ticks.labels.back(), kTickSize) / 2 - kMargin);
  frame.bottom = std::max(content.height - below_labels - (frame.empty ? 0 : labels.height), frame.top + 10);

  if (is_matrix(content)) keep_cells_in_shape(*content.heat_map, frame);
  frame.x = Scale(frame.x_ticks.range, frame.left, frame.right, content.x.logarithmic);
  frame.y = is_matrix(content) ? Scale(frame.y_ticks.range, frame.top, frame.bottom)
                               : Scale(frame.y_ticks.range, frame.bottom, frame.top, content.y.logarithmic);
  return frame;
}

std::vector<DisplayList::Item> draw_grid(const Content& content, const Frame& frame) {
  std::vector<DisplayList::Item> items;
  if (frame.empty || is_matrix(content)) return items;
  const Colour major{Colour::Role::grid}, minor = major.faded(0.5);
  const auto across = [&](double value, const Colour& colour) {
    const double y = frame.y(value);
    items.emplace_back(Polyline{{{frame.left, y}, {frame.right, y}}, colour, 1, false});
  };
  const auto down = [&](double value, const Colour& colour) {
    const double x = frame.x(value);
    items.emplace_back(Polyline{{{x, frame.top}, {x, frame.bottom}}, colour, 1, false});
  };
  for (const double value : frame.y_ticks.minor) across(value, minor);
  for (const double value : frame.y_ticks.major) across(value, major);
  if (places(content) > 0) return items;
  for (const double value : frame.x_ticks.minor) down(value, minor);
  for (const double value : frame.x_ticks.major) down(value, major);
  return items;
}

std::vector<DisplayList::Item> draw_axes(const Content& content, const Frame& frame) {
  std::vector<DisplayList::Item> items;
  double below = frame.bottom;
  double left = frame.left;
  if (!frame.empty) {
    const XLabels labels = x_labels(content, frame.x_ticks, frame.width());
    for (std::size_t i = 0; i < labels.lines.size(); ++i) {
      const double x = frame.x(frame.x_ticks.major[i]);
      double y = frame.bottom + kTickGap - 4 + kTickSize;
      if (labels.upwards)
        items.emplace_back(upwards({x + 0.35 * kTickSize, frame.bottom + kTickGap}, labels.lines[i].front(),
                                   Text::Anchor::end, kTickSize));
      for (std::size_t l = 0; l < labels.lines[i].size() && !labels.upwards; ++l, y += kLine)
        items.emplace_back(label({x, y}, labels.lines[i][l], Text::Anchor::middle));
    }
    for (std::size_t i = 0; i < frame.y_ticks.major.size(); ++i)
      items.emplace_back(label({frame.left - kTickGap, frame.y(frame.y_ticks.major[i]) + 0.35 * kTickSize},
                               frame.y_ticks.labels[i], Text::Anchor::end));
    below += kTickGap - 4 + labels.height;
    left -= kTickGap + widest(frame.y_ticks.labels);
  }

  const Colour faint{Colour::Role::faint};
  if (!is_matrix(content))
    items.emplace_back(Polyline{{{frame.left, frame.bottom}, {frame.right, frame.bottom}}, faint, 1, false});
  if (!content.x.label.empty())
    items.emplace_back(label({(frame.left + frame.right) / 2, below + 1.25 * kLabelSize}, content.x.label,
                             Text::Anchor::middle, kLabelSize));
  if (!content.y.label.empty())
    items.emplace_back(upwards({left - 0.6 * kLabelSize, (frame.top + frame.bottom) / 2}, content.y.label,
                               Text::Anchor::middle, kLabelSize));
  if (has_colour_bar(content)) draw_colour_bar(*content.heat_map, frame, items);
  return items;
}

}  // namespace handbuilt::plot
