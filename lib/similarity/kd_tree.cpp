#include "similarity/kd_tree.hpp"

#include <algorithm>
#include <numeric>

namespace handbuilt::similarity::detail {

namespace {

constexpr int kLeaf = 16;
// What rounding may take from a sum of squares: a point at exactly the worst distance must still be looked at.
constexpr double kRounding = 1 - 1e-12;

}  // namespace

struct KdTree::Query {
  const double* point;
  std::size_t k;
  std::vector<Near>& nearest;   // a heap, the worst first
  std::vector<double>& offset;  // squared distance to the node's box along each column
};

KdTree::KdTree(const MatrixD& points) : indices_(static_cast<std::size_t>(points.rows())) {
  std::iota(indices_.begin(), indices_.end(), 0);
  build(points, 0, static_cast<int>(points.rows()));
  points_.resize(points.rows(), points.cols());
  for (Eigen::Index i = 0; i < points.rows(); ++i) points_.row(i) = points.row(indices_[static_cast<std::size_t>(i)]);
}

int KdTree::build(const MatrixD& points, int first, int end) {
  const auto node = static_cast<int>(nodes_.size());
  nodes_.push_back({first, end});
  if (end - first <= kLeaf) return node;
  const auto begin_of = indices_.begin() + first, end_of = indices_.begin() + end;
  Eigen::RowVectorXd low = points.row(*begin_of), high = low;
  for (auto i = begin_of; i != end_of; ++i) {
    low = low.cwiseMin(points.row(*i));
    high = high.cwiseMax(points.row(*i));
  }
  Eigen::Index split = 0;
  if (!((high - low).maxCoeff(&split) > 0)) return node;  // all the same

  const auto middle = begin_of + (end - first) / 2;
  std::nth_element(begin_of, middle, end_of,
                   [&](int a, int b) { return std::pair(points(a, split), a) < std::pair(points(b, split), b); });
  Node made{first, end, static_cast<int>(split), points(*begin_of, split), points(*middle, split), 0};
  for (auto i = begin_of; i != middle; ++i) made.low = std::max(made.low, points(*i, split));
  const int half = first + (end - first) / 2;
  build(points, first, half);
  made.right = build(points, half, end);
  nodes_[static_cast<std::size_t>(node)] = made;
  return node;
}

void KdTree::visit(int index, double outside, Query& query) const {
  const Node& node = nodes_[static_cast<std::size_t>(index)];
  if (node.split < 0) {
    const Eigen::Index columns = points_.cols();
    const double* point = points_.data() + node.first * columns;
    for (int i = node.first; i < node.end; ++i, point += columns) {
      double sum = 0;
      for (Eigen::Index j = 0; j < columns; ++j) sum += (point[j] - query.point[j]) * (point[j] - query.point[j]);
      const Near near{sum, indices_[static_cast<std::size_t>(i)]};
      if (query.nearest.size() == query.k) {
        if (!(near < query.nearest.front())) continue;
        std::pop_heap(query.nearest.begin(), query.nearest.end());
        query.nearest.back() = near;
      } else {
        query.nearest.push_back(near);
      }
      std::push_heap(query.nearest.begin(), query.nearest.end());
    }
    return;
  }
  const double at = query.point[node.split];
  const bool left_first = at - node.low < node.high - at;
  visit(left_first ? index + 1 : node.right, outside, query);
  // The other half is at least as far away as its edge, along this column.
  const double edge = left_first ? std::max(node.high - at, 0.0) : std::max(at - node.low, 0.0);
  double& along = query.offset[static_cast<std::size_t>(node.split)];
  const double before = along, beyond = std::max(outside - before + edge * edge, 0.0);
  if (query.nearest.size() == query.k && beyond * kRounding > query.nearest.front().first) return;
  along = edge * edge;
  visit(left_first ? node.right : index + 1, beyond, query);
  along = before;
}

void KdTree::search(const double* point, int k, std::vector<Near>& nearest, std::vector<double>& offset) const {
  nearest.clear();
  offset.assign(static_cast<std::size_t>(points_.cols()), 0.0);
  Query query{point, static_cast<std::size_t>(k), nearest, offset};
  visit(0, 0, query);
  std::sort_heap(nearest.begin(), nearest.end());
}

}  // namespace handbuilt::similarity::detail
