#pragma once

#include <vector>

namespace handbuilt::clustering {

/// How far two labellings of the same rows group them alike, whatever the labels' names: 1 for the same groups, 0 on
/// average for labels drawn at random, and below 0 for less likeness than that. -1, noise, counts as a group like any
/// other. Two labellings with all rows in one group, or each with every row in its own, are the same groups.
///
/// Throws ShapeError for none, and for different numbers of labels.
/// Source: Hubert and Arabie (1985), "Comparing partitions".
double adjusted_rand(const std::vector<int>& labels, const std::vector<int>& other);

}  // namespace handbuilt::clustering
