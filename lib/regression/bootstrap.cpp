#include "regression/bootstrap.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "regression/check.hpp"

namespace handbuilt::regression {

Interval bootstrap_interval(int rows, const std::function<double(const std::vector<int>&)>& statistic, Random& random,
                            int repetitions, double level) {
  constexpr const char* kWhere = "bootstrap";
  require_option(rows >= 1, kWhere, "rows", "of at least 1", rows);
  require_option(repetitions >= 20, kWhere, "repetitions", "of at least 20", repetitions);
  require_option(level > 0 && level < 1, kWhere, "level", "above 0 and below 1", level);
  std::vector<double> values;
  std::vector<int> sample(static_cast<std::size_t>(rows));
  for (int i = 0; i < repetitions; ++i) {
    for (int& row : sample) row = random.below(rows);
    if (const double value = statistic(sample); !std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) throw ValueError("bootstrap: expected a statistic that is a number, got NaN from every sample");
  std::sort(values.begin(), values.end());
  const auto quantile = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {quantile((1 - level) / 2), quantile((1 + level) / 2)};
}

}  // namespace handbuilt::regression
