#include <cmath>
#include <cstddef>
#include <numbers>

#include "tasks.hpp"

// A worked neighbour: how likely several waiting times are together, each with a rate of its own. The density is a
// product; its log is a sum, and never becomes too small for a double.

// #region log_waiting_density
double worked::log_waiting_density(const std::vector<double>& waits, const std::vector<double>& rates) {
  double sum = 0;
  for (std::size_t i = 0; i < waits.size(); ++i) sum += std::log(rates[i]) - rates[i] * waits[i];
  return sum;
}
// #endregion log_waiting_density

// Your turn. std::numbers::pi is pi.
TensorD mixtures::log_densities(const TensorD& rows, const Mixture& mixture) {
  // BEGIN SOLUTION log-densities
  not_started();
  // END SOLUTION
}
