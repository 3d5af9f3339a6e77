#include <cmath>

#include "tasks.hpp"

// A worked neighbour: the nearest of some numbers. Only a nearer one takes the place, so the first of equals keeps it.

// #region nearest_number
int worked::nearest_number(const std::vector<double>& numbers, double x) {
  std::size_t nearest = 0;
  for (std::size_t k = 1; k < numbers.size(); ++k)
    if (std::abs(numbers[k] - x) < std::abs(numbers[nearest] - x)) nearest = k;
  return static_cast<int>(nearest);
}
// #endregion nearest_number

// Your turn. `worked::squared_distance` stands in tasks.hpp.
std::vector<int> k_means::assign(const TensorD& rows, const TensorD& centroids) {
  // BEGIN SOLUTION assign
  std::vector<int> labels;
  for (int row = 0; row < rows.shape()[0]; ++row) {
    int nearest = 0;
    for (int c = 1; c < centroids.shape()[0]; ++c)
      if (worked::squared_distance(rows, row, centroids, c) < worked::squared_distance(rows, row, centroids, nearest))
        nearest = c;
    labels.emplace_back(nearest);
  }
  return labels;
  // END SOLUTION
}
