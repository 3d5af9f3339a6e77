#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tasks.hpp"

// A worked neighbour: how many values fall into each bin. `high` itself would fall into a bin that is not there.

// #region histogram
std::vector<int> worked::histogram(const std::vector<double>& values, double low, double high, int bins) {
  std::vector<int> counts(static_cast<std::size_t>(bins), 0);
  for (const double value : values) {
    const int bin = static_cast<int>((value - low) / (high - low) * bins);
    ++counts[static_cast<std::size_t>(std::min(bin, bins - 1))];
  }
  return counts;
}
// #endregion histogram

// Your turn.
logistic::Calibration logistic::calibration(const std::vector<double>& probabilities, const std::vector<int>& labels,
                                            int bins) {
  // BEGIN SOLUTION calibration
  not_started();
  // END SOLUTION
}
