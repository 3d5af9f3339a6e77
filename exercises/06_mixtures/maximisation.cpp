#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tasks.hpp"

// A worked neighbour: the mean and variance of one column of values, each counted by its weight. First the mean, then
// the squares around it: mean(x^2) - mean^2 would lose its digits where values lie far from 0.

// #region weighted_moments
worked::Moments worked::weighted_moments(const std::vector<double>& values, const std::vector<double>& weights) {
  double total = 0;
  Moments result;
  for (std::size_t n = 0; n < values.size(); ++n) {
    total += weights[n];
    result.mean += weights[n] * values[n];
  }
  result.mean /= total;
  for (std::size_t n = 0; n < values.size(); ++n)
    result.variance += weights[n] * (values[n] - result.mean) * (values[n] - result.mean);
  result.variance /= total;
  return result;
}
// #endregion weighted_moments

// Your turn. You may call weighted_moments, or do without it.
mixtures::Mixture mixtures::maximisation(const TensorD& rows, const TensorD& responsibilities, const Mixture& before,
                                         double floor) {
  // BEGIN SOLUTION maximisation
  not_started();
  // END SOLUTION
}
