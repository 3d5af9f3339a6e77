#pragma once

#include <vector>

#include "grader/judge/judge.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

/// What several judges of this lesson draw their inputs with.
namespace reference {

/// Whole numbers as doubles: their sums and products are exact in any order.
inline TensorD whole(const Shape& shape, int low = -4, int high = 4) {
  return handbuilt::grader::to_double(handbuilt::grader::whole_numbers(shape, low, high));
}
inline std::vector<double> whole_column(int count, int low, int high) {
  const std::vector<int> values = handbuilt::grader::whole_number_list(count, low, high);
  return {values.begin(), values.end()};
}

/// [rows, columns] times [columns].
inline TensorD product(const TensorD& matrix, const TensorD& vector) {
  TensorD result({matrix.shape()[0]});
  for (int i = 0; i < matrix.shape()[0]; ++i)
    for (int j = 0; j < matrix.shape()[1]; ++j) result(i) += matrix(i, j) * vector(j);
  return result;
}

/// lower * transpose(lower)
inline TensorD squared(const TensorD& lower) {
  const int size = lower.shape()[0];
  TensorD result({size, size});
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j)
      for (int k = 0; k < lower.shape()[1]; ++k) result(i, j) += lower(i, k) * lower(j, k);
  return result;
}

}  // namespace reference
