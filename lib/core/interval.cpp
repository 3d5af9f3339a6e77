#include "core/interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/error.hpp"

namespace handbuilt {

namespace {

/// The 97.5 % point of the normal distribution.
constexpr double kNormal = 1.959964;

/// The 97.5 % points of Student's t with 1 ... 30 degrees of freedom; beyond, the normal's is near enough.
constexpr std::array kStudent = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                 2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                 2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};

}  // namespace

Interval wilson_interval(double hits, int count) {
  if (count <= 0) return {};
  const double z = kNormal, n = count, share = hits / n;
  const double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return {std::max(0.0, centre - reach), std::min(1.0, centre + reach)};
}

MeanInterval mean_interval(const std::vector<double>& values) {
  if (values.empty()) throw ValueError("mean_interval: expected at least one value, got none");
  const double count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  if (values.size() == 1) return {mean, mean, mean};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const std::size_t freedom = values.size() - 1;
  const double quantile = freedom <= kStudent.size() ? kStudent[freedom - 1] : kNormal;
  const double half = quantile * std::sqrt(squares / (count - 1) / count);
  return {mean, mean - half, mean + half};
}

}  // namespace handbuilt
