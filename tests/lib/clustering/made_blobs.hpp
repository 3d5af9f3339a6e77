#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::test {

/// Rows about planted centres, and which centre each was drawn about.
struct MadeBlobs {
  MatrixD x;  // [rows, columns]
  std::vector<int> labels;
  MatrixD centres;
};

/// Centres uniform in [-10, 10)^columns; rows in turn about each, normal with the given standard deviation.
inline MadeBlobs made_blobs(int rows, int columns, int clusters, double spread, std::uint64_t seed) {
  Random random(seed);
  MadeBlobs made{MatrixD(rows, columns), {}, MatrixD(clusters, columns)};
  for (double& value : made.centres.reshaped<Eigen::RowMajor>()) value = random.uniform(-10, 10);
  for (int i = 0; i < rows; ++i) {
    made.labels.push_back(i % clusters);
    for (int j = 0; j < columns; ++j) made.x(i, j) = made.centres(i % clusters, j) + spread * random.normal();
  }
  return made;
}

/// The first rows of x as centroids to start from.
inline MatrixD first_rows(const MatrixD& x, int count) { return x.topRows(count); }

}  // namespace handbuilt::test
