#include "plot/legend.hpp"

#include <algorithm>

#include "plot/page.hpp"
#include "plot/palette.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::plot {
namespace {

constexpr double kSwatch = 26, kGap = 7, kRow = 20, kPadding = 6, kBetweenEntries = 18;

double entry_width(const std::string& label) { return kSwatch + kGap + text_width(label, kTickSize); }

}  // namespace

Marker::Kind marker_kind(int colour) {
  constexpr Marker::Kind kKinds[] = {Marker::Kind::circle, Marker::Kind::square, Marker::Kind::triangle,
                                     Marker::Kind::diamond, Marker::Kind::cross};
  return kKinds[colour % 5];
}

bool has_markers(const Series& series) {
  constexpr std::size_t kFewPoints = 25;
  return !series.joined || series.x.size() <= kFewPoints;
}

bool is_dashed(const Series& series) { return series.dashed || series.colour >= kSeriesColours; }

Legend::Legend(const Content& content) {
  for (const BarSeries& bars : content.bars)
    if (!bars.label.empty()) entries_.push_back({bars.label, bars.colour, true, false, false, false});
  for (const Series& series : content.series)
    if (!series.label.empty())
      entries_.push_back({series.label, series.colour, false, series.joined, has_markers(series), is_dashed(series)});
}

double Legend::column_width() const {
  double width = 0;
  for (const Entry& entry : entries_) width = std::max(width, entry_width(entry.label));
  return width + 2 * kPadding;
}

double Legend::column_height() const { return kRow * static_cast<double>(entries_.size()) + 2 * kPadding; }

std::vector<DisplayList::Item> Legend::column_at(Point corner) const {
  std::vector<DisplayList::Item> items;
  Point place{corner.x + kPadding, corner.y + kPadding};
  // Grid lines behind the words would only disturb.
  items.emplace_back(Rectangle{corner.x, corner.y, column_width(), column_height(), {Colour::Role::background}});
  for (const Entry& entry : entries_) {
    draw(entry, place, items);
    place.y += kRow;
  }
  return items;
}

std::vector<Point> Legend::places_in_rows(double width) const {
  std::vector<Point> places;
  Point next;
  for (const Entry& entry : entries_) {
    if (next.x > 0 && next.x + entry_width(entry.label) > width) next = {0, next.y + kRow};
    places.push_back(next);
    next.x += entry_width(entry.label) + kBetweenEntries;
  }
  return places;
}

double Legend::rows_height(double width) const {
  return entries_.empty() ? 0 : places_in_rows(width).back().y + kRow + kPadding;
}

std::vector<DisplayList::Item> Legend::rows_at(Point corner, double width) const {
  std::vector<DisplayList::Item> items;
  const std::vector<Point> places = places_in_rows(width);
  for (std::size_t i = 0; i < entries_.size(); ++i)
    draw(entries_[i], {corner.x + places[i].x, corner.y + places[i].y}, items);
  return items;
}

void Legend::draw(const Entry& entry, Point corner, std::vector<DisplayList::Item>& items) {
  const Colour colour = Colour::of_series(entry.colour);
  const double middle = corner.y + kRow / 2;
  if (entry.bar) items.emplace_back(Rectangle{corner.x + 7, middle - 6, 12, 12, colour});
  if (entry.line)
    items.emplace_back(Polyline{{{corner.x, middle}, {corner.x + kSwatch, middle}}, colour, 2.25, entry.dashed});
  if (entry.marker)
    items.emplace_back(Marker{{corner.x + kSwatch / 2, middle}, 3.5, colour, marker_kind(entry.colour)});
  items.emplace_back(Text{{corner.x + kSwatch + kGap, middle + 0.35 * kTickSize},
                          entry.label,
                          kTickSize,
                          Text::Anchor::start,
                          false,
                          false,
                          {}});
}

}  // namespace handbuilt::plot
