#pragma once

#include <functional>
#include <vector>

#include "core/interval.hpp"
#include "core/random.hpp"

namespace handbuilt::regression {

/// How much a figure would vary with other rows: computes `statistic(rows)` on `repetitions` samples of `rows` row
/// numbers drawn with replacement, and returns where the middle `level` of the values lie (percentiles). For rows that
/// are independent; a figure of neighbouring days is surer than it looks. A value that is NaN (a sample without a
/// class, say) is left out.
///
/// Throws ValueError unless there is a row, at least 20 repetitions, 0 < level < 1 and a value that is not NaN.
/// Source: Efron (1979), "Bootstrap methods: another look at the jackknife".
Interval bootstrap_interval(int rows, const std::function<double(const std::vector<int>&)>& statistic, Random& random,
                            int repetitions = 1000, double level = 0.95);

}  // namespace handbuilt::regression
