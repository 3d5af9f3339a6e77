#include "tasks.hpp"

// A worked neighbour: one row, one direction, and an origin that is given. A product of entries, added up, says how far
// along a direction of length 1 something lies.

// #region how_far_along
double worked::how_far_along(const std::vector<double>& row, const std::vector<double>& origin,
                             const std::vector<double>& direction) {
  double along = 0;
  for (std::size_t d = 0; d < row.size(); ++d) along += (row[d] - origin[d]) * direction[d];
  return along;
}
// #endregion how_far_along

// Your turn.
TensorD similarity::project(const TensorD& train, const TensorD& directions, const TensorD& rows) {
  // BEGIN SOLUTION project
  not_started();
  // END SOLUTION
}
