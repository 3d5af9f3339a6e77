#include <algorithm>
#include <limits>

#include "tasks.hpp"

// A worked neighbour, and a tool for you: a draw by shares. Lay the shares end to end and put a finger down anywhere.

// #region draw_by_share
int worked::draw_by_share(const std::vector<double>& shares, Random& random) {
  double total = 0;
  for (const double share : shares) total += share;
  double finger = random.uniform() * total;
  std::size_t last = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (shares[k] <= 0) continue;
    last = k;
    if (finger < shares[k]) break;
    finger -= shares[k];
  }
  return static_cast<int>(last);
}
// #endregion draw_by_share

// Your turn.
std::vector<int> k_means::plus_plus_start(const TensorD& rows, int clusters, std::uint64_t seed) {
  // BEGIN SOLUTION plus-plus-start
  not_started();
  // END SOLUTION
}
