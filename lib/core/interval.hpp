#pragma once

#include <vector>

namespace handbuilt {

/// The ends of a 95 % confidence interval.
struct Interval {
  double low = 0, high = 1;
};

/// The interval in which the true share lies with 95 % confidence when `hits` of `count` were seen; right for small
/// counts and shares near 0 or 1 too. All of 0 ... 1 when nothing was seen. `hits` may be a mean over several runs.
/// Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
Interval wilson_interval(double hits, int count);

/// A mean over repetitions, with the interval of the mean.
struct MeanInterval {
  double mean = 0, low = 0, high = 0;
};

/// The mean of independent values and its 95 % interval by Student's t; one value has no interval but itself. Throws
/// ValueError when there is none.
/// Source: Student (1908), "The probable error of a mean".
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace handbuilt
