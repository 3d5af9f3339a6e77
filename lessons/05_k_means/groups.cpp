#include "lessons/05_k_means/groups.hpp"

#include <cmath>

#include "data/check.hpp"

namespace handbuilt::lessons::k_means {

Planted plant(int count, int pile, int columns, double gap, Random& random) {
  for (const auto& [name, value] : {std::pair{"count", 1.0 * count}, {"pile", 1.0 * pile}, {"columns", 1.0 * columns}})
    data::require_option(value >= 1, "planted groups", name, "of at least 1", value);
  data::require_option(gap > 0, "planted groups", "gap", "above 0", gap);
  // Middles are drawn until they keep their distance; a box that proves too small grows.
  MatrixD middles(count, columns);
  double side = gap * std::pow(count, 1.0 / columns);
  for (int c = 0, tries = 0; c < count;) {
    for (int j = 0; j < columns; ++j) middles(c, j) = random.uniform(0, side);
    bool is_clear = true;
    for (int other = 0; other < c; ++other) is_clear = is_clear && (middles.row(c) - middles.row(other)).norm() >= gap;
    if (is_clear) {
      ++c;
    } else if (++tries % 100 == 0) {
      side *= 1.1;
      c = 0;
    }
  }
  Planted planted{MatrixD(count * pile, columns), {}, count};
  for (int n = 0; n < count * pile; ++n) {
    planted.groups.push_back(n % count);
    for (int j = 0; j < columns; ++j) planted.rows(n, j) = middles(n % count, j) + random.normal();
  }
  return planted;
}

MatrixD no_groups(int rows, int columns, Random& random) {
  MatrixD x(rows, columns);
  for (Eigen::Index n = 0; n < rows; ++n)
    for (Eigen::Index j = 0; j < columns; ++j) x(n, j) = random.uniform(0, 10);
  return x;
}

}  // namespace handbuilt::lessons::k_means
