#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tasks.hpp"

// A worked neighbour: counts become shares of their row, and the logs of the rows' sums are added up.

// #region shares
worked::Shares worked::shares(const TensorD& counts) {
  const int rows = counts.shape()[0], columns = counts.shape()[1];
  Shares result{TensorD(counts.shape()), 0};
  for (int n = 0; n < rows; ++n) {
    double sum = 0;
    for (int k = 0; k < columns; ++k) sum += counts(n, k);
    for (int k = 0; k < columns; ++k) result.shares(n, k) = counts(n, k) / sum;
    result.log_sums += std::log(sum);
  }
  return result;
}
// #endregion shares

// Your turn: the same for numbers of which you have only the logs. Your own `log_sum_exp` is there to be called.
mixtures::Expectation mixtures::expectation(const TensorD& log_densities) {
  // BEGIN SOLUTION expectation
  const int rows = log_densities.shape()[0], components = log_densities.shape()[1];
  Expectation result{TensorD(log_densities.shape()), 0};
  std::vector<double> logs(static_cast<std::size_t>(components));
  for (int n = 0; n < rows; ++n) {
    for (int c = 0; c < components; ++c) logs[static_cast<std::size_t>(c)] = log_densities(n, c);
    const double log_total = log_sum_exp(logs);
    for (int c = 0; c < components; ++c) result.responsibilities(n, c) = std::exp(log_densities(n, c) - log_total);
    result.log_likelihood += log_total;
  }
  return result;
  // END SOLUTION
}
