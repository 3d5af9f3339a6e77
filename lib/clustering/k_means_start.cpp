#include "clustering/k_means_start.hpp"

#include <algorithm>
#include <cmath>

#include "clustering/chunks.hpp"
#include "core/parallel.hpp"

namespace handbuilt::clustering {

namespace {

constexpr const char* kWhere = "k-means";

std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// Chances in proportion to numbers of at least 0, some above 0.
class Lottery {
 public:
  explicit Lottery(const std::vector<double>& shares) {
    double total = 0;
    for (const double share : shares) running_.push_back(total += share);
  }
  [[nodiscard]] double total() const { return running_.back(); }
  int draw(Random& random) const {
    const double ticket = random.uniform() * total();
    const auto found = std::upper_bound(running_.begin(), running_.end(), ticket);
    if (found != running_.end()) return static_cast<int>(found - running_.begin());
    // Rounding led past the end: the last that has a share.
    return static_cast<int>(std::lower_bound(running_.begin(), running_.end(), total()) - running_.begin());
  }

 private:
  std::vector<double> running_;
};

/// What is left of the inertia, and of each row's part in it, when a candidate joins the centroids.
template <class Scalar>
class Joining {
 public:
  Joining(const KMeansRows<Scalar>& rows, int candidates)
      : rows_(rows),
        chunks_(rows.rows(), candidates, rows.columns(), sizeof(Scalar)),
        workers_(std::min(rows.threads() > 0 ? rows.threads() : core_count(), chunks_.count())),
        distances_(at(candidates), std::vector<double>(at(rows.rows()))) {}

  /// The candidate with the smallest inertia, the first of several; `nearest` [rows] becomes its squared distances.
  int best_of(const std::vector<int>& candidates, std::vector<double>& nearest) {
    const std::size_t count = candidates.size();
    std::vector<double> of_chunk(at(chunks_.count()) * count);
    workers_.parallel_for(chunks_.count(), [&](int begin, int end, int) {
      for (int chunk = begin; chunk < end; ++chunk)
        for (int first = chunks_.begin(chunk); first < chunks_.end(chunk); first += chunks_.batch_rows())
          for (std::size_t c = 0; c < count; ++c)
            of_chunk[at(chunk) * count + c] +=
                join_batch(first, chunks_.end(chunk), candidates[c], nearest, distances_[c]);
    });
    std::vector<double> inertia(count);
    for (std::size_t i = 0; i < of_chunk.size(); ++i) inertia[i % count] += of_chunk[i];
    const auto best = std::min_element(inertia.begin(), inertia.end()) - inertia.begin();
    nearest.swap(distances_[static_cast<std::size_t>(best)]);
    return candidates[static_cast<std::size_t>(best)];
  }

 private:
  double join_batch(int first, int end, int candidate, const std::vector<double>& nearest,
                    std::vector<double>& distance) const {
    const detail::RowsOf<Scalar>& all = rows_.values();
    const int count = std::min(chunks_.batch_rows(), end - first);
    detail::squared_distances({all.row(first), all.stride, count, all.columns}, all.row(candidate), nullptr,
                              distance.data() + first);
    double inertia = 0;
    for (int i = first; i < first + count; ++i) {
      distance[at(i)] = std::min(distance[at(i)], nearest[at(i)]);
      inertia += rows_.weight(i) * distance[at(i)];
    }
    return inertia;
  }

  const KMeansRows<Scalar>& rows_;
  detail::Chunks chunks_;
  Workers workers_;
  std::vector<std::vector<double>> distances_;
};

/// A row with a weight that has not been drawn, by weight.
template <class Scalar>
int draw_another(const KMeansRows<Scalar>& rows, const std::vector<int>& drawn, Random& random) {
  std::vector<double> shares(at(rows.rows()));
  for (int i = 0; i < rows.rows(); ++i) shares[at(i)] = rows.weight(i);
  for (const int row : drawn) shares[at(row)] = 0;
  return Lottery(shares).draw(random);
}

}  // namespace

template <class Scalar>
std::vector<int> random_start(const KMeansRows<Scalar>& rows, int clusters, Random& random) {
  require_clusters(kWhere, clusters, rows.counting_rows());
  std::vector<double> shares(at(rows.rows()));
  for (int i = 0; i < rows.rows(); ++i) shares[at(i)] = rows.weight(i);
  const Lottery lottery(shares);
  std::vector<int> drawn;
  std::vector<bool> is_drawn(at(rows.rows()));
  for (int tries = 0; std::ssize(drawn) < clusters; ++tries) {
    // Draw again what has been drawn, unless nearly all have.
    const int row = tries < 4 * clusters ? lottery.draw(random) : draw_another(rows, drawn, random);
    if (!is_drawn[at(row)]) drawn.push_back(row);
    is_drawn[at(row)] = true;
  }
  return drawn;
}

template <class Scalar>
std::vector<int> plus_plus_start(const KMeansRows<Scalar>& rows, int clusters, Random& random, int candidates) {
  require_clusters(kWhere, clusters, rows.counting_rows());
  if (candidates <= 0) candidates = 2 + static_cast<int>(std::log(clusters));
  std::vector<int> drawn{draw_another(rows, {}, random)};
  Joining<Scalar> joining(rows, candidates);
  std::vector<double> nearest(at(rows.rows()), std::numeric_limits<double>::infinity());
  joining.best_of(drawn, nearest);
  std::vector<double> shares(at(rows.rows()));
  while (std::ssize(drawn) < clusters) {
    for (int i = 0; i < rows.rows(); ++i) shares[at(i)] = rows.weight(i) * nearest[at(i)];
    const Lottery lottery(shares);
    if (!(lottery.total() > 0)) {
      drawn.push_back(draw_another(rows, drawn, random));
      continue;
    }
    std::vector<int> tickets(at(candidates));
    for (int& row : tickets) row = lottery.draw(random);
    drawn.push_back(joining.best_of(tickets, nearest));
  }
  return drawn;
}

template std::vector<int> random_start(const KMeansRows<float>&, int, Random&);
template std::vector<int> random_start(const KMeansRows<double>&, int, Random&);
template std::vector<int> plus_plus_start(const KMeansRows<float>&, int, Random&, int);
template std::vector<int> plus_plus_start(const KMeansRows<double>&, int, Random&, int);

}  // namespace handbuilt::clustering
