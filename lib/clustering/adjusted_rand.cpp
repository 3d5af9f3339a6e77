#include "clustering/adjusted_rand.hpp"

#include <map>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::clustering {

namespace {

/// The pairs of rows that share a group.
template <class Key>
double pairs_within(const std::map<Key, double>& sizes) {
  double pairs = 0;
  for (const auto& [key, size] : sizes) pairs += size * (size - 1) / 2;
  return pairs;
}

}  // namespace

double adjusted_rand(const std::vector<int>& labels, const std::vector<int>& other) {
  if (labels.empty() || labels.size() != other.size())
    throw ShapeError("adjusted Rand: expected two labels for each row, got " + std::to_string(labels.size()) + " and " +
                     std::to_string(other.size()) + " labels");
  std::map<std::pair<int, int>, double> both;
  std::map<int, double> first, second;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    ++both[{labels[i], other[i]}];
    ++first[labels[i]];
    ++second[other[i]];
  }
  const auto rows = static_cast<double>(labels.size());
  const double in_first = pairs_within(first), in_second = pairs_within(second), in_both = pairs_within(both);
  if (in_both == in_first && in_both == in_second) return 1;
  const double expected = in_first * in_second / (rows * (rows - 1) / 2), most = (in_first + in_second) / 2;
  return (in_both - expected) / (most - expected);
}

}  // namespace handbuilt::clustering
