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
  const int all = rows.shape()[0];
  Random random(seed);
  std::vector<int> chosen{random.below(all)};
  std::vector<double> shares(static_cast<std::size_t>(all), std::numeric_limits<double>::infinity());
  while (static_cast<int>(chosen.size()) < clusters) {
    double total = 0;
    for (int row = 0; row < all; ++row) {
      double& share = shares[static_cast<std::size_t>(row)];
      share = std::min(share, worked::squared_distance(rows, row, rows, chosen.back()));
      total += share;
    }
    if (total > 0) {
      chosen.push_back(worked::draw_by_share(shares, random));
      continue;
    }
    int free = 0;
    while (std::find(chosen.begin(), chosen.end(), free) != chosen.end()) ++free;
    chosen.push_back(free);
  }
  return chosen;
  // END SOLUTION
}
