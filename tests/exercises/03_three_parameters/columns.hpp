#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "core/tensor.hpp"
#include "tests/exercises/numbers.hpp"

/// Columns of tables, as the judges of this lesson compute with them.
namespace columns {

using handbuilt::TensorD;
using handbuilt::grader::Column;

inline std::vector<Column> columns_of(const TensorD& table) {
  std::vector<Column> columns;
  for (int d = 0; d < table.shape()[1]; ++d) columns.push_back(handbuilt::grader::column_of(table, d));
  return columns;
}

inline Column centred(Column values) {
  const double mean = handbuilt::grader::mean_of(values);
  for (double& value : values) value -= mean;
  return values;
}

inline double product(const Column& a, const Column& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

inline Column minus(Column a, double share, const Column& b) {
  for (std::size_t n = 0; n < a.size(); ++n) a[n] -= share * b[n];
  return a;
}

inline double standard_deviation(const Column& values, double less) {
  const Column deviations = centred(values);
  return std::sqrt(product(deviations, deviations) / (static_cast<double>(values.size()) - less));
}

}  // namespace columns
