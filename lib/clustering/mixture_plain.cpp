#include <algorithm>
#include <cmath>
#include <vector>

#include "clustering/mixture_simd.hpp"

namespace handbuilt::clustering::detail {
namespace {

/// |W (x - mean)|^2 for the lower triangle or the diagonal W.
double squared_distance(const double* x, const double* mean, const double* whitening, bool full, int columns) {
  double distance = 0;
  for (int i = 0; i < columns; ++i) {
    double z = 0;
    if (full)
      for (int j = 0; j <= i; ++j) z += whitening[std::ptrdiff_t{i} * columns + j] * (x[j] - mean[j]);
    else
      z = whitening[i] * (x[i] - mean[i]);
    distance += z * z;
  }
  return distance;
}

/// log(sum of exp(values)) without overflow: the largest is taken out first.
double log_sum_exp(const std::vector<double>& values) {
  const double largest = *std::max_element(values.begin(), values.end());
  double sum = 0;
  for (const double value : values) sum += std::exp(value - largest);
  return largest + std::log(sum);
}

}  // namespace

double mixture_pass_plain(const handbuilt::detail::Rows& rows, const double* row_weights,
                          const WhitenedMixture& mixture, double* log_density, double* responsibilities,
                          MixtureSums* sums) {
  const auto d = static_cast<std::size_t>(rows.columns), k = static_cast<std::size_t>(mixture.components);
  const std::size_t second_size = mixture.full ? d * d : d;
  if (sums != nullptr)
    *sums = {std::vector<double>(k), std::vector<double>(k * d), std::vector<double>(k * second_size)};

  double log_likelihood = 0;
  std::vector<double> log_densities(k);
  for (int row = 0; row < rows.rows; ++row) {
    // Expectation: how much each component has to do with this row.
    const double* x = rows.x + row * rows.stride;
    for (std::size_t c = 0; c < k; ++c)
      log_densities[c] =
          mixture.log_scale[c] -
          squared_distance(x, mixture.means + c * d, mixture.whitening + c * second_size, mixture.full, rows.columns) /
              2;
    const double total = log_sum_exp(log_densities);
    if (log_density != nullptr) log_density[row] = total;
    const double weight = row_weights == nullptr ? 1 : row_weights[row];
    log_likelihood += weight * total;

    // What maximisation needs: each component's weighted sums.
    for (std::size_t c = 0; c < k; ++c) {
      const double responsibility = std::exp(log_densities[c] - total);
      if (responsibilities != nullptr) *responsibilities++ = responsibility;
      if (sums == nullptr) continue;
      const double r = weight * responsibility;
      const double* mean = mixture.means + c * d;
      double* second = sums->second.data() + c * second_size;
      sums->total[c] += r;
      for (std::size_t i = 0; i < d; ++i) {
        sums->first[c * d + i] += r * (x[i] - mean[i]);
        if (mixture.full)
          for (std::size_t j = 0; j < d; ++j) second[i * d + j] += r * (x[i] - mean[i]) * (x[j] - mean[j]);
        else
          second[i] += r * (x[i] - mean[i]) * (x[i] - mean[i]);
      }
    }
  }
  return log_likelihood;
}

}  // namespace handbuilt::clustering::detail
