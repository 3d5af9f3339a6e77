#include <algorithm>
#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: the other way round. Given a threshold, how many scores lie above it?

// #region share_above
double worked::share_above(const std::vector<double>& scores, double threshold) {
  int above = 0;
  for (const double score : scores)
    if (score > threshold) ++above;
  return above / static_cast<double>(scores.size());
}
// #endregion share_above

// Your turn.
double similarity::novelty_threshold(const std::vector<double>& scores, double rate) {
  // BEGIN SOLUTION novelty-threshold
  not_started();
  // END SOLUTION
}
