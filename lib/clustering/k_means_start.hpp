#pragma once

#include <vector>

#include "clustering/k_means_rows.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering {

/// Different rows to start k-means from, each drawn with a chance proportional to its weight. Throws ValueError unless
/// 1 <= clusters <= rows that have a weight.
template <class Scalar>
std::vector<int> random_start(const KMeansRows<Scalar>& rows, int clusters, Random& random);

/// k-means++, greedily: each further row is the best of `candidates` rows drawn with a chance proportional to weight
/// times squared distance from the nearest row chosen so far; the best is the one that leaves the smallest inertia.
/// `candidates` <= 0 takes 2 + floor(ln(clusters)), 1 is the method as first published. Where every row has been chosen
/// or equals one that has, further ones are drawn as in random_start.
///
/// Throws as random_start does.
/// Source: Arthur and Vassilvitskii (2007), "k-means++: the advantages of careful seeding".
template <class Scalar>
std::vector<int> plus_plus_start(const KMeansRows<Scalar>& rows, int clusters, Random& random, int candidates = 0);

extern template std::vector<int> random_start(const KMeansRows<float>&, int, Random&);
extern template std::vector<int> random_start(const KMeansRows<double>&, int, Random&);
extern template std::vector<int> plus_plus_start(const KMeansRows<float>&, int, Random&, int);
extern template std::vector<int> plus_plus_start(const KMeansRows<double>&, int, Random&, int);

}  // namespace handbuilt::clustering
