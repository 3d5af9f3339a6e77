#include "clustering/silhouette.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "clustering/distance_sums_simd.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"

namespace handbuilt::clustering {

VectorD silhouettes(const MatrixView& x, const std::vector<int>& labels, int threads) {
  constexpr const char* kWhere = "silhouette";
  require_rows(kWhere, x);
  require_labels(kWhere, labels, x.rows());
  std::map<int, int> cluster_of;  // labels in use, numbered from 0
  std::vector<int> clusters;
  std::vector<double> sizes;
  for (const int label : labels) {
    const int cluster = cluster_of.try_emplace(label, static_cast<int>(cluster_of.size())).first->second;
    sizes.resize(cluster_of.size());
    ++sizes[static_cast<std::size_t>(cluster)];
    clusters.push_back(cluster);
  }
  const auto rows = static_cast<int>(x.rows()), count = static_cast<int>(sizes.size());
  if (count < 2 || count >= rows)
    throw ValueError(std::string(kWhere) + ": expected between 2 and rows - 1 clusters in use, got " +
                     std::to_string(count) + " for " + std::to_string(rows) + " rows");

  constexpr int kBlockRows = 64;
  const detail::RowsOf<double> all{x.data(), x.outerStride(), rows, static_cast<int>(x.cols())};
  VectorD result(rows);
  Workers workers(threads);
  workers.parallel_for((rows + kBlockRows - 1) / kBlockRows, [&](int begin, int end, int) {
    MatrixD sums(count, kBlockRows);
    for (int first = begin * kBlockRows; first < std::min(rows, end * kBlockRows); first += kBlockRows) {
      const int in_block = std::min(kBlockRows, rows - first);
      sums.resize(count, in_block);
      detail::distance_sums(all, clusters.data(), count, first, in_block, sums.data());
      for (int i = 0; i < in_block; ++i) {
        const int own = clusters[static_cast<std::size_t>(first + i)];
        double a = 0, b = std::numeric_limits<double>::infinity();
        for (int c = 0; c < count; ++c) {
          const double size = sizes[static_cast<std::size_t>(c)];
          if (c == own)
            a = size > 1 ? sums(c, i) / (size - 1) : 0;
          else
            b = std::min(b, sums(c, i) / size);
        }
        const bool is_alone = sizes[static_cast<std::size_t>(own)] < 2;
        result[first + i] = is_alone || std::max(a, b) == 0 ? 0 : (b - a) / std::max(a, b);
      }
    }
  });
  return result;
}

double mean_silhouette(const MatrixView& x, const std::vector<int>& labels, int threads) {
  return silhouettes(x, labels, threads).mean();
}

}  // namespace handbuilt::clustering
