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
  const int readings = train.shape()[1];
  std::vector<double> mean(static_cast<std::size_t>(readings), 0);
  for (int d = 0; d < readings; ++d)
    for (int n = 0; n < train.shape()[0]; ++n) mean[static_cast<std::size_t>(d)] += train(n, d) / train.shape()[0];
  TensorD result({rows.shape()[0], directions.shape()[0]});
  for (int n = 0; n < rows.shape()[0]; ++n)
    for (int c = 0; c < directions.shape()[0]; ++c)
      for (int d = 0; d < readings; ++d)
        result(n, c) += (rows(n, d) - mean[static_cast<std::size_t>(d)]) * directions(c, d);
  return result;
  // END SOLUTION
}
