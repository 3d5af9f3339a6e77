#include "plot/content.hpp"

#include "core/error.hpp"

namespace handbuilt::plot {
namespace {

void require_size(const Grid& grid) {
  const bool fits = grid.rows >= 0 && grid.columns >= 0 &&
                    grid.values.size() == static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns);
  if (!fits)
    throw ShapeError("plot::Grid: expected " + std::to_string(grid.rows) + " x " + std::to_string(grid.columns) +
                     " values, got " + std::to_string(grid.values.size()));
}

}  // namespace

Grid::Grid(int row_count, int column_count, const Values& numbers)
    : rows(row_count), columns(column_count), values(numbers.numbers) {
  require_size(*this);
}

Grid::Grid(const Shape& shape, const Values& numbers) : values(numbers.numbers) {
  for (int d = 0; d + 2 < shape.rank(); ++d)
    if (shape[d] != 1)
      throw ShapeError("plot::Grid: expected a tensor [rows, columns] (extents before these 1), got " +
                       shape.to_string());
  rows = shape.rank() == 1 ? 1 : shape[shape.rank() - 2];
  columns = shape[shape.rank() - 1];
  require_size(*this);
}

}  // namespace handbuilt::plot
