#include <algorithm>
#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: 1e200 squared is infinite in a double, though an arrow of that length is not. Take out what is
// largest first; what is squared then lies between -1 and 1.

// #region length
double worked::length(const std::vector<double>& x) {
  double largest = 0, sum = 0;
  for (const double value : x) largest = std::max(largest, std::abs(value));
  if (largest == 0) return 0;
  for (const double value : x) sum += (value / largest) * (value / largest);
  return largest * std::sqrt(sum);
}
// #endregion length

// Your turn.
double mixtures::log_sum_exp(const std::vector<double>& values) {
  // BEGIN SOLUTION log-sum-exp
  not_started();
  // END SOLUTION
}
