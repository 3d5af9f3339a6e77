#include <cmath>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: what each action gained wherever it was done. It knows nothing of likeness: every memory counts
// the same.

// #region mean_gains
std::vector<double> worked::mean_gains(const std::vector<int>& actions_done, const std::vector<double>& gains,
                                       int actions) {
  std::vector<double> sums(static_cast<std::size_t>(actions), 0), counts(static_cast<std::size_t>(actions), 0);
  for (std::size_t n = 0; n < gains.size(); ++n) {
    const auto action = static_cast<std::size_t>(actions_done[n]);
    sums[action] += gains[n];
    counts[action] += 1;
  }
  for (std::size_t action = 0; action < sums.size(); ++action)
    sums[action] = counts[action] > 0 ? sums[action] / counts[action] : std::numeric_limits<double>::quiet_NaN();
  return sums;
}
// #endregion mean_gains

// Your turn.
similarity::Recalled similarity::recall(const Memory& memory, const std::vector<double>& situation, int actions,
                                        double width, double familiar_distance) {
  // BEGIN SOLUTION recall
  std::vector<double> sums(static_cast<std::size_t>(actions), 0), weights(static_cast<std::size_t>(actions), 0);
  for (std::size_t n = 0; n < memory.gains.size(); ++n) {
    double squares = 0;
    for (std::size_t d = 0; d < situation.size(); ++d) {
      const double difference = memory.situations(static_cast<int>(n), static_cast<int>(d)) - situation[d];
      squares += difference * difference;
    }
    if (std::sqrt(squares) > familiar_distance) continue;
    const double weight = std::exp(-squares / (width * width) / 2);
    sums[static_cast<std::size_t>(memory.actions[n])] += weight * memory.gains[n];
    weights[static_cast<std::size_t>(memory.actions[n])] += weight;
  }
  Recalled recalled;
  for (std::size_t action = 0; action < sums.size(); ++action) {
    const bool is_known = weights[action] > 0;
    recalled.gains.push_back(is_known ? sums[action] / weights[action] : std::numeric_limits<double>::quiet_NaN());
    if (is_known &&
        (recalled.best < 0 || recalled.gains[action] > recalled.gains[static_cast<std::size_t>(recalled.best)]))
      recalled.best = static_cast<int>(action);
  }
  return recalled;
  // END SOLUTION
}
