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
  const int count = rows.shape()[0], columns = rows.shape()[1], components = mixture.means.shape()[0];
  TensorD result({count, components});
  for (int n = 0; n < count; ++n)
    for (int c = 0; c < components; ++c) {
      double sum = std::log(mixture.weights[static_cast<std::size_t>(c)]);
      for (int i = 0; i < columns; ++i) {
        const double away = rows(n, i) - mixture.means(c, i), variance = mixture.variances(c, i);
        sum -= (std::log(2 * std::numbers::pi * variance) + away * away / variance) / 2;
      }
      result(n, c) = sum;
    }
  return result;
  // END SOLUTION
}
