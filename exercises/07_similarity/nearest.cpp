#include <algorithm>
#include <numeric>

#include "tasks.hpp"

// A worked neighbour: the memory that is least like this. The root is left out, as it does not change which is larger.

// #region farthest
int worked::farthest(const TensorD& memories, const std::vector<double>& situation) {
  int farthest = 0;
  double largest = -1;
  for (int row = 0; row < memories.shape()[0]; ++row) {
    double squares = 0;
    for (int d = 0; d < memories.shape()[1]; ++d) {
      const double difference = memories(row, d) - situation[static_cast<std::size_t>(d)];
      squares += difference * difference;
    }
    if (squares > largest) {
      largest = squares;
      farthest = row;
    }
  }
  return farthest;
}
// #endregion farthest

// Your turn.
std::vector<int> similarity::nearest(const TensorD& memories, const std::vector<double>& situation, int k) {
  // BEGIN SOLUTION nearest
  not_started();
  // END SOLUTION
}
