#include <cmath>

#include "tasks.hpp"

// A worked neighbour: where the smallest value stands.

// #region place_of_smallest
int worked::place_of_smallest(const std::vector<double>& values) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < values.size(); ++k)
    if (values[k] < values[best]) best = k;
  return static_cast<int>(best);
}
// #endregion place_of_smallest

// Your turn.
int three_parameters::choose_size(const TensorD& errors) {
  // BEGIN SOLUTION choose-size
  not_started();
  // END SOLUTION
}
