#pragma once

#include <vector>

#include "core/gram_simd.hpp"

namespace handbuilt::clustering::detail {

/// A mixture as the kernel wants it: the log density of row x under component c is
/// log_scale[c] - |whitening_c (x - mean_c)|^2 / 2.
struct WhitenedMixture {
  int components = 0;
  bool full = true;         // whitening is a lower triangle; otherwise a diagonal
  const double* means;      // [components, columns]
  const double* whitening;  // [components, columns, columns] if full, otherwise [components, columns]
  const double* log_scale;  // [components], mixing weight included
};

/// What a pass over rows adds up for component c, r being a row's weight times its responsibility and y = x - mean_c.
struct MixtureSums {
  std::vector<double> total;   // [components], sum of r
  std::vector<double> first;   // [components, columns], sum of r y
  std::vector<double> second;  // [components, columns, columns] of r y y' if full, otherwise [components, columns]
};

/// One look at the rows: each row's log density and responsibilities, and the sums, each where it is asked for. Returns
/// the sum of log densities, each times the row's weight. `row_weights` [rows], `log_density` [rows],
/// `responsibilities` [rows, components] and `sums` may be null; `sums` is overwritten.
double mixture_pass(const handbuilt::detail::Rows& rows, const double* row_weights, const WhitenedMixture& mixture,
                    double* log_density, double* responsibilities, MixtureSums* sums);

/// The same in plain loops: what the fast one is tested against.
double mixture_pass_plain(const handbuilt::detail::Rows& rows, const double* row_weights,
                          const WhitenedMixture& mixture, double* log_density, double* responsibilities,
                          MixtureSums* sums);

}  // namespace handbuilt::clustering::detail
