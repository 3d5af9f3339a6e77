#include "plot/figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"
#include "plot/chart.hpp"
#include "plot/image_grid.hpp"
#include "plot/page.hpp"
#include "plot/svg.hpp"

namespace handbuilt::plot {
namespace {

constexpr double kLargest = 1e300;

/// The numbers to draw: what is infinite or nearly so becomes NaN, which every drawing routine leaves out.
std::vector<double> drawable(const Values& values) {
  std::vector<double> numbers = values.numbers;
  for (double& number : numbers)
    if (!(std::abs(number) <= kLargest)) number = std::nan("");
  return numbers;
}

std::vector<double> counted(std::size_t count) {
  std::vector<double> places(count);
  for (std::size_t i = 0; i < count; ++i) places[i] = static_cast<double>(i);
  return places;
}

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

class Complaint {
 public:
  Complaint(const std::string& call, const std::string& title) : where_("Figure::" + call) {
    if (!title.empty()) where_ += " in \"" + title + "\"";
  }
  [[noreturn]] void raise(const std::string& what) const { throw ValueError(where_ + ": " + what); }

  void require_same_length(const char* a, std::size_t size_a, const char* b, std::size_t size_b) const {
    if (size_a != size_b)
      raise(std::string("expected as many ") + b + " as " + a + ", got " + std::to_string(size_a) + " " + a + " and " +
            std::to_string(size_b) + " " + b);
  }
  void require_finite(const char* name, double value) const {
    if (!(std::abs(value) <= kLargest))
      raise(std::string("expected a finite number for ") + name + ", got " + shown(value));
  }
  void require_range(Range range) const {
    require_finite("the low end", range.low);
    require_finite("the high end", range.high);
    if (!(range.low < range.high))
      raise("expected a range whose low end is below its high end, got " + shown(range.low) + " to " +
            shown(range.high));
  }
  void require_positive_if_logarithmic(bool logarithmic, const std::optional<Range>& range) const {
    if (logarithmic && range && range->low <= 0)
      raise("a logarithmic axis expects a range above 0, got " + shown(range->low) + " to " + shown(range->high));
  }
  void require_names(const char* what, const std::vector<std::string>& names, int count) const {
    if (!names.empty() && names.size() != static_cast<std::size_t>(count))
      raise("expected " + std::to_string(count) + " names of " + what + ", got " + std::to_string(names.size()));
  }

