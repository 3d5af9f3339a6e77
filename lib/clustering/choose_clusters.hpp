#pragma once

#include <vector>

#include "clustering/k_means.hpp"
#include "core/interval.hpp"

namespace handbuilt::clustering {

struct StabilityOptions {
  int pairs = 20;         ///< of samples, for each number of clusters
  double fraction = 0.8;  ///< of the rows in a sample, drawn without replacement
  double margin = 0.02;   ///< how much less stable than the best a larger number of clusters may be
  /// How each sample is clustered; `clusters` and `weights` are not looked at.
  KMeansOptions k_means = {.starts = 5};
};

/// Whether the same groups come back from other rows of the same kind.
struct Stability {
  std::vector<int> clusters;            ///< the numbers tried, as given
  std::vector<MeanInterval> agreement;  ///< [numbers tried] of adjusted Rand; the pairs share rows, so it is too narrow
  int chosen = 0;                       ///< the largest number whose mean is within the margin of the best
};

/// For each number of clusters, pairs of samples are clustered; each result labels all rows of x [rows, columns], and
/// agreement is the two labellings' adjusted Rand index. One cluster always agrees, so numbers begin at 2: stability
/// cannot say that there are no groups.
///
/// Throws as fit_k_means does; ValueError for no numbers, a number below 2 or above a sample's rows, fewer than 2
/// pairs, and a fraction that is not within (0, 1). Source: Ben-Hur, Elisseeff and Guyon (2002), "A stability based
/// method for discovering structure in clustered data".
Stability stability(const MatrixView& x, const std::vector<int>& clusters, const StabilityOptions& options,
                    Random& random);

struct GapOptions {
  int references = 20;
  /// How rows and references are clustered; `clusters` and `weights` are not looked at.
  KMeansOptions k_means = {.starts = 5};
};

/// How much smaller the logarithm of the inertia is than for rows without groups.
struct GapStatistic {
  std::vector<int> clusters;           ///< 1 ... most
  std::vector<double> gap;             ///< mean log inertia of the references minus that of the rows
  std::vector<double> standard_error;  ///< of the references' mean, with the spread of a single one
  int chosen = 0;  ///< the smallest number whose gap is at least the next one's less its standard error; or the most
};

/// For 1 ... `most` clusters. The references are uniform in the smallest box, along the columns, that holds all rows.
///
/// Throws as fit_k_means does, ValueError for fewer than 2 references, and where rows have no inertia left: there must
/// be more distinct rows than clusters.
/// Source: Tibshirani, Walther and Hastie (2001), "Estimating the number of clusters in a data set via the gap
/// statistic".
GapStatistic gap_statistic(const MatrixView& x, int most, const GapOptions& options, Random& random);

}  // namespace handbuilt::clustering
