#pragma once

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::test {

/// Rows around zero, each number of variance 1.
inline MatrixD normal_rows(Eigen::Index rows, Eigen::Index columns, Random& random) {
  MatrixD x(rows, columns);
  for (Eigen::Index i = 0; i < x.size(); ++i) x.data()[i] = random.normal();
  return x;
}
inline MatrixD normal_rows(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  Random random(seed);
  return normal_rows(rows, columns, random);
}

}  // namespace handbuilt::test
