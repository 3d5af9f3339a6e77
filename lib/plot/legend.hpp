#pragma once

#include <string>
#include <vector>

#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// The shape that tells series `colour` apart from the others where colours cannot.
Marker::Kind marker_kind(int colour);

/// Lines of few points carry markers.
bool has_markers(const Series& series);

/// From the palette's second round on, lines are dashed, as are those that ask for it.
bool is_dashed(const Series& series);

/// What the colours and shapes of a chart mean: one entry for each series with a label.
class Legend {
 public:
  explicit Legend(const Content& content);

  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// As a column over the chart.
  [[nodiscard]] double column_width() const;
  [[nodiscard]] double column_height() const;
  [[nodiscard]] std::vector<DisplayList::Item> column_at(Point corner) const;

  /// As rows above the chart, as many as `width` asks for.
  [[nodiscard]] double rows_height(double width) const;
  [[nodiscard]] std::vector<DisplayList::Item> rows_at(Point corner, double width) const;

 private:
  struct Entry {
    std::string label;
    int colour;
    bool bar, line, marker, dashed;
  };
  [[nodiscard]] std::vector<Point> places_in_rows(double width) const;
  static void draw(const Entry& entry, Point corner, std::vector<DisplayList::Item>& items);

  std::vector<Entry> entries_;
};

}  // namespace handbuilt::plot
