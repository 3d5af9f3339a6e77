#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tasks.hpp"

// A worked neighbour. exp(800) is infinite in a double, so the larger of the two is taken out: log(exp(a) + exp(b)) =
// a + log(1 + exp(b - a)). `log1p(u)` is log(1 + u) and keeps its digits when u is tiny, where 1 + u would be 1.

// #region log_add
double worked::log_add(double a, double b) {
  const double large = std::max(a, b), small = std::min(a, b);
  return large + std::log1p(std::exp(small - large));
}
// #endregion log_add

// Your turn.
double logistic::log_loss(const std::vector<double>& log_odds, const std::vector<int>& labels) {
  // BEGIN SOLUTION log-loss
  not_started();
  // END SOLUTION
}
