#include "similarity/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/matmul.hpp"
#include "core/parallel.hpp"
#include "data/kd_tree.hpp"
#include "similarity/candidates_simd.hpp"

namespace handbuilt::similarity {

using data::MatrixView;
using data::Near;
using Eigen::Index;

namespace {

constexpr const char* kWhere = "neighbours";
constexpr int kQueryBlock = 128, kPointBlock = 768;  // their products take 384 KiB
constexpr double kLargest = 1e150;                   // squares of larger numbers overflow
constexpr double kFarAway = 1e12;                    // in units of the points' spread: no single precision there

void require_usable(const MatrixView& x) {
  data::require_finite(kWhere, x, VectorD(), data::column_names(kWhere, {}, x.cols()));
  if (x.size() == 0) return;
  const double largest = x.cwiseAbs().maxCoeff();
  data::require_option(largest < kLargest, kWhere, "numbers", "below 1e150", largest);
}

/// The rows as they are compared: for the angle, of length 1.
MatrixD prepared(const MatrixView& x, Metric metric, const char* what) {
  require_usable(x);
  MatrixD rows = x;
  if (metric == Metric::kEuclidean) return rows;
  for (Index i = 0; i < rows.rows(); ++i) {
    const double length = rows.row(i).stableNorm();
    if (!(length > 0))
      throw ValueError(std::string(kWhere) + ": expected rows with a direction for the cosine, got zeros in row " +
                       std::to_string(i) + " of the " + what);
    rows.row(i) /= length;
  }
  return rows;
}

double squared_distance(const double* a, const double* b, Index columns) {
  double sum = 0;
  for (Index j = 0; j < columns; ++j) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

/// Of points of length 1, half their squared distance is 1 - cosine, without the digits that 1 - cosine would lose.
double distance_of(double squared, Metric metric) {
  return metric == Metric::kCosine ? squared / 2 : std::sqrt(squared);
}

void put(const std::vector<Near>& nearest, Metric metric, Index row, NeighbourTable& table) {
  for (Index j = 0; j < table.index.cols(); ++j) {
    table.index(row, j) = nearest[static_cast<std::size_t>(j)].second;
    table.distance(row, j) = distance_of(nearest[static_cast<std::size_t>(j)].first, metric);
  }
}

NeighbourTable table_of(Index queries, int k) { return {{queries, k}, MatrixD(queries, k)}; }

void require_k(int k, Index most) {
  if (k < 1 || k > most)
    throw ShapeError(std::string(kWhere) + ": expected k of 1 to " + std::to_string(most) + ", got " +
                     std::to_string(k));
}

/// The points once more in single precision, about their mean and scaled to at most 1, in blocks [columns, kPointBlock]
/// that lie as the product wants them.
class Blocks {
 public:
  explicit Blocks(const MatrixD& points)
      : points_(points), mean_(points.colwise().mean()), half_squares_(static_cast<std::size_t>(points.rows())) {
    double largest = 0;
    for (Index i = 0; i < points.rows(); ++i)
      largest = std::max(largest, (points.row(i) - mean_).cwiseAbs().maxCoeff());
    scale_ = largest > 0 ? 1 / largest : 1;
    if (!std::isfinite(scale_)) scale_ = 1;
    const Index columns = points.cols(), blocks = (points.rows() + kPointBlock - 1) / kPointBlock;
    values_.assign(static_cast<std::size_t>(blocks * columns * kPointBlock), 0);
    for (Index i = 0; i < points.rows(); ++i) {
      float* block = values_.data() + i / kPointBlock * columns * kPointBlock + i % kPointBlock;
      const Eigen::RowVectorXd row = (points.row(i) - mean_) * scale_;
      for (Index j = 0; j < columns; ++j) block[j * kPointBlock] = static_cast<float>(row[j]);
      half_squares_[static_cast<std::size_t>(i)] = static_cast<float>(row.squaredNorm() / 2);
      radius_ = std::max(radius_, row.norm());
    }
  }

  /// The k nearest to each of some queries, the i-th given to done(i, nearest).
  template <class Done>
  void search(const MatrixD& queries, Index first, Index count, int k, Done&& done) const {
    const Index columns = points_.cols();
    std::vector<float> rows(static_cast<std::size_t>(count * columns)),
        products(std::size_t{kQueryBlock} * kPointBlock);
    std::vector<Chosen> chosen(static_cast<std::size_t>(count));
    for (Index i = 0; i < count; ++i) {
      const Eigen::RowVectorXd row = (queries.row(first + i) - mean_) * scale_;
      chosen[static_cast<std::size_t>(i)].begin(k, slack(row.norm()));
      const bool far = !(row.norm() < kFarAway);
      if (far) chosen[static_cast<std::size_t>(i)].limit = -std::numeric_limits<float>::infinity();
      for (Index j = 0; j < columns; ++j)
        rows[static_cast<std::size_t>(i * columns + j)] = far ? 0 : static_cast<float>(row[j]);
    }
    int hits[kPointBlock];
    for (Index point = 0; point < points_.rows(); point += kPointBlock) {
      const int width = static_cast<int>(std::min<Index>(kPointBlock, points_.rows() - point));
      const handbuilt::MatrixView<float> a{rows.data(), static_cast<int>(count), static_cast<int>(columns),
                                           static_cast<int>(columns), 1};
      const handbuilt::MatrixView<float> b{values_.data() + point * columns, static_cast<int>(columns), width,
                                           kPointBlock, 1};
      gemm(a, b, products.data(), kPointBlock, false);
      const float* half_squares = half_squares_.data() + point;
      for (Index i = 0; i < count; ++i) {
        const float* of_query = products.data() + i * kPointBlock;
        Chosen& of = chosen[static_cast<std::size_t>(i)];
        const int found = detail::find_below(half_squares, of_query, width, of.limit, hits);
        for (int hit = 0; hit < found; ++hit)
          of.add(half_squares[hits[hit]] - of_query[hits[hit]], static_cast<int>(point) + hits[hit]);
      }
    }
    std::vector<Near> nearest;
    for (Index i = 0; i < count; ++i) {
      chosen[static_cast<std::size_t>(i)].shrink();
      measure(queries.row(first + i).data(), k, chosen[static_cast<std::size_t>(i)], nearest);
      done(first + i, nearest);
    }
  }

 private:
  struct Candidate {
    float value;
    int index;
  };

  /// The points that may be among the k nearest of one query.
  struct Chosen {
    std::vector<Candidate> candidates;
    float limit = std::numeric_limits<float>::infinity();
    float slack = 0;
    std::size_t k = 0, room = 0;

    void begin(int count, double most_error) {
      k = static_cast<std::size_t>(count);
      slack = std::nextafter(static_cast<float>(2 * most_error), std::numeric_limits<float>::infinity());
      room = 4 * k + 64;
      candidates.reserve(room);
    }
    void add(float value, int index) {
      if (!(value <= limit)) return;
      if (candidates.size() >= room) shrink();
      if (value <= limit) candidates.push_back({value, index});
    }
    /// What is farther than the k-th by more than both may be wrong is none of the k nearest.
    void shrink() {
      if (candidates.size() < k) return;
      const auto nth = candidates.begin() + static_cast<std::ptrdiff_t>(k) - 1;
      std::nth_element(candidates.begin(), nth, candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.value < b.value; });
      limit = nth->value + slack;
      std::erase_if(candidates, [&](const Candidate& c) { return c.value > limit; });
      room = std::max(room, 2 * candidates.size());
    }
  };

  /// The most by which single precision may be wrong about |point|^2 / 2 - query' point: n + 4 roundings of a product
  /// of n terms, each of 2^-24, and a little more for those of second order.
  [[nodiscard]] double slack(double query_norm) const {
    const auto terms = static_cast<double>(points_.cols() + 4);
    return 0x1p-24 * 1.1 * (terms * query_norm * radius_ + 2 * radius_ * radius_);
  }

  void measure(const double* query, int k, const Chosen& chosen, std::vector<Near>& nearest) const {
    nearest.clear();
    const auto look_at = [&](int i) {
      nearest.emplace_back(squared_distance(query, points_.row(i).data(), points_.cols()), i);
    };
    if (static_cast<int>(chosen.candidates.size()) >= k)
      for (const Candidate& candidate : chosen.candidates) look_at(candidate.index);
    else  // a query too far away for single precision
      for (Index i = 0; i < points_.rows(); ++i) look_at(static_cast<int>(i));
    std::partial_sort(nearest.begin(), nearest.begin() + k, nearest.end());
  }

  const MatrixD& points_;
  Eigen::RowVectorXd mean_;
  double scale_ = 1, radius_ = 0;
  std::vector<float> values_, half_squares_;
};

}  // namespace

struct Neighbours::State {
  NeighbourOptions options;
  MatrixD points;
  std::unique_ptr<data::KdTree> tree;
  std::unique_ptr<Blocks> blocks;

