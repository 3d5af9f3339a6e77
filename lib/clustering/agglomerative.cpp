#include "clustering/agglomerative.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::clustering {

namespace {

constexpr const char* kWhere = "agglomerate";

/// Sets of rows that only grow: each points towards a row that stands for its set.
class Sets {
 public:
  explicit Sets(int rows) : parent_(static_cast<std::size_t>(rows)) { std::iota(parent_.begin(), parent_.end(), 0); }

  int find(int row) {
    while (parent(row) != row) row = parent(row) = parent(parent(row));
    return row;
  }
  void join(int a, int b) { parent(find(b)) = find(a); }

 private:
  int& parent(int row) { return parent_[static_cast<std::size_t>(row)]; }
  std::vector<int> parent_;
};

/// The labels after the first `count` merges.
std::vector<int> labels_after(const Dendrogram& tree, std::size_t count) {
  Sets sets(tree.rows);
  std::vector<int> row_of(static_cast<std::size_t>(tree.rows) + count);  // some row of each cluster
  std::iota(row_of.begin(), row_of.begin() + tree.rows, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const int first = row_of[static_cast<std::size_t>(tree.merges[i].first)];
    sets.join(first, row_of[static_cast<std::size_t>(tree.merges[i].second)]);
    row_of[static_cast<std::size_t>(tree.rows) + i] = first;
  }
  std::vector<int> label_of_set(static_cast<std::size_t>(tree.rows), -1), labels;
  int next = 0;
  for (int row = 0; row < tree.rows; ++row) {
    int& label = label_of_set[static_cast<std::size_t>(sets.find(row))];
    if (label < 0) label = next++;
    labels.push_back(label);
  }
  return labels;
}

}  // namespace

std::vector<int> Dendrogram::cut(int clusters) const {
  require_clusters("dendrogram", clusters, rows);
  return labels_after(*this, static_cast<std::size_t>(rows - clusters));
}

std::vector<int> Dendrogram::cut_at(double height) const {
  require_option(!std::isnan(height), "dendrogram", "height", "of a number", height);
  const auto higher = std::find_if(merges.begin(), merges.end(), [&](const Merge& m) { return m.height > height; });
  return labels_after(*this, static_cast<std::size_t>(higher - merges.begin()));
}

namespace {

/// The distances of all pairs, each stored once: that of i < j stands at start of i + j.
class Distances {
 public:
  explicit Distances(const MatrixView& x) : rows_(static_cast<std::size_t>(x.rows())) {
    values_.reserve(rows_ * (rows_ - 1) / 2);
    for (Eigen::Index i = 0; i < x.rows(); ++i)
      for (Eigen::Index j = i + 1; j < x.rows(); ++j) values_.push_back((x.row(i) - x.row(j)).norm());
  }

  double& operator()(std::size_t i, std::size_t j) {
    if (i > j) std::swap(i, j);
    return values_[i * (2 * rows_ - i - 1) / 2 + j - i - 1];
  }

