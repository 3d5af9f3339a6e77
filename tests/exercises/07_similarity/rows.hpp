#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "core/matrix.hpp"
#include "core/tensor.hpp"

/// Rows of tables, as the judges of this lesson compute with them.
namespace rows {

using handbuilt::MatrixD;
using handbuilt::TensorD;
using Row = std::vector<double>;

inline std::size_t place(int index) { return static_cast<std::size_t>(index); }

inline Row row_of(const TensorD& table, int row) {
  Row values;
  for (int d = 0; d < table.shape()[1]; ++d) values.push_back(table(row, d));
  return values;
}

inline double distance(const Row& a, const Row& b) {
  double squares = 0;
  for (std::size_t d = 0; d < a.size(); ++d) squares += (a[d] - b[d]) * (a[d] - b[d]);
  return std::sqrt(squares);
}

inline MatrixD as_matrix(const TensorD& table) {
  MatrixD matrix(table.shape()[0], table.shape()[1]);
  for (int n = 0; n < table.shape()[0]; ++n)
    for (int d = 0; d < table.shape()[1]; ++d) matrix(n, d) = table(n, d);
  return matrix;
}

inline Row means_of(const TensorD& table) {
  Row means(place(table.shape()[1]), 0);
  for (int n = 0; n < table.shape()[0]; ++n)
    for (int d = 0; d < table.shape()[1]; ++d) means[place(d)] += table(n, d);
  for (double& mean : means) mean /= table.shape()[0];
  return means;
}

}  // namespace rows
