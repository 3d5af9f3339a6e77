#include <algorithm>

#include "tasks.hpp"

// A worked neighbour: for each value the mean of all others. The sum is made once; each row takes its own value out of
// it before it divides.

// #region mean_of_all_others
std::vector<double> worked::mean_of_all_others(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  std::vector<double> means;
  for (const double value : values) means.push_back((sum - value) / static_cast<double>(values.size() - 1));
  return means;
}
// #endregion mean_of_all_others

// Your turn.
std::vector<double> flat_rate::mean_of_the_others(const std::vector<int>& group, const std::vector<double>& values) {
  // BEGIN SOLUTION mean-of-the-others
  const auto groups = static_cast<std::size_t>(*std::max_element(group.begin(), group.end())) + 1;
  std::vector<double> sums(groups, 0), counts(groups, 0);
  double total = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    sums[static_cast<std::size_t>(group[row])] += values[row];
    counts[static_cast<std::size_t>(group[row])] += 1;
    total += values[row];
  }
  std::vector<double> means;
  for (std::size_t row = 0; row < values.size(); ++row) {
    const auto g = static_cast<std::size_t>(group[row]);
    const bool is_alone = counts[g] == 1;
    const double others = is_alone ? static_cast<double>(values.size()) - 1 : counts[g] - 1;
    means.push_back(((is_alone ? total : sums[g]) - values[row]) / others);
  }
  return means;
  // END SOLUTION
}
