#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "core/tensor.hpp"
#include "plot/colour_map.hpp"

namespace handbuilt::plot {

namespace detail {
template <class Type>
concept Number = std::is_arithmetic_v<Type> && !std::is_same_v<Type, char>;
template <class Range>
concept NumberRange = requires(const Range& range) {
  std::begin(range);
  std::end(range);
  requires Number<std::decay_t<decltype(*std::begin(range))>>;
};
}  // namespace detail

/// A list of numbers to be drawn, made from any container of numbers. Beyond 1e300 a number counts as infinite.
struct Values {
  std::vector<double> numbers;

  Values() = default;
  Values(std::initializer_list<double> list) : numbers(list) {}
  template <detail::NumberRange Range>
  Values(const Range& range) {
    for (const auto value : range) numbers.push_back(static_cast<double>(value));
  }
  [[nodiscard]] std::size_t size() const { return numbers.size(); }
};

/// A rectangle of numbers, row by row. Made from a tensor whose extents before the last two are 1.
struct Grid {
  int rows = 0, columns = 0;
  std::vector<double> values;

  Grid() = default;
  /// Throws ShapeError unless there are rows * columns numbers.
  Grid(int row_count, int column_count, const Values& numbers);
  template <class Scalar>
  Grid(const BasicTensor<Scalar>& tensor) : Grid(tensor.shape(), Values(tensor)) {}

  [[nodiscard]] double operator()(int row, int column) const {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  }

 private:
  Grid(const Shape& shape, const Values& numbers);
};

struct Range {
  double low = 0, high = 0;
};

struct HeatMapStyle {
  ColourMap map = ColourMap::sequential;
  std::optional<Range> range =
      {};                 ///< values of the map's two ends; else the data's, for `diverging` symmetric about 0
  std::string unit = "";  ///< names the colour bar
  bool colour_bar = true;
  bool numbers = false;  ///< write each value into its cell
  std::vector<std::string> row_names = {}, column_names = {};
};

/// One cell of an image grid.
struct Picture {
  Grid pixels;
  std::string caption = "";
  bool marked = false;  ///< framed, to stand out: a mistake, the winner
};

struct ImageGridStyle {
  ColourMap map = ColourMap::grey;
  int columns = 0;                  ///< 0: as many as fit well
  std::optional<Range> range = {};  ///< for all pictures; else each picture's own, for `diverging` symmetric about 0
};

/// Points, joined into a line or not. `x` and `y` are equally long.
struct Series {
  std::vector<double> x, y;
  std::string label;
  int colour = 0;
  bool joined = false;
  bool dashed = false;
};

/// What reaches from `low` to `high` at each `x`: a shaded band, or error bars.
struct Interval {
  std::vector<double> x, low, high;
  int colour = 0;
  bool shaded = false;
};

struct BarSeries {
  std::vector<double> heights, errors;  ///< `errors` is empty or as long as `heights`
  std::string label;
  int colour = 0;
};

struct ReferenceLine {
  double at = 0;
  bool vertical = false;
  std::string label;
};

struct Note {
  double x = 0, y = 0;
  std::string text;
};

struct HeatMap {
  Grid values;  ///< decides the text in the cells
  Grid shades;  ///< decides the colour of the cells
  HeatMapStyle style;
  bool matrix = false;  ///< row 0 on top, a unit square a cell, no grid lines
  Range x, y;
};

struct ImageGrid {
  std::vector<Picture> pictures;
  ImageGridStyle style;
};

struct Axis {
  std::string label;
  std::optional<Range> range;
  bool logarithmic = false;
  std::vector<std::string> names;  ///< of the places 0, 1, 2, ...; empty on an axis of numbers
};

/// All that a Figure holds: what to draw, checked, and nothing of how.
struct Content {
  std::string title, description;
  double width = 640, height = 400;
  Axis x, y;
  std::vector<Series> series;
  std::vector<Interval> intervals;
  std::vector<BarSeries> bars;
  std::vector<ReferenceLine> references;
  std::vector<Note> notes;
  std::optional<HeatMap> heat_map;
  std::optional<ImageGrid> images;
};

}  // namespace handbuilt::plot
