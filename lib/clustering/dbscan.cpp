#include "clustering/dbscan.hpp"

#include <cmath>

#include "data/kd_tree.hpp"

namespace handbuilt::clustering {

DbscanFit dbscan(const MatrixView& x, const DbscanOptions& options) {
  require_rows("dbscan", x);
  require_option(options.radius > 0 && std::isfinite(options.radius), "dbscan", "radius", "above 0", options.radius);
  require_option(options.min_rows >= 1, "dbscan", "min_rows", "of at least 1", options.min_rows);

  const data::KdTree tree(x);
  const auto rows = static_cast<std::size_t>(x.rows());
  DbscanFit fit{std::vector<int>(rows, DbscanFit::kNoise), std::vector<bool>(rows, false), 0};
  std::vector<bool> looked_at(rows, false);
  std::vector<int> near, waiting;
  std::vector<double> scratch;
  for (std::size_t start = 0; start < rows; ++start) {
    if (looked_at[start]) continue;
    // Everything that cores reach from here on, unless an earlier cluster has it.
    const int label = fit.clusters;
    waiting.assign(1, static_cast<int>(start));
    looked_at[start] = true;
    while (!waiting.empty()) {
      const int row = waiting.back();
      waiting.pop_back();
      tree.within(x.row(row).data(), options.radius, near, scratch);
      if (std::ssize(near) < options.min_rows) continue;
      fit.core[static_cast<std::size_t>(row)] = true;
      fit.clusters = label + 1;
      for (const int other : near) {
        const auto place = static_cast<std::size_t>(other);
        if (fit.labels[place] == DbscanFit::kNoise) fit.labels[place] = label;
        if (!looked_at[place]) waiting.push_back(other);
        looked_at[place] = true;
      }
    }
  }
  return fit;
}

}  // namespace handbuilt::clustering
