#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::k_means {

/// Rows whose groups are known, because they were made.
struct Planted {
  MatrixD rows;             ///< [rows, columns]
  std::vector<int> groups;  ///< [rows]
  int count = 0;            ///< of groups
};

/// `count` round piles of `pile` rows each, with a standard deviation of 1 along every column. The middles lie at
/// random in a box, no two nearer to each other than `gap`; the box is as large as that needs. Throws ValueError unless
/// all numbers are above 0.
Planted plant(int count, int pile, int columns, double gap, Random& random);

/// Rows without groups: uniform in a box of side 10.
MatrixD no_groups(int rows, int columns, Random& random);

}  // namespace handbuilt::lessons::k_means
