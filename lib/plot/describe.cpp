#include "plot/describe.hpp"

#include <algorithm>
#include <cmath>

#include "plot/ticks.hpp"

namespace handbuilt::plot {
namespace {

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string extent(const std::vector<double>& values) {
  double low = INFINITY, high = -INFINITY;
  for (const double value : values)
    if (!std::isnan(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  if (low > high) return ", all missing";
  if (low == high) return " at " + short_number(low);
  return " from " + short_number(low) + " to " + short_number(high);
}

std::string part(const std::string& label, const std::string& noun, const std::vector<double>& values) {
  const std::string what = counted(values.size(), noun) + (values.empty() ? "" : extent(values));
  return label.empty() ? what : label + ", " + what;
}

std::string kind(const Content& content) {
  if (content.heat_map) return "Heat map";
  if (!content.bars.empty()) return "Bar chart";
  const bool lines =
      std::any_of(content.series.begin(), content.series.end(), [](const Series& series) { return series.joined; });
  return lines ? "Line chart" : "Scatter plot";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& one : parts) text += (text.empty() ? "" : "; ") + one;
  return text;
}

std::string describe_images(const ImageGrid& grid) {
  std::string text = counted(grid.pictures.size(), "picture");
  std::vector<std::string> captions;
  for (const Picture& picture : grid.pictures)
    if (!picture.caption.empty()) captions.push_back(picture.caption + (picture.marked ? " (marked)" : ""));
  return text + (captions.empty() ? "." : ": " + joined(captions) + ".");
}

}  // namespace

std::string describe(const Content& content) {
  if (content.images) return describe_images(*content.images);
  std::string text = kind(content);
  const std::string &x = content.x.label, &y = content.y.label;
  if (!x.empty() && !y.empty())
    text += " of " + y + " against " + x;
  else if (!x.empty() || !y.empty())
    text += " of " + x + y;

  std::vector<std::string> parts;
  if (content.heat_map) {
    const Grid& grid = content.heat_map->values;
    parts.push_back(std::to_string(grid.rows) + " rows and " + std::to_string(grid.columns) + " columns" +
                    (grid.values.empty() ? "" : extent(grid.values)));
  }
  for (const BarSeries& bars : content.bars) parts.push_back(part(bars.label, "bar", bars.heights));
  for (const Series& series : content.series) parts.push_back(part(series.label, "point", series.y));
  for (const ReferenceLine& line : content.references)
    parts.push_back((line.label.empty() ? "a line" : line.label) + " at " + short_number(line.at));
  for (const Note& note : content.notes) parts.push_back(note.text);
  return text + (parts.empty() ? ": no data." : ": " + joined(parts) + ".");
}

}  // namespace handbuilt::plot
