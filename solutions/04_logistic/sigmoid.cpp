#include <algorithm>
#include <cmath>

#include "tasks.hpp"

// A worked neighbour: 1e200 squared is infinite in a double, though an arrow of that length is not. Take out what is
// large first; what is left under the root lies between 1 and 2, and never overflows.

// #region length
double worked::length(double x, double y) {
  const double large = std::max(std::abs(x), std::abs(y)), small = std::min(std::abs(x), std::abs(y));
  if (large == 0) return 0;
  const double ratio = small / large;  // between 0 and 1
  return large * std::sqrt(1 + ratio * ratio);
}
// #endregion length

// Your turn.
double logistic::sigmoid(double z) {
  // BEGIN SOLUTION sigmoid
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const double odds = std::exp(z);  // between 0 and 1
  return odds / (1 + odds);
  // END SOLUTION
}