  [[nodiscard]] NeighbourTable search(const MatrixD& queries, int k) const {
    NeighbourTable table = table_of(queries.rows(), k);
    Workers workers(options.threads);
    workers.parallel_for(static_cast<int>(queries.rows()), [&](int begin, int end, int) {
      const auto done = [&](Index row, const std::vector<Near>& nearest) { put(nearest, options.metric, row, table); };
      if (tree) {
        std::vector<Near> nearest;
        std::vector<double> scratch;
        for (Index i = begin; i < end; ++i) {
          tree->nearest(queries.row(i).data(), k, nearest, scratch);
          done(i, nearest);
        }
        return;
      }
      for (Index first = begin; first < end; first += kQueryBlock)
        blocks->search(queries, first, std::min<Index>(kQueryBlock, end - first), k, done);
    });
    return table;
  }
};

Neighbours::Neighbours(const MatrixView& points, const NeighbourOptions& options) : state_(std::make_unique<State>()) {
  if (points.rows() < 1 || points.cols() < 1)
    throw ShapeError(std::string(kWhere) + ": expected at least one point and one column, got " +
                     data::shape_of(points));
  state_->options = options;
  state_->points = prepared(points, options.metric, "points");
  const bool tree = options.search == Search::kTree ||
                    (options.search == Search::kAuto && prefers_tree(points.rows(), points.cols()));
  if (tree)
    state_->tree = std::make_unique<data::KdTree>(state_->points);
  else
    state_->blocks = std::make_unique<Blocks>(state_->points);
}
Neighbours::~Neighbours() = default;
Neighbours::Neighbours(Neighbours&&) noexcept = default;
Neighbours& Neighbours::operator=(Neighbours&&) noexcept = default;

NeighbourTable Neighbours::nearest(const MatrixView& queries, int k) const {
  data::require_columns(kWhere, queries, columns());
  require_k(k, size());
  return state_->search(prepared(queries, state_->options.metric, "queries"), k);
}

NeighbourTable Neighbours::nearest_others(int k) const {
  require_k(k, size() - 1);
  const NeighbourTable all = state_->search(state_->points, k + 1);
  NeighbourTable others = table_of(size(), k);
  for (Index i = 0; i < size(); ++i) {
    Index to = 0;
    for (Index from = 0; from <= k && to < k; ++from) {
      if (all.index(i, from) == i) continue;
      others.index(i, to) = all.index(i, from);
      others.distance(i, to++) = all.distance(i, from);
    }
  }
  return others;
}

Index Neighbours::size() const { return state_->points.rows(); }
Index Neighbours::columns() const { return state_->points.cols(); }
bool Neighbours::uses_tree() const { return state_->tree != nullptr; }

bool Neighbours::prefers_tree(Index points, Index columns) { return columns <= 6 && points >= 300; }

NeighbourTable nearest_plain(const MatrixView& points, const MatrixView& queries, int k, Metric metric) {
  data::require_columns(kWhere, queries, points.cols());
  require_k(k, points.rows());
  const MatrixD of_points = prepared(points, metric, "points"), of_queries = prepared(queries, metric, "queries");
  NeighbourTable table = table_of(queries.rows(), k);
  for (Index q = 0; q < queries.rows(); ++q) {
    std::vector<Near> all;
    for (Index i = 0; i < points.rows(); ++i)
      all.emplace_back(squared_distance(of_queries.row(q).data(), of_points.row(i).data(), points.cols()),
                       static_cast<int>(i));
    std::sort(all.begin(), all.end());
    put(all, metric, q, table);
  }
  return table;
}

}  // namespace handbuilt::similarity
