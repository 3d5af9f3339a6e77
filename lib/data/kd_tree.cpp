#include "data/kd_tree.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace handbuilt::data {

namespace {

constexpr int kLeaf = 16;
// What rounding may take from a sum of squares: a point at exactly the worst distance must still be looked at.
constexpr double kRounding = 1 - 1e-12;

}  // namespace

// What a search keeps of the points it is shown, and the squared distance beyond which it wants none.

struct KdTree::Nearest {
  std::size_t k;
  std::vector<Near>& nearest;  // a heap, the worst first

  [[nodiscard]] double limit() const {
    return nearest.size() == k ? nearest.front().first : std::numeric_limits<double>::infinity();
  }
  void look_at(const double* point, const double* query, Eigen::Index columns, int index) {
    double sum = 0;
    for (Eigen::Index j = 0; j < columns; ++j) sum += (point[j] - query[j]) * (point[j] - query[j]);
    const Near near{sum, index};
    if (nearest.size() == k) {
      if (!(near < nearest.front())) return;
      std::pop_heap(nearest.begin(), nearest.end());
      nearest.back() = near;
    } else {
      nearest.push_back(near);
    }
    std::push_heap(nearest.begin(), nearest.end());
  }
};

struct KdTree::Within {
  double squared_radius;
  std::vector<int>& found;

  [[nodiscard]] double limit() const { return squared_radius; }
  void look_at(const double* point, const double* query, Eigen::Index columns, int index) {
    using Row = Eigen::Map<const Eigen::RowVectorXd>;
    if ((Row(point, columns) - Row(query, columns)).squaredNorm() <= squared_radius) found.push_back(index);
  }
};

KdTree::KdTree(const MatrixView& points) : indices_(static_cast<std::size_t>(points.rows())) {
  std::iota(indices_.begin(), indices_.end(), 0);
  build(points, 0, static_cast<int>(points.rows()));
  points_.resize(points.rows(), points.cols());
  for (Eigen::Index i = 0; i < points.rows(); ++i) points_.row(i) = points.row(indices_[static_cast<std::size_t>(i)]);
}

int KdTree::build(const MatrixView& points, int first, int end) {
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

template <class Search>
void KdTree::visit(int index, const double* query, double outside, Search& wanted, std::vector<double>& offset) const {
  const Node& node = nodes_[static_cast<std::size_t>(index)];
  if (node.split < 0) {
    const Eigen::Index columns = points_.cols();
    const double* point = points_.data() + node.first * columns;
    for (int i = node.first; i < node.end; ++i, point += columns)
      wanted.look_at(point, query, columns, indices_[static_cast<std::size_t>(i)]);
    return;
  }
  const double at = query[node.split];
  const bool left_first = at - node.low < node.high - at;
  visit(left_first ? index + 1 : node.right, query, outside, wanted, offset);
  // The other half is at least as far away as its edge, along this column.
  const double edge = left_first ? std::max(node.high - at, 0.0) : std::max(at - node.low, 0.0);
  double& along = offset[static_cast<std::size_t>(node.split)];  // squared distance to the node's box in this column
  const double before = along, beyond = std::max(outside - before + edge * edge, 0.0);
  if (beyond * kRounding > wanted.limit()) return;
  along = edge * edge;
  visit(left_first ? node.right : index + 1, query, beyond, wanted, offset);
  along = before;
}

template <class Search>
void KdTree::search(const double* query, Search& wanted, std::vector<double>& offset) const {
  offset.assign(static_cast<std::size_t>(points_.cols()), 0.0);
  visit(0, query, 0, wanted, offset);
}

void KdTree::nearest(const double* query, int k, std::vector<Near>& nearest, std::vector<double>& offset) const {
  nearest.clear();
  Nearest wanted{static_cast<std::size_t>(k), nearest};
  search(query, wanted, offset);
  std::sort_heap(nearest.begin(), nearest.end());
}

void KdTree::within(const double* query, double radius, std::vector<int>& found, std::vector<double>& offset) const {
  found.clear();
  Within wanted{radius * radius, found};
  search(query, wanted, offset);
}

}  // namespace handbuilt::data
