#include "similarity/conformal.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "data/check.hpp"

namespace handbuilt::similarity {

double conformal_threshold(const VectorD& scores, double rate) {
  constexpr const char* kWhere = "conformal threshold";
  data::require_option(rate > 0 && rate < 1, kWhere, "rate", "between 0 and 1", rate);
  if (!scores.allFinite()) throw ValueError(std::string(kWhere) + ": expected finite scores");
  // A hair less than one more must not cost a whole rank: (99 + 1) (1 - 0.1) is 90 and not 90.00000000000001.
  const auto count = static_cast<double>(scores.size());
  const double rank = std::ceil((count + 1) * (1 - rate) - 1e-9);
  if (rank > count)
    throw ValueError(std::string(kWhere) + ": expected at least " +
                     std::to_string(static_cast<long long>(std::ceil(1 / rate - 1 - 1e-9))) + " scores for a rate of " +
                     std::to_string(rate) + ", got " + std::to_string(scores.size()));
  std::vector<double> sorted(scores.begin(), scores.end());
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(sorted.begin(), nth, sorted.end());
  return *nth;
}

double conformal_p_value(const VectorD& scores, double score) {
  const auto as_high = static_cast<double>((scores.array() >= score).count());
  return (1 + as_high) / (1 + static_cast<double>(scores.size()));
}

}  // namespace handbuilt::similarity
