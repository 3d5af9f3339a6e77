#pragma once

#include <cmath>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::test {

/// Rows whose truth is known: standard normal columns, y = 1 + x . b + noise.
struct MadeData {
  MatrixD x;
  VectorD y, b;
};

inline MadeData made_data(Eigen::Index rows, Eigen::Index columns, double noise, std::uint64_t seed) {
  Random random(seed);
  MadeData made{MatrixD(rows, columns), VectorD(rows), VectorD(columns)};
  for (double& value : made.x.reshaped<Eigen::RowMajor>()) value = random.normal();
  for (double& value : made.b) value = random.normal();
  made.y = (made.x * made.b).array() + 1;
  for (double& value : made.y) value += noise * random.normal();
  return made;
}

/// Labels drawn with the log odds 0.5 + x . b.
inline std::vector<int> made_labels(const MadeData& made, std::uint64_t seed) {
  Random random(seed);
  std::vector<int> labels;
  for (Eigen::Index i = 0; i < made.x.rows(); ++i)
    labels.push_back(random.chance(1 / (1 + std::exp(-(0.5 + made.x.row(i).dot(made.b))))) ? 1 : 0);
  return labels;
}

inline double largest_difference(const MatrixD& a, const MatrixD& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace handbuilt::test
