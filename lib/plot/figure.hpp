#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plot/content.hpp"
#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// How a series looks. Left free, it takes the next colour of the palette.
struct SeriesStyle {
  int colour = -1;      ///< 0, 1, 2 ... of the palette
  bool dashed = false;  ///< for lines
};

/// A chart in three lines:
///
///   Figure figure("Accuracy on digits it has not seen");
///   figure.axes("epoch", "accuracy").line(training, "training").line(validation, "validation");
///   figure.save("accuracy.svg");
///
/// Numbers come as any container of numbers, a tensor included. NaN, infinities and, on a logarithmic axis, numbers not
/// above zero are gaps. A figure without data says so. Every call that cannot be drawn throws ValueError at once, and
/// the figure stays as it was.
///
/// A figure is a chart (lines, points, bars, bands, a heat map under them) or a grid of images, not both.
class Figure {
 public:
  explicit Figure(std::string title = "");

  // What the figure is.
  Figure& axes(std::string x_label, std::string y_label);
  /// In pixels of a page without magnification; from 120 to 10,000 each.
  Figure& size(double width, double height);
  /// The alternative text. Left out, it is composed from the content.
  Figure& description(std::string text);
  /// Fixed ends of an axis; what lies outside is cut off. Left out, they follow the data.
  Figure& x_range(double low, double high);
  Figure& y_range(double low, double high);
  Figure& log_x();
  Figure& log_y();
  /// Names under the x axis at 0, 1, 2, ...: bars stand on them.
  Figure& categories(std::vector<std::string> names);

  // Series. An empty label leaves a series out of the legend.
  Figure& line(const Values& y, std::string label, SeriesStyle style = {});  ///< x is 0, 1, 2, ...
  Figure& line(const Values& x, const Values& y, std::string label, SeriesStyle style = {});
  Figure& points(const Values& x, const Values& y, std::string label, SeriesStyle style = {});
  /// Bars at 0, 1, 2, ... from zero; calling again groups the next series beside them. `errors`, when given, reach as
  /// far up as down.
  Figure& bars(const Values& heights, std::string label, const Values& errors = {}, SeriesStyle style = {});
  /// An interval shaded from `low` to `high`, and error bars. Both take the colour of the series before them.
  Figure& band(const Values& x, const Values& low, const Values& high);
  Figure& error_bars(const Values& x, const Values& low, const Values& high);

  // Help for the eye.
  Figure& horizontal(double y, std::string label = "");
  Figure& vertical(double x, std::string label = "");
  Figure& note(double x, double y, std::string text);

  // Heat maps. NaN is drawn as mid grey.
  /// A matrix as it is written: row 0 on top, a cell an entry. The axes count rows and columns or take names.
  Figure& matrix(const Grid& values, HeatMapStyle style = {});
  /// A function of x and y, under the other series: row 0 is the lowest y; cells tile the two ranges.
  Figure& field(const Grid& values, Range x, Range y, HeatMapStyle style = {});
  /// Rows are what was true, columns what was said. Each cell shows its count; mistakes are shaded by their
  /// share of the row, and the diagonal is grey.
  Figure& confusion(const Grid& counts, std::vector<std::string> classes);

  /// Pictures in rows of `columns` (0: as many as fit well); the page ends below them.
  Figure& images(std::vector<Picture> pictures, ImageGridStyle style = {});

  [[nodiscard]] DisplayList draw() const;
  [[nodiscard]] const Content& content() const { return content_; }

  /// Writes `draw()` as SVG. Throws DataError when the file cannot be written.
  void save(const std::filesystem::path& path) const;

 private:
  int next_colour(const SeriesStyle& style);

  Content content_;
  int colours_used_ = 0, latest_colour_ = 0;
};

/// Figures side by side on one page, in rows of `columns`, each as wide and high as its own size says. Throws
/// ValueError without figures or columns.
DisplayList page(const std::string& title, const std::vector<Figure>& figures, int columns = 2);

/// Writes a display list as SVG. Throws DataError when the file cannot be written.
void save_svg(const DisplayList& list, const std::filesystem::path& path);

}  // namespace handbuilt::plot