 private:
  std::string where_;
};

/// The complaint of a call that adds to a chart. A grid of images takes no such call.
Complaint about_chart(const std::string& call, const Content& content) {
  const Complaint complaint(call, content.title);
  if (content.images) complaint.raise("expected a chart, got a grid of images (use another Figure)");
  return complaint;
}

void set_range(Axis& axis, Range range, const Complaint& complaint) {
  complaint.require_range(range);
  complaint.require_positive_if_logarithmic(axis.logarithmic, range);
  axis.range = range;
}

void make_logarithmic(Axis& axis, const Complaint& complaint) {
  complaint.require_positive_if_logarithmic(true, axis.range);
  if (!axis.names.empty()) complaint.raise("an axis of names cannot be logarithmic");
  axis.logarithmic = true;
}

Grid drawable(Grid grid) {
  grid.values = drawable(Values(grid.values));
  return grid;
}

/// Each count off the diagonal divided by its row's sum, zero in a row of zeros; NaN on the diagonal.
Grid shares_mistaken(const Grid& counts) {
  Grid shares = counts;
  for (int row = 0; row < counts.rows; ++row) {
    const auto first = shares.values.begin() + static_cast<std::ptrdiff_t>(row) * counts.columns;
    const auto last = first + counts.columns;
    double sum = 0;
    std::for_each(first, last, [&](double count) { sum += count; });
    if (sum > 0) std::for_each(first, last, [&](double& count) { count /= sum; });
    *(first + row) = std::nan("");
  }
  return shares;
}

}  // namespace

Figure::Figure(std::string title) { content_.title = std::move(title); }

Figure& Figure::axes(std::string x_label, std::string y_label) {
  content_.x.label = std::move(x_label);
  content_.y.label = std::move(y_label);
  return *this;
}

Figure& Figure::size(double width, double height) {
  constexpr double kSmallest = 120, kBiggest = 10000;
  const auto fits = [](double length) { return length >= kSmallest && length <= kBiggest; };
  if (!fits(width) || !fits(height))
    Complaint("size", content_.title)
        .raise("expected a width and height from 120 to 10000 pixels, got " + shown(width) + " x " + shown(height));
  content_.width = width;
  content_.height = height;
  return *this;
}

Figure& Figure::description(std::string text) {
  content_.description = std::move(text);
  return *this;
}

Figure& Figure::x_range(double low, double high) {
  set_range(content_.x, {low, high}, Complaint("x_range", content_.title));
  return *this;
}

Figure& Figure::y_range(double low, double high) {
  set_range(content_.y, {low, high}, Complaint("y_range", content_.title));
  return *this;
}

Figure& Figure::log_x() {
  const Complaint complaint("log_x", content_.title);
  if (!content_.bars.empty() || content_.heat_map) complaint.raise("bars and heat maps expect a linear axis");
  make_logarithmic(content_.x, complaint);
  return *this;
}

Figure& Figure::log_y() {
  const Complaint complaint("log_y", content_.title);
  if (!content_.bars.empty() || content_.heat_map) complaint.raise("bars and heat maps expect a linear axis");
  make_logarithmic(content_.y, complaint);
  return *this;
}

Figure& Figure::categories(std::vector<std::string> names) {
  if (content_.x.logarithmic) Complaint("categories", content_.title).raise("a logarithmic axis cannot have names");
  content_.x.names = std::move(names);
  return *this;
}

int Figure::next_colour(const SeriesStyle& style) {
  latest_colour_ = style.colour >= 0 ? style.colour : colours_used_++;
  return latest_colour_;
}

Figure& Figure::line(const Values& y, std::string label, SeriesStyle style) {
  return line(counted(y.size()), y, std::move(label), style);
}

Figure& Figure::line(const Values& x, const Values& y, std::string label, SeriesStyle style) {
  about_chart("line", content_).require_same_length("x", x.size(), "y", y.size());
  content_.series.push_back({drawable(x), drawable(y), std::move(label), next_colour(style), true, style.dashed});
  return *this;
}

Figure& Figure::points(const Values& x, const Values& y, std::string label, SeriesStyle style) {
  about_chart("points", content_).require_same_length("x", x.size(), "y", y.size());
  content_.series.push_back({drawable(x), drawable(y), std::move(label), next_colour(style), false, false});
  return *this;
}

Figure& Figure::bars(const Values& heights, std::string label, const Values& errors, SeriesStyle style) {
  const Complaint complaint = about_chart("bars", content_);
  if (errors.size() != 0) complaint.require_same_length("heights", heights.size(), "errors", errors.size());
  if (content_.x.logarithmic || content_.y.logarithmic) complaint.raise("bars start at 0 and expect linear axes");
  content_.bars.push_back({drawable(heights), drawable(errors), std::move(label), next_colour(style)});
  return *this;
}

Figure& Figure::band(const Values& x, const Values& low, const Values& high) {
  const Complaint complaint = about_chart("band", content_);
  complaint.require_same_length("x", x.size(), "low ends", low.size());
  complaint.require_same_length("x", x.size(), "high ends", high.size());
  content_.intervals.push_back({drawable(x), drawable(low), drawable(high), latest_colour_, true});
  return *this;
}

Figure& Figure::error_bars(const Values& x, const Values& low, const Values& high) {
  const Complaint complaint = about_chart("error_bars", content_);
  complaint.require_same_length("x", x.size(), "low ends", low.size());
  complaint.require_same_length("x", x.size(), "high ends", high.size());
  content_.intervals.push_back({drawable(x), drawable(low), drawable(high), latest_colour_, false});
  return *this;
}

Figure& Figure::horizontal(double y, std::string label) {
  about_chart("horizontal", content_).require_finite("y", y);
  content_.references.push_back({y, false, std::move(label)});
  return *this;
}

Figure& Figure::vertical(double x, std::string label) {
  about_chart("vertical", content_).require_finite("x", x);
  content_.references.push_back({x, true, std::move(label)});
  return *this;
}

Figure& Figure::note(double x, double y, std::string text) {
  const Complaint complaint = about_chart("note", content_);
  complaint.require_finite("x", x);
  complaint.require_finite("y", y);
  content_.notes.push_back({x, y, std::move(text)});
  return *this;
}

Figure& Figure::matrix(const Grid& values, HeatMapStyle style) {
  const Complaint complaint = about_chart("matrix", content_);
  if (content_.x.logarithmic || content_.y.logarithmic) complaint.raise("a matrix expects linear axes");
  if (style.range) complaint.require_range(*style.range);
  complaint.require_names("rows", style.row_names, values.rows);
  complaint.require_names("columns", style.column_names, values.columns);
  const Grid grid = drawable(values);
  const Range x{-0.5, grid.columns - 0.5}, y{-0.5, grid.rows - 0.5};
  content_.x.names = style.column_names;
  content_.y.names = style.row_names;
  content_.heat_map = HeatMap{grid, grid, std::move(style), true, x, y};
  return *this;
}

Figure& Figure::field(const Grid& values, Range x, Range y, HeatMapStyle style) {
  const Complaint complaint = about_chart("field", content_);
  if (content_.x.logarithmic || content_.y.logarithmic) complaint.raise("a field expects linear axes");
  if (style.range) complaint.require_range(*style.range);
  if (!style.row_names.empty() || !style.column_names.empty())
    complaint.raise("a field has no names of rows or columns");
  complaint.require_range(x);
  complaint.require_range(y);
  const Grid grid = drawable(values);
  content_.heat_map = HeatMap{grid, grid, std::move(style), false, x, y};
  return *this;
}

Figure& Figure::confusion(const Grid& counts, std::vector<std::string> classes) {
  const Complaint complaint("confusion", content_.title);
  if (counts.rows != counts.columns)
    complaint.raise("expected a square of counts, got " + std::to_string(counts.rows) + " x " +
                    std::to_string(counts.columns));
  for (const double count : counts.values)
    if (!(count >= 0)) complaint.raise("expected counts of 0 or more, got " + shown(count));
  HeatMapStyle style;
  style.unit = "share of the row mistaken";
  style.numbers = true;
  style.row_names = classes;
  style.column_names = std::move(classes);
  matrix(counts, std::move(style));
  content_.heat_map->shades = shares_mistaken(counts);
  if (content_.x.label.empty()) content_.x.label = "said";
  if (content_.y.label.empty()) content_.y.label = "was";
  return *this;
}

Figure& Figure::images(std::vector<Picture> pictures, ImageGridStyle style) {
  const Complaint complaint("images", content_.title);
  const bool is_chart = !content_.series.empty() || !content_.intervals.empty() || !content_.bars.empty() ||
                        !content_.references.empty() || !content_.notes.empty() || content_.heat_map;
  if (is_chart) complaint.raise("expected a figure without a chart (use another Figure)");
  if (style.columns < 0) complaint.raise("expected 0 or more columns, got " + std::to_string(style.columns));
  if (style.range) complaint.require_range(*style.range);
  for (Picture& picture : pictures) picture.pixels = drawable(std::move(picture.pixels));
  content_.images = ImageGrid{std::move(pictures), style};
  return *this;
}

DisplayList Figure::draw() const { return content_.images ? draw_images(content_) : draw_chart(content_); }

void Figure::save(const std::filesystem::path& path) const { save_svg(draw(), path); }

DisplayList page(const std::string& title, const std::vector<Figure>& figures, int columns) {
  const Complaint complaint("page", title);
  if (figures.empty()) complaint.raise("expected at least one figure, got none");
  if (columns < 1) complaint.raise("expected at least one column, got " + std::to_string(columns));
  std::vector<DisplayList> panels;
  for (const Figure& figure : figures) panels.push_back(figure.draw());
  return arrange(title, panels, columns);
}

void save_svg(const DisplayList& list, const std::filesystem::path& path) { write_file(path, to_svg(list)); }

}  // namespace handbuilt::plot
