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
  const auto size = static_cast<std::size_t>(bins);
  Calibration result{std::vector<int>(size, 0), std::vector<double>(size, 0), std::vector<double>(size, 0), 0};
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const std::size_t bin = std::min(static_cast<std::size_t>(probabilities[n] * bins), size - 1);
    ++result.counts[bin];
    result.predicted[bin] += probabilities[n];
    result.observed[bin] += labels[n];
  }
  for (std::size_t bin = 0; bin < size; ++bin) {
    if (result.counts[bin] > 0)
      result.error += std::abs(result.predicted[bin] - result.observed[bin]) / static_cast<double>(labels.size());
    result.predicted[bin] /= result.counts[bin];  // 0 / 0 is NaN
    result.observed[bin] /= result.counts[bin];
  }
  return result;
  // END SOLUTION
}
