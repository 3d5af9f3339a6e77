#include "tasks.hpp"

// A worked neighbour: drawing rows with replacement. `Random` is the course's generator: the same seed, the same
// numbers, on every machine. Some rows come twice here, and some never: fine for a bootstrap, useless for a split.

// #region draw_with_replacement
std::vector<int> worked::draw_with_replacement(int rows, int count, std::uint64_t seed) {
  Random random(seed);
  std::vector<int> drawn;
  for (int draw = 0; draw < count; ++draw) drawn.push_back(random.below(rows));
  return drawn;
}
// #endregion draw_with_replacement

// Your turn.
flat_rate::Split flat_rate::split(int rows, int validation_rows, int test_rows, std::uint64_t seed) {
  // BEGIN SOLUTION split
  not_started();
  // END SOLUTION
}
