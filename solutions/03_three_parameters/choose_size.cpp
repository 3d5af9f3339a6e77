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
  const int folds = errors.shape()[0], sizes = errors.shape()[1];
  std::vector<double> means(static_cast<std::size_t>(sizes), 0);
  for (int fold = 0; fold < folds; ++fold)
    for (int size = 0; size < sizes; ++size) means[static_cast<std::size_t>(size)] += errors(fold, size) / folds;
  const int best = worked::place_of_smallest(means);
  const double mean = means[static_cast<std::size_t>(best)];
  double squares = 0;
  for (int fold = 0; fold < folds; ++fold) squares += (errors(fold, best) - mean) * (errors(fold, best) - mean);
  const double standard_error = std::sqrt(squares / (folds - 1) / folds);
  int size = 0;
  while (means[static_cast<std::size_t>(size)] > mean + standard_error) ++size;
  return size;
  // END SOLUTION
}
