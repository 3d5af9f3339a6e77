#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

#include "core/tensor.hpp"

/// What the judges of several lessons compute with: columns of numbers and small tables.
namespace handbuilt::grader {

using Column = std::vector<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline std::size_t place(int index) { return static_cast<std::size_t>(index); }

inline double sum_of(const Column& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
inline double mean_of(const Column& values) { return sum_of(values) / static_cast<double>(values.size()); }

inline Column sorted(Column values) {
  std::sort(values.begin(), values.end());
  return values;
}

/// A column or a table with every number changed.
template <class Numbers>
Numbers each(Numbers numbers, double (*function)(double)) {
  for (double& number : numbers) number = function(number);
  return numbers;
}
template <class Numbers>
Numbers times(Numbers numbers, double factor) {
  for (double& number : numbers) number *= factor;
  return numbers;
}

inline TensorD filled_with(const Shape& shape, double value) {
  TensorD table(shape);
  std::fill(table.begin(), table.end(), value);
  return table;
}

inline Column row_of(const TensorD& table, int row) {
  Column values;
  for (int d = 0; d < table.shape()[1]; ++d) values.push_back(table(row, d));
  return values;
}

inline Column column_of(const TensorD& table, int column) {
  Column values;
  for (int n = 0; n < table.shape()[0]; ++n) values.push_back(table(n, column));
  return values;
}

inline TensorD transposed(const TensorD& table) {
  TensorD result({table.shape()[1], table.shape()[0]});
  for (int i = 0; i < table.shape()[0]; ++i)
    for (int j = 0; j < table.shape()[1]; ++j) result(j, i) = table(i, j);
  return result;
}

}  // namespace handbuilt::grader
