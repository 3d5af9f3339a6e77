#include <algorithm>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: halfway between the smallest and the largest value. One wild value drags it anywhere.

// #region midrange
double worked::midrange(const std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  double smallest = values[0], largest = values[0];
  for (const double value : values) {
    smallest = std::min(smallest, value);
    largest = std::max(largest, value);
  }
  return (smallest + largest) / 2;
}
// #endregion midrange

// Your turn.
double flat_rate::median(const std::vector<double>& values) {
  // BEGIN SOLUTION median
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
  // END SOLUTION
}
