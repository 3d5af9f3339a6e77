#pragma once

#include <cstddef>
#include <vector>

namespace handbuilt::clustering::detail {

/// Rows in somebody else's memory: element (i, j) stands at x[i * stride + j].
template <class Scalar>
struct RowsOf {
  const Scalar* x = nullptr;
  std::ptrdiff_t stride = 0;
  int rows = 0, columns = 0;

  [[nodiscard]] const Scalar* row(int i) const { return x + i * stride; }
};

/// Centroids laid out for the kernel that suits their number and the columns: few columns are worked through with a
/// row in every lane, many (above 8 a cluster) with a column in every lane.
template <class Scalar>
struct PackedCentroids {
  /// centroids [clusters, columns], row-major.
  PackedCentroids(const Scalar* centroids, int clusters, int columns);

  int clusters, columns;
  bool lanes_are_columns;
  std::ptrdiff_t stride;             // of a centroid, padded with zeros, if lanes are columns
  std::vector<Scalar> values;        // [clusters, stride] or [groups of kCentroidsTogether, columns, group]
  std::vector<Scalar> half_squares;  // [clusters] |c|^2 / 2
};
constexpr int kCentroidsTogether = 5;

/// What a search found, a place for each row searched. The score of a centroid c is |c|^2 / 2 - x . c, so that
/// |x - c|^2 = |x|^2 + 2 score.
template <class Scalar>
struct NearestResult {
  int* labels;     // the centroid with the smallest score, the first of them where several have it
  Scalar* best;    // its score; may be null
  Scalar* second;  // the smallest score of all others, infinity where there is none; may be null
};

/// The nearest centroid of rows chosen[0] ... chosen[count - 1], or of rows 0 ... count - 1 where `chosen` is null: the
/// rows after those will be asked for next. A row's result has the same bits whichever rows are searched with it.
void find_nearest(const RowsOf<float>& rows, const int* chosen, int count, const PackedCentroids<float>& centroids,
                  const NearestResult<float>& result);
void find_nearest(const RowsOf<double>& rows, const int* chosen, int count, const PackedCentroids<double>& centroids,
                  const NearestResult<double>& result);

/// The same in plain loops, to rounding: what the fast ones are tested against.
void find_nearest_plain(const RowsOf<float>& rows, const int* chosen, int count,
                        const PackedCentroids<float>& centroids, const NearestResult<float>& result);
void find_nearest_plain(const RowsOf<double>& rows, const int* chosen, int count,
                        const PackedCentroids<double>& centroids, const NearestResult<double>& result);

/// Adds the rows of `order` [count], each times its weight (null: 1), to `sum` [columns]. Not more than a few hundred
/// at a time: they are added up in the rows' own precision before they join the sum.
void add_rows(const RowsOf<float>& rows, const int* order, int count, const double* weights, double* sum);
void add_rows(const RowsOf<double>& rows, const int* order, int count, const double* weights, double* sum);

/// out[i] = |row i - target|^2, or with `labels` the squared distance from row i to row labels[i] of `targets`
/// [., columns].
void squared_distances(const RowsOf<float>& rows, const float* targets, const int* labels, double* out);
void squared_distances(const RowsOf<double>& rows, const double* targets, const int* labels, double* out);

}  // namespace handbuilt::clustering::detail
