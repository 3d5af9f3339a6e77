#include <cmath>
#include <cstddef>
#include <limits>

#include "tasks.hpp"

// A worked neighbour: another penalty, for another family of models.

// #region degree_by_aic
int worked::degree_by_aic(const std::vector<int>& degrees, const std::vector<double>& log_likelihoods) {
  int best = 0;
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t fit = 0; fit < degrees.size(); ++fit) {
    const int parameters = degrees[fit] + 1 + 1;
    const double aic = -2 * log_likelihoods[fit] + 2 * parameters;
    if (aic < smallest) {
      smallest = aic;
      best = degrees[fit];
    }
  }
  return best;
}
// #endregion degree_by_aic

// Your turn.
mixtures::Choice mixtures::choose_components(const std::vector<int>& components,
                                             const std::vector<double>& log_likelihoods, int rows, int columns) {
  // BEGIN SOLUTION choose-components
  not_started();
  // END SOLUTION
}