 private:
  std::size_t rows_;
  std::vector<double> values_;
};

/// How far a third cluster is from two that have joined, from what was known before. Sizes are in rows.
/// Source: Lance and Williams (1967), "A general theory of classificatory sorting strategies".
double joined_distance(Linkage linkage, double to_a, double to_b, double a_to_b, double a, double b, double other) {
  switch (linkage) {
    case Linkage::kSingle:
      return std::min(to_a, to_b);
    case Linkage::kComplete:
      return std::max(to_a, to_b);
    case Linkage::kAverage:
      return (a * to_a + b * to_b) / (a + b);
    case Linkage::kWard:
      break;
  }
  const double squared =
      ((a + other) * to_a * to_a + (b + other) * to_b * to_b - other * a_to_b * a_to_b) / (a + b + other);
  return std::sqrt(std::max(squared, 0.0));
}

struct Join {
  int a, b;  // any row of either cluster
  double height;
};

/// Lowest first, and named as Merge says.
Dendrogram in_order(int rows, std::vector<Join> joins) {
  std::stable_sort(joins.begin(), joins.end(), [](const Join& x, const Join& y) { return x.height < y.height; });
  Dendrogram tree{rows, {}};
  Sets sets(rows);
  std::vector<int> name(static_cast<std::size_t>(rows)), size(static_cast<std::size_t>(rows), 1);
  std::iota(name.begin(), name.end(), 0);
  for (const Join& join : joins) {
    const auto a = static_cast<std::size_t>(sets.find(join.a)), b = static_cast<std::size_t>(sets.find(join.b));
    tree.merges.push_back({std::min(name[a], name[b]), std::max(name[a], name[b]), join.height, size[a] + size[b]});
    sets.join(join.a, join.b);
    const auto both = static_cast<std::size_t>(sets.find(join.a));
    size[both] = tree.merges.back().rows;
    name[both] = rows + static_cast<int>(tree.merges.size()) - 1;
  }
  return tree;
}

// #region chain
/// From any cluster to its nearest, from that to its nearest, ... until two are each other's nearest: those join. For
/// these linkages a join brings no third cluster nearer to either, so the rest of the chain still holds, and it does
/// not matter that the nearest pair of all was not the first to join: sorted by height, the merges are the same.
std::vector<Join> join_along_chain(Distances& distance, std::size_t rows, Linkage linkage) {
  std::vector<Join> joins;
  std::vector<double> size(rows, 1);  // of the cluster that a row stands for; 0 for none
  std::vector<std::size_t> chain;
  for (std::size_t any = 0; joins.size() + 1 < rows;) {
    if (chain.empty()) {
      while (size[any] == 0) ++any;
      chain.push_back(any);
    }
    const std::size_t end = chain.back();
    // Among equals the one before in the chain, lest it goes round in circles.
    std::size_t nearest = chain.size() > 1 ? chain[chain.size() - 2] : end;
    double least = chain.size() > 1 ? distance(end, nearest) : std::numeric_limits<double>::infinity();
    for (std::size_t other = 0; other < rows; ++other) {
      if (size[other] == 0 || other == end) continue;
      if (const double d = distance(end, other); d < least) {
        least = d;
        nearest = other;
      }
    }
    if (chain.size() < 2 || nearest != chain[chain.size() - 2]) {
      chain.push_back(nearest);
      continue;
    }
    chain.resize(chain.size() - 2);
    joins.push_back({static_cast<int>(end), static_cast<int>(nearest), least});
    for (std::size_t other = 0; other < rows; ++other) {
      if (size[other] == 0 || other == end || other == nearest) continue;
      distance(other, nearest) = joined_distance(linkage, distance(other, end), distance(other, nearest), least,
                                                 size[end], size[nearest], size[other]);
    }
    size[nearest] += size[end];
    size[end] = 0;
  }
  return joins;
}
// #endregion chain

void require_distances(const MatrixView& x) {
  constexpr Eigen::Index kMost = 40'000;
  require_rows(kWhere, x);
  require_option(x.rows() <= kMost, kWhere, "rows", ("of at most " + std::to_string(kMost)).c_str(),
                 static_cast<double>(x.rows()));
  const double largest = x.cwiseAbs().maxCoeff();
  require_option(std::isfinite(4 * static_cast<double>(x.size()) * largest * largest), kWhere, "numbers",
                 "whose squared distances are finite", largest);
}

}  // namespace

Dendrogram agglomerate(const MatrixView& x, Linkage linkage) {
  require_distances(x);
  Distances distance(x);
  return in_order(static_cast<int>(x.rows()), join_along_chain(distance, static_cast<std::size_t>(x.rows()), linkage));
}

namespace {

using Members = std::vector<Eigen::Index>;

double distance_by_definition(const MatrixView& x, const Members& a, const Members& b, Linkage linkage) {
  if (linkage == Linkage::kWard) {
    VectorD of_a = VectorD::Zero(x.cols()), of_b = of_a;
    for (const Eigen::Index i : a) of_a += x.row(i).transpose();
    for (const Eigen::Index i : b) of_b += x.row(i).transpose();
    const auto m = static_cast<double>(a.size()), n = static_cast<double>(b.size());
    return std::sqrt(2 * m * n / (m + n)) * (of_a / m - of_b / n).norm();
  }
  double least = std::numeric_limits<double>::infinity(), most = 0, sum = 0;
  for (const Eigen::Index i : a)
    for (const Eigen::Index j : b) {
      const double d = (x.row(i) - x.row(j)).norm();
      least = std::min(least, d);
      most = std::max(most, d);
      sum += d;
    }
  if (linkage == Linkage::kSingle) return least;
  return linkage == Linkage::kComplete ? most : sum / static_cast<double>(a.size() * b.size());
}

}  // namespace

Dendrogram detail::agglomerate_plain(const MatrixView& x, Linkage linkage) {
  require_distances(x);
  std::vector<Members> clusters;
  for (Eigen::Index i = 0; i < x.rows(); ++i) clusters.push_back({i});
  std::vector<Join> joins;
  while (clusters.size() > 1) {
    std::size_t best_a = 0, best_b = 1;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a < clusters.size(); ++a)
      for (std::size_t b = a + 1; b < clusters.size(); ++b)
        if (const double d = distance_by_definition(x, clusters[a], clusters[b], linkage); d < least) {
          least = d;
          best_a = a;
          best_b = b;
        }
    joins.push_back({static_cast<int>(clusters[best_a][0]), static_cast<int>(clusters[best_b][0]), least});
    clusters[best_a].insert(clusters[best_a].end(), clusters[best_b].begin(), clusters[best_b].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(best_b));
  }
  return in_order(static_cast<int>(x.rows()), std::move(joins));
}

}  // namespace handbuilt::clustering
