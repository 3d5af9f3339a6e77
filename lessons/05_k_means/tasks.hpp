#pragma once

#include <cstdint>
#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: grouping rows that nobody has named, and judging the groups.
///
/// Rows are tables [rows, columns], `rows(row, column)`; centroids are tables [clusters, columns] with the same
/// columns. There is at least one of each. A label is the number of a row's centroid, 0 ... clusters - 1. All numbers
/// are finite, of any size: a unit may be a nanometre. Functions leave what they are given as it was.
namespace k_means {

/// For each row the nearest centroid: the one at the smallest Euclidean distance (the root of the summed squares of the
/// differences), the first of several that are equally near.
///
/// rows [rows, columns], centroids [clusters, columns]; returns labels [rows]
std::vector<int> assign(const TensorD& rows, const TensorD& centroids);

/// Centroids, and which row belongs to which.
struct Clusters {
  TensorD centroids;        ///< [clusters, columns]
  std::vector<int> labels;  ///< [rows], any of 0 ... clusters - 1
};
HANDBUILT_FIELDS(Clusters, centroids, labels)

/// Moves every centroid to the mean of its rows.
///
/// Before that, each centroid without rows takes one, centroid 0 first: of all rows that are not the only one of their
/// cluster, the row farthest from the centroid it has (where `before` says that centroid is), the first of several. The
/// row gets the taker's label and is then its only row. Where all such rows lie exactly on their centroids, or there
/// are none, the centroid takes nothing and stays where it is.
///
/// rows [rows, columns]; before.labels need not be those of the nearest centroids
Clusters update(const TensorD& rows, const Clusters& before);

/// k-means++: which rows to start from, all different, in the order in which they were chosen. The first is any row,
/// all with the same chance. Each further one is drawn with chances proportional to the squared distance from a row to
/// the nearest of those chosen so far. When every row lies on a chosen one, the next may be any that is not chosen yet.
///
/// rows [rows, columns]; clusters from 1 to the number of rows
/// seed  of the draws: the same seed gives the same rows. `Random random(seed);` makes a stream of them,
///       random.below(n) is one of 0 ... n - 1, random.uniform() lies in [0, 1).
std::vector<int> plus_plus_start(const TensorD& rows, int clusters, std::uint64_t seed);

/// What k-means ends with.
struct Grouping {
  TensorD centroids;        ///< [clusters, columns]
  std::vector<int> labels;  ///< [rows] what `assign` says for these centroids
  double inertia = 0;       ///< the sum over all rows of the squared distance to their centroid
};
HANDBUILT_FIELDS(Grouping, centroids, labels, inertia)

/// Lloyd's algorithm: steps of `assign`, then `update`, until a step moves no centroid, and at most `most_steps` of
/// them (0 or more).
///
/// rows [rows, columns], centroids [clusters, columns] to start from
Grouping lloyd(const TensorD& rows, const TensorD& centroids, int most_steps);

/// How well each row fits its cluster: (b - a) / (the larger of a and b), where a is the row's mean distance to the
/// other rows of its cluster and b its mean distance to the rows of another cluster, of that one where it is smallest.
/// 0 for a row that is alone in its cluster, and where a and b are both 0.
///
/// rows [rows, columns]; labels [rows] of at least 0, at least two of them in use, not necessarily all up to the
/// largest
std::vector<double> silhouette(const TensorD& rows, const std::vector<int>& labels);

/// How many clusters come back whatever sample they are found in. centroids[0] and centroids[1] were found in two
/// samples of the rows, centroids[2] and centroids[3] in another two, and so on; the two of a pair have the same number
/// of clusters. Each pair gives two labellings of all rows (what `assign` says), which agree by
/// `worked::adjusted_rand`. The agreement of a number of clusters is the mean over the pairs with that number.
///
/// Returns the largest number of clusters whose agreement is at least the best agreement - margin.
///
/// rows [rows, columns], centroids: each [clusters, columns]; at least one pair. Numbers of clusters come in any order.
int choose_clusters(const TensorD& rows, const std::vector<TensorD>& centroids, double margin);

}  // namespace k_means

/// Given in full: one stands above each blank and does something close to what is asked.
namespace worked {

/// The squared Euclidean distance between row i of a and row j of b, which have the same columns. For all tasks.
// #region squared_distance
inline double squared_distance(const TensorD& a, int i, const TensorD& b, int j) {
  double sum = 0;
  for (int column = 0; column < a.shape()[1]; ++column)
    sum += (a(i, column) - b(j, column)) * (a(i, column) - b(j, column));
  return sum;
}
// #endregion squared_distance

/// Which of some numbers is nearest to x: the first of several. At least one number.
int nearest_number(const std::vector<double>& numbers, double x);

/// The mean of the values of each group; a group without values keeps the number that stands in `otherwise` [groups].
std::vector<double> group_means(const std::vector<double>& values, const std::vector<int>& group,
                                const std::vector<double>& otherwise);

/// One of 0, 1, 2, ..., each with a chance proportional to its share; shares are at least 0, and some are above 0.
int draw_by_share(const std::vector<double>& shares, Random& random);

/// Each height but the first and last becomes the middle one of itself and its two neighbours, all at once; round after
/// round, until a round changes nothing, at most `most_rounds`.
std::vector<double> smoothed(std::vector<double> heights, int most_rounds);

/// A row's mean distance to all other rows, whatever their cluster. At least two rows.
double mean_distance_to_others(const TensorD& rows, int row);

/// How far two labellings of the same rows group them alike, whatever the groups are called: 1 for the same groups, 0
/// on average for groups drawn at random.
double adjusted_rand(const std::vector<int>& labels, const std::vector<int>& other);

}  // namespace worked
