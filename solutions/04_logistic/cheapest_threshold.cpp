#include <cstddef>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: what one threshold costs.

// #region cost_of
double worked::cost_of(double threshold, const std::vector<double>& probabilities, const std::vector<int>& labels,
                       double false_alarm, double miss) {
  double cost = 0;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const bool yes = probabilities[n] >= threshold;
    if (yes && labels[n] == 0) cost += false_alarm;
    if (!yes && labels[n] == 1) cost += miss;
  }
  return cost / static_cast<double>(labels.size());
}
// #endregion cost_of

// Your turn: which thresholds need trying?
logistic::Choice logistic::cheapest_threshold(const std::vector<double>& probabilities, const std::vector<int>& labels,
                                              double false_alarm, double miss) {
  // BEGIN SOLUTION cheapest-threshold
  const double never = std::numeric_limits<double>::infinity();
  Choice best{never, worked::cost_of(never, probabilities, labels, false_alarm, miss)};
  for (const double threshold : probabilities) {
    const double cost = worked::cost_of(threshold, probabilities, labels, false_alarm, miss);
    if (cost < best.cost) best = {threshold, cost};
  }
  return best;
  // END SOLUTION
}
