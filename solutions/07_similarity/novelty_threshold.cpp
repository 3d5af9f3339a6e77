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
  const auto places = static_cast<int>(std::floor(rate * static_cast<double>(scores.size() + 1) + 1e-9));
  if (places < 1) return std::numeric_limits<double>::infinity();
  std::vector<double> ascending_scores = scores;
  std::sort(ascending_scores.begin(), ascending_scores.end());
  return ascending_scores[ascending_scores.size() - static_cast<std::size_t>(places)];
  // END SOLUTION
}
